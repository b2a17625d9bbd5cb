import Config
import Model
import Testing

@testable import Collect

struct ScriptCounterTests {
  @Test(
    arguments: [
      (.counter, 100, 700, 10), (.counter, 700, 100, nil), (.counter, 4_294_967_290, 5, nil), (.counter, 5, -1, nil),
      (.counter, 1.25, 4.25, 0.05), (.counter, 4.25, 1.25, nil), (.counter, 12, 12.6, 0.01),
      (.derive, 700, 100, -10), (.derive, -30, 30, 1), (.absolute, 999, 120, 2), (.gauge, 1, 7, 7),
      (.counter, 100, nil, nil),
    ] as [(ScriptValue.Kind, Double?, Double?, Double?)])
  func `what counts becomes a rate of its own kind`(
    kind: ScriptValue.Kind, before: Double?, after: Double?, rate: Double?
  ) throws {
    let first = Scripting.result([value(before, kind)], readAt: 1_000_000)
    #expect(first.measurements.first?.value == (kind == .gauge ? before : nil))
    let second = Scripting.result([value(after, kind)], readAt: 1_000_060, before: first.memory)
    let found = try #require(second.measurements.first).value
    #expect(found.map { abs($0 - (rate ?? .infinity)) < 1e-9 } ?? (rate == nil))
  }

  @Test func `a derived value outside its bounds is unknown`() {
    let first = Scripting.result([value(700, .derive), value(1, .gauge, "g")], readAt: 1000)
    let second = [value(100, .derive, lowest: 0), value(5, .gauge, "g", highest: 4)]
    #expect(Scripting.result(second, readAt: 1060, before: first.memory).measurements.map(\.value) == [nil, nil])
  }

  @Test func `a count that was unknown once has no rate until it is known twice again`() {
    let other = value(1, .counter, "b")
    let first = Scripting.result([value(100, .counter), other], readAt: 1000)
    let second = Scripting.result([value(nil, .counter), other], readAt: 1060, before: first.memory)
    let third = Scripting.result([value(300, .counter), other], readAt: 1120, before: second.memory)
    let fourth = Scripting.result([value(360, .counter), other], readAt: 1180, before: third.memory)
    #expect([second, third, fourth].map { $0.measurements[0].value } == [nil, nil, 1])
  }

  @Test func `a time of its own is that of the rate`() {
    let first = Scripting.result([value(100, .counter, time: 990)], readAt: 1000)
    let second = Scripting.result([value(200, .counter, time: 1040)], readAt: 1060, before: first.memory)
    #expect(second.measurements.map(\.value) == [2])
    let again = Scripting.result([value(200, .counter, time: 1040)], readAt: 1090, before: second.memory)
    #expect(again.measurements.map(\.value) == [nil])
  }

  @Test(
    arguments: [
      (940, nil), (1060, nil), (939, "“a” is 61 s old; a slot is 60 s"),
      (2000, "“a” lies 1000 s ahead; a slot is 60 s"),
    ] as [(Double, String?)])
  func `what is older than a slot is unknown and said to be`(time: Double, message: String?) {
    let result = Scripting.result([value(7, .gauge, time: time)], readAt: 1000)
    #expect(result.measurements.map(\.value) == [message == nil ? 7 : nil])
    #expect(result.failure(of: 1) == message.map { Failure(.garbage, $0) })
  }

  @Test func `instances that differ only in what is unsafe clash and are told`() {
    var (one, other) = (value(1, .gauge), value(2, .gauge))
    (one.instance, other.instance) = ("a\u{1}", "a\u{2}")
    let result = Scripting.result([one, other], readAt: 1000)
    #expect(result.measurements.isEmpty)
    #expect(result.failure(of: 1) == Failure(.garbage, "it printed “a” twice; which one counts?"))
    (one.instance, other.instance) = (String(repeating: "x", count: 300), String(repeating: "x", count: 301))
    let long = Scripting.result([one, other], readAt: 1000).measurements.compactMap(\.instance)
    #expect(Set(long).count == 2 && long.allSatisfy { $0.utf8.count <= 120 })
  }

  @Test func `memory holds what was printed last and no more`() throws {
    let first = Scripting.result((0..<9).map { value(1, .counter, "n\($0)") }, readAt: 1000)
    #expect(first.memory?.counters.count == 9)
    let second = Scripting.result([value(1.5, .counter, "n0")], readAt: 1060, before: first.memory)
    #expect(second.memory?.counters.count == 0 && second.memory?.notes.count == 2)
  }

  @Test func `what an item told last is kept while it fails`() {
    func run(_ answers: [(String, Double?)], at time: Double, before: JobMemory?) -> ScriptResult {
      var result = ScriptResult(before: before, step: 60)
      for (item, count) in answers {
        let reading: Result<ScriptReading, Failure> =
          count.map { .success(ScriptReading(values: [value($0, .counter, "n")])) } ?? .failure(Failure(.script, "x"))
        result.add(ScriptRun.Answer(reading: reading, readAt: time), item: item)
      }
      return result
    }
    let first = run([("a", 100), ("b", 1.5)], at: 1000, before: nil)
    let second = run([("a", 160), ("b", nil)], at: 1060, before: first.memory)
    let third = run([("a", 220), ("b", 13.5)], at: 1120, before: second.memory)
    #expect(second.measurements.map(\.value) == [1])
    #expect(third.measurements.map(\.value) == [1, 0.1])
    #expect(run([("a", 1)], at: 1180, before: third.memory).memory?.counters.keys.sorted() == ["a n"])
  }

  private func value(
    _ number: Double?, _ kind: ScriptValue.Kind, _ label: String = "a", time: Double? = nil, lowest: Double? = nil,
    highest: Double? = nil
  ) -> ScriptValue {
    ScriptValue(
      label: label, value: number, unit: .none, kind: kind, time: time, lowest: lowest, highest: highest)
  }
}
