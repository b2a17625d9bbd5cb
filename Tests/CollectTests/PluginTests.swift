import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

@testable import Collect

/// The plugins Debian has, as they come.
struct PluginTests {
  // MARK: - monitoring-plugins-basic

  @Test(
    arguments: [
      ("check_load", ["-w", "1000,1000,1000", "-c", "2000,2000,2000"], 0, ["load1", "load5", "load15"]),
      ("check_disk", ["-w", "0%", "-c", "0%", "-p", "/"], 0, ["root"]),
      ("check_procs", ["-w", "1000000"], 0, ["procs"]),
      ("check_dummy", ["0", "fine"], 0, []), ("check_dummy", ["1", "so"], 1, []), ("check_dummy", ["2"], 2, []),
      ("check_dummy", ["3"], 3, []), ("check_tcp", ["-H", "127.0.0.1", "-p", "1"], 2, []),
    ] as [(String, [String], Double, [String])])
  func `a plugin of Nagios tells its state and its data`(
    name: String, arguments: [String], state: Double, metrics: [String]
  ) throws {
    // The one for disks looks its own up there, and the smallest systems have no such file.
    guard name != "check_disk" || Files.exists("/etc/mtab") else { return }
    for format in [ScriptProbe.Format.nagios, .auto] {
      let reading = measure(["/usr/lib/nagios/plugins/\(name)"] + arguments, format).reading
      #expect(reading.failure == nil)
      #expect(reading.value("state") == state)
      #expect(reading.text(ofFact: "Output")?.isEmpty == false)
      #expect(reading.measurements.dropFirst().map(\.metric) == metrics)
      for measurement in reading.measurements.dropFirst() { #expect((measurement.value ?? -1) >= 0) }
    }
  }

  // MARK: - munin-plugins-core

  @Test(
    arguments: [
      ("load", "load", .none), ("memory", "free", .bytes), ("uptime", "uptime", .none),
      ("processes", "sleeping", .none),
    ] as [(String, String, Model.Unit)])
  func `a plugin of Munin runs unchanged`(name: String, metric: String, unit: Model.Unit) throws {
    let reading = measure(["/usr/share/munin/plugins/\(name)"], .munin).reading
    #expect(reading.failure == nil)
    #expect(try #require(reading.value(metric) ?? nil) >= 0)
    #expect(reading.measurement(metric)?.unit == unit)
    #expect(reading.text(ofFact: "Title")?.isEmpty == false)
  }

  @Test func `a plugin of Munin that nobody said is one finds its library`() {
    let reading = measure(["/usr/share/munin/plugins/load"], .auto).reading
    #expect(reading.failure == nil, "\(reading.failure?.message ?? "")")
    #expect((reading.value("load") ?? nil) != nil)
  }

  @Test func `the fill of file systems is a percentage`() {
    let reading = measure(["/usr/share/munin/plugins/df"], .munin).reading
    #expect(reading.failure == nil && !reading.measurements.isEmpty)
    for measurement in reading.measurements {
      #expect(measurement.unit == .percent && (0...100).contains(measurement.value ?? 0))
    }
  }

  @Test func `what counts in a plugin of Munin becomes a rate`() throws {
    let plugin = ["/usr/share/munin/plugins/cpu"]
    let first = measure(plugin, .munin)
    #expect(first.reading.value("user") == .some(nil) && first.reading.failure == nil)
    var memory = try #require(first.memory)
    memory.notes["read "] = String(Clock.now() - 60)
    let idle = try #require(memory.counters[" idle"])
    memory.counters[" idle"] = CounterReading(idle.value - 600, bits: 64)
    let second = measure(plugin, .munin, memory: memory)
    #expect(try #require(second.reading.value("idle") ?? nil) >= 9)
    #expect(second.reading.measurement("idle")?.unit == .percent)
  }

  @Test func `each graph of a plugin with many is an instance`() throws {
    let folder = try TemporaryFolder()
    let environment = ["MUNIN_PLUGSTATE": folder.path, "MUNIN_STATEFILE": "\(folder.path)/diskstats"]
    let plugin = ["/usr/share/munin/plugins/diskstats"]
    // It compares with what it saw a second ago at least, and has nothing to say before.
    _ = measure(plugin, .munin, environment: environment)
    Thread.sleep(forTimeInterval: 1.5)
    let reading = measure(plugin, .munin, environment: environment).reading
    let disks = try String(contentsOfFile: "/proc/diskstats", encoding: .utf8).split(separator: "\n")
      .filter { !$0.contains("loop") && !$0.contains("ram") }
    #expect(disks.isEmpty || reading.failure == nil)
    #expect(disks.isEmpty || reading.measurements.contains { $0.instance == "diskstats_latency" && $0.value != nil })
  }

  @Test func `a plugin that reads its own name runs through a link`() throws {
    let folder = try TemporaryFolder()
    try folder.link("if_lo", to: "/usr/share/munin/plugins/if_")
    let reading = measure(["\(folder.path)/if_lo"], .munin).reading
    #expect(reading.failure == nil)
    #expect(reading.value("down") == .some(nil) && reading.value("up") == .some(nil))
    #expect(reading.text(ofFact: "Formulas not evaluated") == "down, up")
  }

  private func measure(
    _ arguments: [String], _ format: ScriptProbe.Format, environment: [String: String] = [:], memory: JobMemory? = nil
  ) -> Outcome {
    let probe = ScriptProbe(arguments: arguments, format: format, environment: environment)
    return collect([Making.assignment(.script(probe), memory: memory)], Making.context())[0]
  }
}
