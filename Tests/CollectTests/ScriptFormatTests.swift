import Config
import Model
import Testing

@testable import Collect

struct ScriptFormatTests {
  // MARK: - One number

  @Test(
    arguments: [
      ("42", 42), (" 1.5\n", 1.5), ("-3e2\r\n", -300), ("+.5", 0.5), ("7.", 7), ("U", nil), ("unknown\n", nil),
      ("NaN", nil), ("-Infinity", nil), ("1e999", nil),
    ] as [(String, Double?)])
  func `one number or a word for unknown is read`(text: String, value: Double?) throws {
    let reading = try read(.number, text).get()
    #expect(reading.values == [ScriptValue(label: "value", value: value, unit: .percent)])
  }

  @Test(arguments: [
    ("", "it printed nothing; one number was expected"),
    ("1,5", "“1,5” has a decimal comma; print it with a point (LC_ALL=C); one number alone was expected"),
    ("12ms", "“12ms” is not a number; one number alone was expected"),
    ("1 2", "“1 2” is not a number; one number alone was expected"),
    ("0x10", "“0x10” is not a number; one number alone was expected"),
    ("٤٢", "“٤٢” is not a number; one number alone was expected"),
    ("1_000", "“1_000” is not a number; one number alone was expected"),
    ("e5", "“e5” is not a number; one number alone was expected"),
  ])
  func `anything else is refused with what it was`(text: String, message: String) {
    #expect(failure(.number, text) == Failure(.garbage, message))
  }

  // MARK: - JSON

  @Test func `numbers, instances, truths and texts are read from JSON`() throws {
    let reading = try read(
      .json, #"{"b": 1.5, "a": null, "ok": true, "disk": {"used": 3, "full": false, "name": "x"}, "who": "me\u001b"}"#
    ).get()
    #expect(
      reading.values == [
        ScriptValue(label: "a", value: nil, unit: .percent), ScriptValue(label: "b", value: 1.5, unit: .percent),
        ScriptValue(label: "full", instance: "disk", value: 0, unit: .percent),
        ScriptValue(label: "used", instance: "disk", value: 3, unit: .percent),
        ScriptValue(label: "ok", value: 1, unit: .percent),
      ])
    #expect(reading.facts == [Fact("disk name", "x"), Fact("who", "me\u{FFFD}")])
  }

  @Test(arguments: [
    ("{", "it did not print JSON: “{”"), ("", "it did not print JSON: “”"),
    ("{'a': 1}", "it did not print JSON: “{'a': 1}”"),
    ("{\"a\": NaN}", "it did not print JSON: “{\"a\": NaN}”"),
    ("{\"a\": 1} x", "it did not print JSON: “{\"a\": 1} x”"),
    ("[1]", "it printed JSON that is not an object, such as {\"name\": 1}"),
    ("{\"a\": [1]}", "“a” is a list; a number, null, true, false or an object was expected"),
    ("{\"a\": {\"b\": {\"c\": 1}}}", "“b” of “a” is an object; one level is the most"),
    ("{}", "the JSON object is empty"),
  ])
  func `JSON that is none or too much is refused`(text: String, message: String) {
    #expect(failure(.json, text) == Failure(.garbage, message))
  }

  // MARK: - Nagios

  @Test func `a plugin's text, state and data are read over all its lines`() throws {
    let reading = try read(
      .nagios,
      """
      DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968
      / 15272 MB (77%);
      /boot 68 MB (69%); | /boot=68MB;88;93;0;98
      /home=69357MB;253404;253409;0;253414 'a b|c''d'=5%;;;0;100
      """, status: 1
    ).get()
    #expect(reading.failure == nil)
    #expect(
      reading.facts == [
        Fact("Output", "DISK OK - free space: / 3326 MB (56%);"),
        Fact("Details", "/ 15272 MB (77%); · /boot 68 MB (69%);"),
      ])
    #expect(
      reading.values == [
        ScriptValue(label: "state", value: 1, unit: .none), ScriptValue(label: "/", value: 2643e6, unit: .bytes),
        ScriptValue(label: "/boot", value: 68e6, unit: .bytes),
        ScriptValue(label: "/home", value: 69_357e6, unit: .bytes),
        ScriptValue(label: "a b|c'd", value: 5, unit: .percent),
      ])
  }

  @Test(
    arguments: [
      ("t=1.5s", 1.5, Unit.seconds), ("t=250ms;100;200", 0.25, .seconds), ("t=250us", 250e-6, .seconds),
      ("t=5ns", 5e-9, .seconds), ("t=2m", 120, .seconds), ("t=2h", 7200, .seconds), ("t=1d", 86_400, .seconds),
      ("t=50%", 50, .percent), ("t=1B", 1, .bytes), ("t=2KB", 2000, .bytes), ("t=2kB", 2000, .bytes),
      ("t=2KiB", 2048, .bytes), ("t=2GiB", 2_147_483_648, .bytes), ("t=3TB", 3e12, .bytes), ("t=4b", 4, Unit("bit")),
      ("t=4Mb", 4e6, Unit("bit")), ("t=230V", 230, Unit("V")), ("t=5dBm", 5, Unit("dBm")), ("t=7", 7, .none),
      ("t=-1.5e-3s", -0.0015, .seconds), ("t=1e3", 1000, .none), ("t=5lm", 5, Unit("lm")),
      ("t=2packets", 2, Unit("packets")),
      ("t=U", nil, .none), ("t=;1;2", nil, .none), ("t=NaN", nil, .none), ("t=", nil, .none),
    ] as [(String, Double?, Unit)])
  func `units come to their base`(data: String, value: Double?, unit: Unit) {
    let (values, problems) = performanceData(data)
    #expect(problems == [])
    #expect(values.count == 1 && values.first?.label == "t" && values.first?.unit == unit)
    if let value, let found = values.first?.value {
      #expect(abs(found - value) <= abs(value) * 1e-12)
    } else {
      #expect(values.first?.value == value)
    }
  }

  @Test func `a counter is known by its unit`() {
    #expect(performanceData("n=12c").values == [ScriptValue(label: "n", value: 12, unit: .perSecond, kind: .counter)])
  }

  @Test(arguments: [
    "10", "10:", "~:10", "10:20", "@10:20", ":10", "", "@", "@~:", "-5:-1", "0:0", "1.5:2.5",
  ])
  func `a range that is one passes`(range: String) {
    let (values, problems) = performanceData("a=1;\(range);\(range);0;10")
    #expect(values.count == 1 && problems == [])
  }

  @Test(arguments: [
    ("a=1;30:10", "“a”: the range “30:10” begins above its end"), ("a=1;1:2:3", "“a”: “1:2:3” is not a range"),
    ("a=1;x", "“a”: “x” is not a range"), ("a=1;10:~", "“a”: “10:~” is not a range"),
    ("a=1;;;;;", "“a” has more than five fields"), ("a=1;;;x", "“a”: “x” is not a number"),
    ("a=1,5s", "“a”: “1,5” has a decimal comma; print it with a point (LC_ALL=C)"),
    ("a=x", "“a”: “x” is not a number"), ("=5", "“=5” has no label"), ("word", "“word” is not label=value"),
    ("'open=5", "“'open=5” is not label=value"), ("a=1.2.3", "“a”: “1.2.3” is not a number"),
    ("a=5<script>", "“a”: “5<script>” has no unit that could be one"),
  ])
  func `data that is broken is told, and the rest still counts`(data: String, problem: String) {
    let (values, problems) = performanceData("before=1 \(data) after=2")
    #expect(problems == [problem])
    #expect(values.map(\.label) == ["before", "after"])
  }

  @Test func `another exit status counts as unknown and says what it was`() throws {
    let reading = try read(.nagios, "", errors: "plugin: not found\n", status: 127).get()
    #expect(reading.values == [ScriptValue(label: "state", value: 3, unit: .none)])
    #expect(reading.failure == Failure(.script, "exit status 127 is not 0 to 3: plugin: not found"))
  }

  @Test func `a plugin that prints nothing is not well`() throws {
    #expect(try read(.nagios, "").get().failure == Failure(.garbage, "it printed nothing"))
  }

  // MARK: - auto

  @Test(arguments: [
    ("42\n", 0, ["value"]), ("U", 0, ["value"]), ("{\"a\": 1}", 0, ["a"]), ("PING OK - 1 ms", 0, ["state"]),
    ("anything at all", 2, ["state"]), ("fine | a=1", 0, ["state", "a"]), ("DISK CRITICAL: / full", 2, ["state"]),
  ])
  func `the one format that fits is taken`(text: String, status: Int, labels: [String]) throws {
    #expect(try read(.auto, text, status: status).get().values.map(\.label) == labels)
  }

  @Test func `where two formats fit both readings are shown and none is taken`() {
    #expect(
      failure(.auto, "42", status: 1)
        == Failure(
          .garbage, "its output can be read as number (value=42.0) or as nagios (state=1.0); set format:"))
    #expect(
      failure(.auto, "{\"a\": 1}", status: 2)
        == Failure(.garbage, "its output can be read as json (a=1.0) or as nagios (state=2.0); set format:"))
  }

  @Test(arguments: ["hello world", "a:1 b:2ms", "in 5 out 6", "load 0.5", "1\n2\n3", "a=1"])
  func `where none fits it is said so`(text: String) {
    let first = "“\(text.prefix { $0 != "\n" })”"
    let all = "collectd, prometheus, munin, json, number, mrtg, zabbix, influx, cacti or nagios"
    #expect(failure(.auto, text) == Failure(.garbage, "\(first) fits no format; set format: \(all)"))
  }

  @Test func `of no output it is said that there is none`() {
    #expect(failure(.auto, "\n ") == Failure(.garbage, "it printed nothing"))
  }

  // MARK: - Names

  @Test func `labels become metrics of which no two are the same`() {
    let labels = [
      "load1", "/", "/var/log", "var_log", "a b", "a-b", "50 %", "ü", "«»", "", String(repeating: "x", count: 99),
    ]
    let names = metricNames(for: labels)
    #expect(names["load1"] == "load1" && names["/"] == "root" && names["var_log"] == "var_log")
    #expect(names["/var/log"]?.hasPrefix("var_log-") == true && names["a b"] == "a_b" && names["a-b"] == "a-b")
    #expect(names["50 %"] == "50")
    #expect(Set(names.values).count == labels.count)
    for name in names.values { #expect(!name.isEmpty && name.utf8.count <= 60 && !name.contains(/[^A-Za-z0-9._-]/)) }
    #expect(metricNames(for: labels.reversed()) == names)
  }

  private func read(
    _ format: ScriptProbe.Format, _ text: String, errors: String = "", status: Int = 0
  ) throws -> Result<ScriptReading, Failure> {
    let reader = try #require(scriptFormats[format])
    return reader.read(
      ScriptOutput(text: text, errorText: errors, status: status, truncated: false),
      ScriptProbe(arguments: ["/x"], unit: .percent))
  }

  private func failure(_ format: ScriptProbe.Format, _ text: String, status: Int = 0) -> Failure? {
    guard case .failure(let failure)? = try? read(format, text, status: status) else { return nil }
    return failure
  }
}
