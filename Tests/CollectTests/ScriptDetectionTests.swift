import Config
import Foundation
import Model
import Testing

@testable import Collect

struct ScriptDetectionTests {
  @Test(
    arguments: [
      ("PUTVAL h/p/gauge N:1", .collectd), ("# first\nPUTNOTIF message=x", .collectd),
      ("# HELP a b\na 1", .prometheus), ("a{b=\"c\"} 1\nd 2", .prometheus), ("# TYPE a gauge\na.value 1", .prometheus),
      ("load.value 0.5", .munin), ("multigraph a\nb.value U", .munin), ("{\"a\": 1}", .json),
      ("{\"a\": \"x | b=1 \"}", .json), ("42", .number), ("U", .number), ("-", .number),
      ("1\n2\n3 days\nrouter", .mrtg), ("1\n2\n\n\n", .mrtg), ("1\n2\n3\n4", .mrtg),
      ("- a 1", .zabbix), ("h net.if[eth0] 5", .zabbix), ("- a=1 5", .zabbix),
      ("m,a=b x=1", .influx), ("m x=1i,y=\"t\" 1700000000000000000", .influx), ("a:1 b:2", .cacti), ("a:U", .cacti),
      ("DISK OK - fine", .nagios), ("fine | a=1", .nagios), ("a:1 b:2 | c=3", .nagios),
    ] as [(String, ScriptProbe.Format)])
  func `an output is known by what no other has`(text: String, format: ScriptProbe.Format) throws {
    #expect(try find(text).get() == format)
  }

  @Test(
    arguments: [
      ("x{a=\"b|c=1 \"} 1", .prometheus), ("# TYPE a b\nDISK OK - fine | a=1", .prometheus),
      ("# HELP a b\n42", .prometheus), ("PUTVAL h/p/gauge N:1 | OK WARNING", .collectd),
      ("PUTVAL a=1", .collectd), ("OK_x.value 1\nWARNING.value 2", .munin),
    ] as [(String, ScriptProbe.Format)])
  func `a mark wins over what only looks like another`(text: String, format: ScriptProbe.Format) throws {
    #expect(try find(text).get() == format)
  }

  @Test(arguments: [("DISK|a=1 b=2", 0), ("CRITICAL: a|b=1", 2), ("HTTP OK|time=0.5", 0)])
  func `what has performance data is a plugin's, and no measurement of Influx`(text: String, status: Int) throws {
    #expect(try find(text, status: status).get() == .nagios)
  }

  @Test(arguments: [
    ("42", 1, "as number (value=42.0) or as nagios (state=1.0)"),
    ("load.value 3", 2, "as munin (load=3.0) or as nagios (state=2.0)"),
    ("OK:1 WARNING:2", 0, "as cacti (OK=1.0 WARNING=2.0) or as nagios (state=0.0)"),
    ("- a=1 1700000000000000000", 0, "as zabbix (a=1=1.7e+18) or as influx (-.a=1.0)"),
    ("a:1", 3, "as cacti (a=1.0) or as nagios (state=3.0)"),
  ])
  func `two that fit are both shown and neither is taken`(text: String, status: Int, readings: String) {
    guard case .failure(let failure) = find(text, status: status) else {
      Issue.record("something was taken")
      return
    }
    #expect(failure == Failure(.garbage, "its output can be read \(readings); set format:"))
  }

  @Test(arguments: [
    "\u{FFFD}\u{1}x|\u{FFFD}=5", "OK | a=1\u{0}", "load.value\u{7} 5", "\u{1B}[1m42\u{1B}[0m", "4\u{FFFD}",
  ])
  func `noise is nothing, whatever can be read into it`(text: String) {
    guard case .failure(let failure) = find(text) else {
      Issue.record("something was taken")
      return
    }
    #expect(failure.kind == .garbage && failure.message.contains("is not text"))
  }

  @Test func `a plugin that says UNKNOWN and means it is no number`() throws {
    #expect(try find("UNKNOWN\n", status: 3).get() == .nagios)
    #expect(try find("UNKNOWN\n").get() == .number)
  }

  private func find(_ text: String, status: Int = 0) -> Result<ScriptProbe.Format, Failure> {
    detected(
      ScriptOutput(text: text, errorText: "", status: status, truncated: false), ScriptProbe(arguments: ["/x"]))
  }

  @Test func `every format is in the table`() {
    #expect(Set(scriptFormats.keys) == Set(ScriptProbe.Format.allCases))
  }

  // MARK: - docs/scripts.md

  @Test func `the examples of the manual are read as it says and in the order it says`() throws {
    let text = try String(contentsOf: ScriptDetectionTests.manual, encoding: .utf8)
    var names: [String] = []
    for match in text.matches(of: /```text format=([a-z]+)\n([^`]*)```/) {
      let format = try #require(ScriptProbe.Format(rawValue: String(match.1)))
      names.append(String(match.1))
      #expect(try find(String(match.2)).get() == format)
      let reading = try Scripting.read(format, String(match.2)).get()
      #expect(!reading.values.isEmpty && reading.failure == nil, "\(match.1)")
    }
    #expect(names == ScriptProbe.Format.allCases.dropFirst().map(\.rawValue))
  }

  private static let manual = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("docs/scripts.md")

  // MARK: - Whatever comes

  @Test(arguments: ScriptProbe.Format.allCases)
  func `no output crashes a format or makes a number that is none`(format: ScriptProbe.Format) throws {
    var chance = Chance(seed: UInt64(format.rawValue.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    let seeds = format == .auto ? ScriptDetectionTests.seeds.flatMap(\.value) : ScriptDetectionTests.seeds[format] ?? []
    #expect(!seeds.isEmpty)
    for _ in 0..<5000 {
      let text = chance.mutated(seeds[chance.next(seeds.count)])
      guard case .success(let reading) = try Scripting.read(format, text, status: chance.next(3) / 2) else { continue }
      let result = Scripting.result(reading.values, readAt: 1_700_000_010)
      guard result.measurements.allSatisfy({ $0.value?.isFinite != false && ScriptDetectionTests.isSafe($0) }) else {
        Issue.record("\(format) of \(text.debugDescription)")
        return
      }
    }
  }

  private static func isSafe(_ measurement: Model.Measurement) -> Bool {
    let name = measurement.metric.utf8
    let isName = name.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95: true
      default: false
      }
    }
    return isName && !name.isEmpty && measurement.instance.map { $0.utf8.count <= 120 && $0.printable() == $0 } != false
  }

  private static let seeds: [ScriptProbe.Format: [String]] = [
    .collectd: ["PUTVAL \"h/p-1/if_octets\" interval=10 1700000000:1:2\nPUTVAL h/p/gauge-x N:U\n"],
    .prometheus: ["# TYPE a counter\na{b=\"c\\n\",d=\"e\"} 5 1700000000000\nb_bytes NaN\n# EOF\n"],
    .munin: ["multigraph a.b\nc.value 1700000000:5\nd.value U\n"],
    .json: [#"{"a": 1.5e3, "unit": "B", "b": {"c": null, "d": "x"}}"#],
    .number: ["-12.5e3\n"], .mrtg: ["12\nUNKNOWN\n3 days\nrouter\n"],
    .zabbix: ["- net.if[eth0,\"a\"] 1700000000 5\n\"a b\" c \"d\\\"e\"\n"],
    .influx: ["m\\ n,t=a\\,b x=1i,y=\"s\\\"t\",z=true 1700000000000000000\n"], .cacti: ["a:1 b-2:U c_:-3.5e2\n"],
    .nagios: ["DISK OK - x | '/a b'=1.5MB;10:20;@~:5;0;100 c=5c\nmore | d=U\n"],
  ]
}
