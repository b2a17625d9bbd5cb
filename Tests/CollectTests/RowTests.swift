import Config
import Model
import SNMP
import SNMPFarm
import TestSupport
import Testing

@testable import Collect

/// Rows by their index, and the names they keep.
@Suite(.serialized) struct RowTests {
  @Test func `columns with holes become rows by their index`() {
    let roots = [OID([1, 3, 1]), OID([1, 3, 2])]
    func column(_ root: OID, _ rows: [UInt32], isComplete: Bool = true) -> ReadColumn {
      ReadColumn(
        Bindings(rows.map { VarBind(OID([$0]), .integer(Int64($0))) }), under: root, isComplete: isComplete)
    }
    let whole = Rows(
      Answer(columns: [column(roots[0], [1, 3]), column(roots[1], [2, 3, 9])]), width: 2, needed: [])
    #expect(Array(whole.indexes) == [1, 2, 3, 9].map { OID([$0]) })
    #expect((0..<4).map { whole.cells($0)[0] } == [.integer(1), nil, .integer(3), nil])
    #expect((0..<4).map { whole.cells($0)[1] } == [nil, .integer(2), .integer(3), .integer(9)])
    let cut = Rows(
      Answer(columns: [column(roots[0], [1, 3], isComplete: false), column(roots[1], [1, 2, 3, 9])]), width: 2,
      needed: [0])
    #expect(
      Array(cut.indexes) == [1, 2, 3].map { OID([$0]) }, "behind the last name that was read nobody knows the names")
    let none = Rows(
      Answer(columns: [column(roots[0], [], isComplete: false), column(roots[1], [1])]), width: 2, needed: [0])
    #expect(none.indexes.isEmpty)
  }

  private func named(_ rows: [(keys: [String?], index: String)]) -> RowNames {
    RowNames(
      rows.map { row in row.keys.lazy.compactMap { $0 }.first ?? row.index }, keys: { rows[$0].keys },
      index: { rows[$0].index })
  }

  @Test func `names come from the first key, and further keys tell equal ones apart`() {
    let rows: [(keys: [String?], index: String)] = [
      (["eth0", "up"], "1"), (["wlan", "left"], "2"), (["wlan", "right"], "3"), ([nil, nil], "4"), ([nil, "lag"], "5"),
    ]
    let names = named(rows)
    #expect(names.names == ["eth0", "wlan#left", "wlan#right", "4", "lag"])
    #expect(names.duplicates.isEmpty)
    let same = named([(["a", "x"], "7"), (["a", "x"], "8"), (["a#7", nil], "9")])
    #expect(same.duplicates == ["a"])
    #expect(Set(same.names).count == 3)
  }

  /// A switch of so many ports with one line of its recording in another way.
  private func agent(_ lines: [String], _ faults: Set<SimulatedAgent.Fault> = []) throws -> AgentFarm {
    let ports = (1...3).flatMap { port in
      [
        "1.3.6.1.2.1.2.2.1.2.\(port)|4|eth\(port)", "1.3.6.1.2.1.2.2.1.7.\(port)|2|1",
        "1.3.6.1.2.1.2.2.1.8.\(port)|2|1", "1.3.6.1.2.1.2.2.1.10.\(port)|65|1000",
      ]
    }
    let names = Set(lines.map { $0.prefix { $0 != "|" } })
    let all = ["1.3.6.1.2.1.1.3.0|67|5000"] + ports.filter { !names.contains($0.prefix { $0 != "|" }) } + lines
    var agent = SimulatedAgent(RecordedWalk(snmprec: all.joined(separator: "\n")))
    agent.faults = faults
    return try AgentFarm([agent])
  }

  @Test(arguments: ["4|1", "65|1", "4|up"]) func `a state of another type is unknown and not up`(state: String) throws {
    let farm = try agent(["1.3.6.1.2.1.2.2.1.8.2|\(state)"])
    defer { farm.end() }
    let reading = FarmAsking(farm: farm).measure(shipped("interfaces")).reading
    let up = reading.measurements.filter { $0.metric == "up" }
    #expect(up.map(\.instance) == ["eth1", "eth2", "eth3"] && up.map(\.value) == [1, nil, 1])
    #expect(reading.failure?.kind == .garbage)
    #expect(reading.failure?.message.contains("wrong type: 1.3.6.1.2.1.2.2.1.8 (metric up)") == true)
  }

  @Test(
    arguments: [(nil, true, 600), (.limit, true, 500), (.limit, false, 0), (.timeout, true, 600)]
      as [(SNMPError.Kind?, Bool, Int)])
  func `of a table without an end few rows are believed, and none that only its index names`(
    kind: SNMPError.Kind?, isNamed: Bool, kept: Int
  ) throws {
    let plan = try FieldSetPlan.make(shipped("interfaces", "only enabled: false")).get()
    let columns = plan.columns.oids.map { root -> ReadColumn in
      switch root.description {
      case "1.3.6.1.2.1.2.2.1.2":
        ReadColumn(
          Bindings(
            (1...600).map { row in
              VarBind(OID([row]), .octets(Array("eth\(isNamed ? row : 0)".utf8)))
            }), under: root)
      case "1.3.6.1.2.1.2.2.1.10":
        ReadColumn(Bindings((1...600).map { VarBind(OID([$0]), .counter32($0)) }), under: root)
      default: ReadColumn(under: root)
      }
    }
    var harvest = Harvest(memory: nil, time: ReadingTime(readAt: 0), step: 60)
    plan.readRows(Answer(columns: columns, error: kind.map { SNMPError($0, "it ends here") }), &harvest)
    #expect(harvest.rows.count == kept)
  }

  @Test func `rows of one name that a further column tells apart are reported`() throws {
    let farm = try agent([
      "1.3.6.1.2.1.2.2.1.2.2|4|eth1", "1.3.6.1.2.1.31.1.1.1.18.1|4|left", "1.3.6.1.2.1.31.1.1.1.18.2|4|right",
    ])
    defer { farm.end() }
    let reading = FarmAsking(farm: farm).measure(shipped("interfaces")).reading
    #expect(reading.facts.contains(Fact("Same names, told apart by another column", "eth1")))
    #expect(Set(reading.measurements.compactMap(\.instance)) == ["eth1#left", "eth1#right", "eth3"])
  }

  @Test func `a restart that shuffles the indexes keeps every series and makes no spike`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 48))])
    defer { farm.end() }
    let asking = FarmAsking(farm: farm)
    let set = shipped("interfaces")
    var memory = asking.measure(set).memory
    memory?.readAt -= 60
    let before = asking.measure(set, memory)
    farm.change(0) { $0.walk = $0.walk.restarted(after: 30) }
    let after = asking.measure(set, memory)
    #expect(after.instances == before.instances && after.instances.count == 48)
    #expect(after.fact("Alias of Gi1/0/3") == "to customer 3")
    #expect(
      after.reading.measurements.filter { $0.unit == .bitsPerSecond && $0.metric != "speed" }.allSatisfy {
        $0.value == nil
      })
    #expect(after.fact("Renumbered") == "48 rows have another index than before")
    // The next reading counts from there.
    var next = after.memory
    next?.readAt -= 60
    farm.change(0) { $0.walk = $0.walk.advanced(by: 60, growth: 1000) }
    let later = asking.measure(set, next)
    #expect(isNear(later.value("in", "Gi1/0/3"), 8000))
    #expect(later.fact("Renumbered") == nil)
  }

  @Test func `a table that breaks off has no row under another name`() throws {
    var agent = SimulatedAgent(.switchboard(ports: 50))
    agent.longest = 700
    let farm = try AgentFarm([agent])
    defer { farm.end() }
    let asking = FarmAsking(farm: farm, timeout: 0.6)
    let whole = Set(asking.measure(shipped("interfaces")).instances)
    #expect(whole.count == 50)
    farm.change(0) { $0.faults = [.drop(every: 5)] }
    for _ in 0..<5 {
      let outcome = asking.measure(shipped("interfaces"))
      #expect(Set(outcome.instances).isSubset(of: whole))
    }
  }

  @Test func `how much a device can bear is remembered for a day`() throws {
    var agent = SimulatedAgent(.switchboard(ports: 50))
    agent.longest = 900
    agent.faults = [.saysTooBig]
    let farm = try AgentFarm([agent])
    defer { farm.end() }
    let asking = FarmAsking(farm: farm)
    let first = asking.measure(shipped("interfaces"))
    let rows = try #require(first.memory?.notes["bulk"].flatMap { Int($0) })
    #expect((1...3).contains(rows))
    let before = farm.requests
    let second = asking.measure(shipped("interfaces"), first.memory)
    #expect(second.instances.count == 50)
    let learned = farm.requests - before
    farm.change(0) { $0.faults = [] }
    #expect(learned <= 2 + 52 / rows)
  }
}
