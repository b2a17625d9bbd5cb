import Config
import Model
import Platform
import TestSupport
import Testing

@testable import Collect

struct MuninTests {
  // MARK: - config and values

  @Test func `what config says of a field is kept with its value`() throws {
    let config = """
      graph_title Traffic
      graph_args --base 1024 -l 0
      graph_vlabel Bytes in (-) / out (+) per ${graph_period}
      graph_order down up
      graph no
      update_rate 60
      down.label received
      down.type DERIVE
      down.min 0
      down.max 1000
      down.warning :80
      down.critical 90
      down.graph no
      up.type COUNTER
      up.negative down
      up.cdef up,8,*
      gone.type ABSOLUTE
      now.type GAUGE
      """
    let reading = try read(config, "down.value 5\nup.value 6\ngone.value 7\nnow.value 8").get()
    #expect(
      reading.values == [
        ScriptValue(label: "down", value: 5, unit: .bytesPerSecond, kind: .derive, lowest: 0, highest: 1000),
        ScriptValue(label: "up", value: 6, unit: .perSecond, kind: .counter),
        ScriptValue(label: "gone", value: 7, unit: .bytesPerSecond, kind: .absolute),
        ScriptValue(label: "now", value: 8, unit: .bytes),
      ])
    #expect(reading.facts == [Fact("Title", "Traffic"), Fact("Formulas not evaluated", "up")])
    #expect(reading.failure == nil)
  }

  @Test func `a type nobody knows leaves no number`() throws {
    let reading = try read("a.type GAGE\nb.label x", "a.value 1\nb.value 2").get()
    #expect(reading.values.map(\.label) == ["b"])
    #expect(
      reading.failure == Failure(.garbage, "Munin: “a” has type “GAGE”; GAUGE, COUNTER, DERIVE or ABSOLUTE"))
  }

  @Test(
    arguments: [
      ("%", "GAUGE", .percent), ("%", "DERIVE", .percent), ("Bytes", "GAUGE", .bytes), ("seconds", "GAUGE", .seconds),
      ("bits per ${graph_period}", "DERIVE", .bitsPerSecond), ("bytes/second", "COUNTER", .bytesPerSecond),
      ("Average IO Wait (seconds)", "GAUGE", .none), ("", "DERIVE", .perSecond),
      ("Number of processes", "GAUGE", .none),
    ] as [(String, String, Unit)])
  func `the label of the axis is the unit where it is clear`(label: String, type: String, unit: Unit) throws {
    let reading = try read("graph_vlabel \(label)\na.type \(type)", "a.value 1").get()
    #expect(reading.values.first?.unit == unit)
  }

  @Test func `of several samples a slot is the mean, and of counts their sum`() throws {
    let text = "a.value 1000:1\na.value 1010:3\na.value 1020:2\nb.value 1010:4\nb.value 1020:5"
    let values = try read("b.type ABSOLUTE", text).get().values
    let first = Scripting.result(values, readAt: 1021)
    #expect(first.measurements.map(\.value) == [2, nil])
    let long = try read("", "a.value 940:90\na.value 1010:3\na.value 990:U\na.value 1020:5").get().values
    #expect(Scripting.result(long, readAt: 1021).measurements.map(\.value) == [4], "a minute ago is another slot")
    let counts = try read("a.type DERIVE", "a.value 1000:10\na.value 1020:50\na.value 1010:30").get().values
    let before = Scripting.result(try read("a.type DERIVE", "a.value 960:0").get().values, readAt: 961)
    let rate = Scripting.result(counts, readAt: 1021, before: before.memory).measurements.map(\.value)
    #expect(rate == [50.0 / 60])
    let later = try read("b.type ABSOLUTE", "b.value 1070:4\nb.value 1080:2").get().values
    #expect(Scripting.result(later, readAt: 1081, before: first.memory).measurements.map(\.value) == [0.1])
  }

  @Test func `no config and no values crash or make a number that is none`() {
    var chance = Chance(seed: 4711)
    let config = "multigraph a\ngraph_vlabel %\nb.type DERIVE\nb.min 0\nb.max 1e9\nc.type ABSOLUTE\nc.cdef c,8,*\n"
    var numbers = 0
    for _ in 0..<5000 {
      let text = "multigraph a\nb.value 1700000000:5\nb.value 1700000005:7\nc.value -1e3\nd.value U\n"
      guard case .success(let reading) = read(chance.mutated(config), chance.mutated(text)) else { continue }
      let first = Scripting.result(reading.values, readAt: 1_700_000_010)
      let second = Scripting.result(reading.values, readAt: 1_700_000_070, before: first.memory, step: 300)
      let values = second.measurements.compactMap(\.value)
      numbers += values.count
      let areFinite = values.allSatisfy { $0.isFinite }
      #expect(areFinite)
    }
    #expect(numbers > 1000)
  }

  @Test func `samples outside the bounds are left out of the mean, and told`() throws {
    let ten = (0..<9).map { "a.value 10\($0)0:10" }.joined(separator: "\n")
    let values = try read("a.max 200", ten + "\na.value 1090:1000").get().values
    let result = Scripting.result(values, readAt: 1091, step: 300)
    #expect(result.measurements.map(\.value) == [10])
    #expect(result.failure(of: 1) == Failure(.mismatch, "“a” is 1000.0, more than its maximum"))
    let alone = Scripting.result(try read("a.min 5", "a.value 3").get().values, readAt: 1000)
    #expect(alone.measurements.map(\.value) == [nil])
    #expect(alone.failure(of: 1)?.message.contains("less than its minimum") == true)
  }

  @Test func `counts that overlap with those of the last reading count once`() throws {
    func result(_ text: String, _ now: Double, _ before: JobMemory?) throws -> ScriptResult {
      Scripting.result(try read("a.type ABSOLUTE", text).get().values, readAt: now, before: before)
    }
    let first = try result("a.value 1000:30\na.value 1010:30", 1011, nil)
    let second = try result("a.value 1000:30\na.value 1010:30\na.value 1020:60", 1021, first.memory)
    #expect(second.measurements.map(\.value) == [6])
    let same = try result("a.value 1010:30\na.value 1020:60", 1022, second.memory)
    #expect(same.measurements.map(\.value) == [nil])
  }

  @Test func `a counter that falls between samples of one answer is unknown`() throws {
    let before = Scripting.result(try read("a.type COUNTER", "a.value 1000:500").get().values, readAt: 1001)
    let fell = try read("a.type COUNTER", "a.value 1020:900\na.value 1040:100\na.value 1060:600").get().values
    let after = Scripting.result(fell, readAt: 1061, before: before.memory)
    #expect(after.measurements.map(\.value) == [nil])
    let next = Scripting.result(
      try read("a.type COUNTER", "a.value 1080:800").get().values, readAt: 1081, before: after.memory)
    #expect(next.measurements.map(\.value) == [10])
  }

  @Test func `an unknown sample beside known ones is no unknown series`() throws {
    let values = try read("", "a.value 1000:U\na.value 1010:4").get()
    let result = Scripting.result(values.values, readAt: 1011)
    #expect(result.measurements.map(\.value) == [4] && result.failure(of: 1) == nil)
  }

  // MARK: - Plugins

  @Test func `a plugin is asked config first and runs once where that holds the values`() throws {
    let folder = try TemporaryFolder()
    let body = """
      #!/bin/sh
      echo "$1" >> \(folder.path)/calls
      if [ "$1" = config ]; then
        echo graph_title Test; echo a.label a; echo b.type DERIVE
        [ "$DIRTY$MUNIN_CAP_DIRTYCONFIG" = yes1 ] || exit 0
      fi
      echo a.value 1; echo b.value 2
      """
    let script = try folder.write("plugin", body, mode: 0o755)
    for (dirty, calls) in [("no", "config\n\n"), ("yes", "config\n")] {
      _ = try folder.write("calls", "")
      let outcome = measure(ScriptProbe(arguments: [script], format: .munin, environment: ["DIRTY": dirty]))
      #expect(outcome.reading.value("a") == 1 && outcome.reading.value("b") == .some(nil))
      #expect(outcome.reading.failure == nil && outcome.memory?.counters[" b"] == CounterReading(2, bits: 64))
      #expect(try folder.read("calls") == calls)
    }
  }

  @Test func `a script that auto finds to be a plugin is asked config as well`() throws {
    let folder = try TemporaryFolder()
    let plugin = try folder.write(
      "plugin", "#!/bin/sh\n[ \"$1\" = config ] && echo a.type COUNTER || echo a.value 5\n", mode: 0o755)
    let plain = try folder.write("plain", "#!/bin/sh\n[ $# = 0 ] || exit 2\necho a.value 5\n", mode: 0o755)
    #expect(measure(ScriptProbe(arguments: [plugin])).reading.value("a") == .some(nil))
    #expect(measure(ScriptProbe(arguments: [plain])).reading.value("a") == 5)
  }

  @Test func `config and values share the time of the job`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("slow", "#!/bin/sh\nsleep 0.5\necho a.label x\n", mode: 0o755)
    let start = Clock.monotonic()
    let outcome = measure(ScriptProbe(arguments: [script], format: .munin), timeout: 0.8)
    #expect(Clock.monotonic() - start < onBusyMachine(2))
    #expect(outcome.reading.failure?.kind == .timeout)
    let late = try folder.write(
      "late", "#!/bin/sh\n[ \"$1\" = config ] && exit 0\ntrap '' TERM; while :; do sleep 1; done\n", mode: 0o755)
    #expect(
      measure(ScriptProbe(arguments: [late], format: .munin), timeout: 0.5).reading.failure
        == Failure(.timeout, "it took longer than 0.5 s"))
    let broken = try folder.write("broken", "#!/bin/sh\necho oops >&2; exit 3\n", mode: 0o755)
    #expect(
      measure(ScriptProbe(arguments: [broken], format: .munin)).reading.failure
        == Failure(.script, "it exited with status 3: oops"))
  }

  private func read(_ config: String, _ text: String) -> Result<ScriptReading, Failure> {
    muninReading(MuninText(output(text)), config: MuninText(output(config)), ScriptProbe(arguments: ["/x"]))
  }

  private func output(_ text: String) -> ScriptOutput {
    ScriptOutput(text: text, errorText: "", status: 0, truncated: false)
  }

  private func measure(_ probe: ScriptProbe, timeout: Double = 10) -> Outcome {
    collect([Making.assignment(.script(probe), timeout: timeout)], Making.context())[0]
  }
}
