import Config
import Foundation
import Model
import TestSupport
import Testing

@testable import Demo

@Suite struct SimulationTests {
  /// A folder with the configuration, and the life of three days to Thursday 21 May 2026, 14:05 in Berlin.
  private struct World {
    let plan: Plan
    let until = Instant(1_779_365_100)

    init() throws {
      let folder = try TemporaryFolder()
      for file in fleetFiles() {
        try folder.write(file.path, String(decoding: file.bytes, as: UTF8.self), mode: Int(file.mode))
      }
      let loaded = Config.load(path: "\(folder.path)/redeye.yaml")
      #expect(render(loaded.problems) == "")
      plan = try #require(loaded.plan)
    }

    func simulation(days: Int = 35, seed: UInt64 = 1) -> Simulation {
      Simulation(plan: plan, span: Span(from: until - days * 86_400 + 60, to: until + 60), seed: seed)
    }

    /// The first reading of a job at or after a time.
    func reading(_ job: String, _ simulation: Simulation, _ time: String) throws -> Reading {
      let now = try instant(time)
      let runs = simulation.runs(in: Span(from: now, to: now + 300))
      return try #require(runs.lazy.flatMap(\.readings).first { $0.job.description == job }, "\(job) at \(time)")
    }

    func instant(_ time: String) throws -> Instant {
      try #require(Moment(time)?.instant(in: plan.settings.zone))
    }
  }

  private func value(_ metric: String, _ reading: Reading, of instance: String? = nil) -> Double? {
    reading.measurements.first { $0.metric == metric && $0.instance == instance }?.value
  }

  @Test func `the fleet's configuration has no problem, and every job is measured within its turn`() throws {
    let world = try World()
    let simulation = world.simulation()
    let day = simulation.runs(in: Span(from: world.until - 86_400, to: world.until))
    #expect(day.count == 1_440)
    #expect(Set(day.lazy.flatMap(\.readings).map(\.job)) == Set(world.plan.jobs.map(\.id)))
  }

  @Test func `the same seed brings the same readings whatever is asked before, another one others`() throws {
    let world = try World()
    let at = Span(from: world.until - 7_200, to: world.until - 6_600)
    let long = world.simulation().runs(in: Span(from: world.until - 10_800, to: world.until))
    let short = world.simulation().runs(in: at)
    #expect(short.map(\.readings) == long.filter { at.contains($0.now) }.map(\.readings))
    #expect(short.map(\.readings) != world.simulation(seed: 2).runs(in: at).map(\.readings))
  }

  @Test func `pings have what fping's have, SNMP what the field set names, and web pages what is asked of them`() throws
  {
    let world = try World()
    let simulation = world.simulation()
    let ping = try world.reading("router1/ping", simulation, "2026-05-20 10:00")
    #expect(ping.measurements.map(\.metric).prefix(6) == ["loss", "up", "min", "median", "max", "spread"])
    let packets = ping.measurements.dropFirst(6)
    #expect(packets.map(\.metric) == (1...20).map { "p\($0)" })
    #expect(packets.compactMap(\.value) == packets.compactMap(\.value).sorted())
    let interfaces = try world.reading("edge1/interfaces", simulation, "2026-05-20 10:00")
    guard case .snmp(let probe)? = world.plan.job(interfaces.job)?.probe else { return #expect(Bool(false)) }
    let first = interfaces.measurements.filter { $0.instance == "xe-0/0/0" }
    #expect(first.map(\.metric) == probe.fieldSet.metrics.map(\.name))
    #expect(first.map(\.unit) == probe.fieldSet.metrics.map(\.unit))
    #expect(interfaces.facts.contains(Fact("Alias of xe-0/0/0", "ISP-A, contract 4711")))
    let api = try world.reading("api/website", simulation, "2026-05-20 10:00")
    #expect(value("up", api) == 1 && value("requests", api) ?? 0 > 1)
  }

  @Test func `a rate needs two readings of one life of a device`() throws {
    let world = try World()
    let simulation = world.simulation()
    let first = try #require(
      simulation.runs(in: Span(from: simulation.span.from, to: simulation.span.from + 300))
        .lazy.flatMap(\.readings).first { $0.job.description == "router1/interfaces" })
    #expect(value("in", first, of: "Te0/0/0") == nil && value("up", first, of: "Te0/0/0") == 1)
    let before = try world.reading("router1/snmp-system", simulation, "2026-05-16 03:05")
    let down = try world.reading("router1/interfaces", simulation, "2026-05-16 03:12")
    let after = try world.reading("router1/interfaces", simulation, "2026-05-16 03:19")
    let later = try world.reading("router1/interfaces", simulation, "2026-05-16 03:26")
    #expect(down.failure?.kind == .timeout && down.measurements.isEmpty)
    #expect(value("in", after, of: "Te0/0/0") == nil && value("speed", after, of: "Te0/0/0") == 1e10)
    #expect(value("in", later, of: "Te0/0/0") ?? 0 > 1e6)
    let uptime = try world.reading("router1/snmp-system", simulation, "2026-05-16 03:26")
    #expect(value("uptime", uptime) ?? 1e9 < 900 && value("uptime", before) ?? 0 > 86_400)
  }

  @Test func `what is staged is in the readings`() throws {
    let world = try World()
    let simulation = world.simulation()
    #expect(simulation.story.outages.map(\.seconds) == [2_640])
    let shop = try world.reading("shop/website", simulation, "2026-05-20 10:30")
    #expect(value("up", shop) == 0 && value("status", shop) == 503 && shop.failure?.kind == .mismatch)
    let uplink = try world.reading("isp-a/ping", simulation, "2026-05-12 15:00")
    #expect(value("loss", uplink) ?? 0 >= 5 && value("median", uplink) ?? 0 > 0.02)
    let warehouse = try world.reading("sw-wh2/ping", simulation, "2026-05-21 12:00")
    #expect(value("loss", warehouse) == 100 && value("median", warehouse) == nil)
    let battery = try world.reading("ups-wh/battery", simulation, "2026-05-04 06:00")
    #expect(value("on-battery", battery) ?? 0 > 600 && value("charge", battery) ?? 100 < 90)
    let certificate = try world.reading("intranet/certificate", simulation, "2026-05-15 13:00")
    #expect(value("up", certificate) == 0 && certificate.failure?.kind == .expired)
    #expect(value("certificate-days", certificate) ?? 1 < 0)
    let renewed = try world.reading("intranet/certificate", simulation, "2026-05-15 16:00")
    #expect(value("up", renewed) == 1 && value("certificate-days", renewed) ?? 0 > 89)
    let full = try world.reading("nas1/disks", simulation, "2026-05-15 08:00")
    #expect(value("used-percent", full, of: "/srv") ?? 0 > 90)
  }

  @Test func `nothing is measured while the monitoring machine is off, and a short life has what befits it`() throws {
    let world = try World()
    let night = Span(from: try world.instant("2026-05-06 23:40"), to: try world.instant("2026-05-07 06:25"))
    #expect(world.simulation().runs(in: night).isEmpty)
    #expect(world.simulation().runs(in: Span(from: night.to, to: night.to + 60)).count == 1)
    let short = world.simulation(days: 1).story
    #expect(short.off.isEmpty && short.disabled.isEmpty && short.outages.isEmpty)
    #expect(short.happenings(to: "sw-wh1").count == 1, "what is open at the end is always there")
  }

  @Test func `no number is out of the bounds of its unit in five weeks`() throws {
    let world = try World()
    let simulation = world.simulation()
    var worst: [String] = []
    for hour in stride(from: 0, to: 35 * 24, by: 7) {
      let from = simulation.span.from + hour * 3_600
      for reading in simulation.runs(in: Span(from: from, to: from + 300)).flatMap(\.readings) {
        for measurement in reading.measurements {
          guard let value = measurement.value else { continue }
          let name = "\(reading.job)/\(measurement.instance ?? "")/\(measurement.metric)"
          let isBelow = value < 0 && !["certificate-days"].contains(measurement.metric)
          // Of eight processors together.
          let isAbove = measurement.unit == .percent && value > (measurement.metric.hasPrefix("cpu-") ? 800 : 100)
          if isBelow || isAbove { worst.append("\(name) is \(value)") }
        }
      }
    }
    #expect(worst.isEmpty, "\(worst.prefix(5))")
  }
}
