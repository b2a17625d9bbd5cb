import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

@testable import Collect

struct ScriptTests {
  // MARK: - What a script is given

  @Test func `a script starts in its own folder with a clean environment and its arguments as they are`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "show",
      "#!/usr/bin/python3\nimport json, os, sys\nprint(json.dumps({'cwd': os.getcwd(), 'args': repr(sys.argv[1:]), 'env': repr(sorted(os.environ.items())), 'stdin': repr(sys.stdin.read()), 'n': 1}))\n",
      mode: 0o755)
    let reading = measure(
      ScriptProbe(
        arguments: [script, "a b", "$HOME", ";id"], format: .json, environment: ["TOKEN": "x", "LC_ALL": "C"]))
    #expect(reading.failure == nil)
    #expect(reading.text(ofFact: "cwd") == folder.path)
    #expect(reading.text(ofFact: "args") == "['a b', '$HOME', ';id']")
    #expect(reading.text(ofFact: "stdin") == "''")
    let environment = try #require(reading.text(ofFact: "env"))
    #expect(environment.hasPrefix("[('HOME', '") && environment.hasSuffix("('TOKEN', 'x')]"))
    #expect(environment.contains("('LC_ALL', 'C'), ('PATH', '/usr/local/sbin:"))
  }

  @Test func `each item is an instance of its own, so many at once`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "each", "#!/bin/sh\nsleep 1.5\n[ \"$2\" = bad ] && { echo broken >&2; exit 4; }\necho ${#2}\n", mode: 0o755)
    let start = Clock.monotonic()
    let reading = measure(
      ScriptProbe(
        arguments: [script, "x"], format: .number, each: ["a", "bb", "bad", "c d e"], workers: 4, unit: .bytes))
    #expect(Clock.monotonic() - start < onBusyMachine(1.5))
    #expect(
      reading.value("value", "a") == 1 && reading.value("value", "bb") == 2 && reading.value("value", "c d e") == 5)
    #expect(reading.measurements.count == 3 && reading.measurements.allSatisfy { $0.unit == .bytes })
    #expect(reading.failure == Failure(.script, "bad: it exited with status 4: broken"))
  }

  @Test func `a script that anybody can change is refused`() throws {
    let folder = try TemporaryFolder()
    let open = try folder.write("a/open", "#!/bin/sh\necho 1\n", mode: 0o757)
    let placed = try folder.write("b/placed", "#!/bin/sh\necho 1\n", mode: 0o755)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: "\(folder.path)/b")
    for script in [open, placed] {
      #expect(
        measure(ScriptProbe(arguments: [script])).failure
          == Failure(.script, "anybody can change \(script) or its folder; refused (chmod o-w on both)"))
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: "\(folder.path)/b")
    #expect(measure(ScriptProbe(arguments: [placed])).value("value") == 1)
  }

  @Test func `a counter becomes a rate at its second reading`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("count", "#!/bin/sh\necho \"OK | requests=600c errors=5c\"\n", mode: 0o755)
    let probe = ScriptProbe(arguments: [script], format: .nagios, each: ["a"])
    let first = collect([Making.assignment(.script(probe))], Making.context())[0]
    #expect(first.reading.value("requests", "a") == .some(nil))
    var memory = try #require(first.memory)
    #expect(memory.counters["a requests"] == CounterReading(600, bits: 64))
    memory.counters["a requests"] = CounterReading(0, bits: 64)
    memory.counters["a errors"] = CounterReading(6, bits: 64)
    memory.notes["read a"] = String(Clock.now() - 60)
    let second = collect([Making.assignment(.script(probe), memory: memory)], Making.context())[0]
    let rate = try #require(second.reading.value("requests", "a") ?? nil)
    #expect(abs(rate - 10) < 0.5)
    #expect(second.reading.value("errors", "a") == .some(nil))
    #expect(second.reading.measurement("requests", "a")?.unit == .perSecond)
  }

  // MARK: - What is no number

  @Test(
    arguments: [
      (.number, "nan"), (.number, "U"), (.number, "inf"), (.number, "1e999"), (.number, "null"), (.number, ""),
      (.number, " \n\t\n"), (.auto, "NaN"), (.auto, "null"), (.auto, ""), (.auto, "  "), (.json, "{\"a\": null}"),
      (.json, "{\"a\": \"nan\"}"), (.json, "{\"a\": NaN}"), (.json, "{\"a\": 1e999}"), (.json, "null"), (.json, ""),
      (.json, "{\"a\": {}}"), (.nagios, ""), (.nagios, " \n "), (.nagios, "|"), (.nagios, " | \n"),
    ] as [(ScriptProbe.Format, String)])
  func `output without a number is unknown and says of which class`(format: ScriptProbe.Format, text: String) throws {
    let reading = try printed(text, format)
    #expect(reading.failure.map { [.script, .garbage].contains($0.kind) } == true, "\(reading)")
    #expect(reading.measurements.allSatisfy { $0.value == nil }, "\(reading)")
  }

  @Test(
    arguments: [
      (.json, "{\"a\": null, \"b\": 1}", "“a” is unknown: it printed no number for it"),
      (.nagios, "OK | a=U b=1", "“a” is unknown: it printed no number for it"),
      (.nagios, "OK | a=nan;1;2 b=1 c=U", "“a” is unknown: it printed no number for it, and 1 more"),
    ] as [(ScriptProbe.Format, String, String)])
  func `one unknown among numbers is told and leaves the others`(
    format: ScriptProbe.Format, text: String, message: String
  ) throws {
    let reading = try printed(text, format)
    #expect(reading.failure == Failure(.script, message))
    #expect(reading.value("a") == .some(nil) && reading.value("b") == 1)
  }

  private func printed(_ text: String, _ format: ScriptProbe.Format) throws -> Reading {
    let folder = try TemporaryFolder()
    try folder.write("text", text)
    let script = try folder.write("print", "#!/bin/sh\ncat text\n", mode: 0o755)
    return measure(ScriptProbe(arguments: [script], format: format))
  }

  // MARK: - Nasty scripts

  struct Nasty: Sendable, CustomTestStringConvertible {
    var name: String
    var body: String
    var kind: Failure.Class
    var message: String
    var format = ScriptProbe.Format.number
    var testDescription: String { name }
  }

  @Test(arguments: [
    Nasty(
      name: "flood", body: "exec yes 1", kind: .tooLarge,
      message: "it printed more than 64 KiB and did not end in 0.5 s"),
    Nasty(name: "flood of errors", body: "exec yes 1 >&2", kind: .timeout, message: "it took longer than 0.5 s: 1"),
    Nasty(
      name: "fork", body: "for i in 1 2 3; do sleep 60 & done; echo 1; exit 1", kind: .script,
      message: "it exited with status 1"),
    Nasty(
      name: "ignores TERM", body: "trap '' TERM; while :; do sleep 1; done", kind: .timeout,
      message: "it took longer than 0.5 s"),
    Nasty(
      name: "closes its streams", body: "exec >&- 2>&-; sleep 60", kind: .timeout, message: "it took longer than 0.5 s"),
    Nasty(
      name: "closes its output", body: "exec >&-; exit 0", kind: .garbage,
      message: "it printed nothing; one number was expected"),
    Nasty(name: "never ends", body: "echo 42; sleep 1000", kind: .timeout, message: "it took longer than 0.5 s"),
    Nasty(
      name: "control characters", body: "printf '\\033[2J\\007evil\\n'", kind: .garbage,
      message: "“\u{FFFD}[2J\u{FFFD}evil” is not a number; one number alone was expected"),
    Nasty(
      name: "control characters aside", body: "printf '\\033]0;x\\007\\n' >&2; exit 9", kind: .script,
      message: "it exited with status 9: \u{FFFD}]0;x\u{FFFD}"),
    Nasty(
      name: "dies by a signal", body: "echo oops >&2; kill -SEGV $$", kind: .script,
      message: "it was killed by signal 11: oops"),
    Nasty(name: "kills its group", body: "kill -9 0", kind: .script, message: "it was killed by signal 9"),
    Nasty(name: "stops itself", body: "kill -STOP $$", kind: .timeout, message: "it took longer than 0.5 s"),
    Nasty(name: "binary", body: "head -c 2000 /dev/urandom | tr -d '\\n0-9'", kind: .garbage, message: ""),
    Nasty(
      name: "two numbers", body: "echo 1; echo 2", kind: .garbage,
      message: "“1\u{FFFD}2” is not a number; one number alone was expected"),
    Nasty(
      name: "long line", body: "head -c 100000 /dev/zero | tr '\\0' 7", kind: .garbage,
      message: "“\(String(repeating: "7", count: 60))…” is not a number; one number alone was expected"),
    Nasty(name: "number and failure", body: "echo 7; exit 2", kind: .script, message: "it exited with status 2"),
  ])
  func `a nasty script costs its own numbers and nothing else`(nasty: Nasty) throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("nasty", "#!/bin/sh\n\(nasty.body)\n", mode: 0o755)
    let start = Clock.monotonic()
    let reading = measure(
      ScriptProbe(arguments: [script], format: nasty.format), timeout: 0.5, context: Making.context(seconds: 8))
    #expect(Clock.monotonic() - start < onBusyMachine(3))
    #expect(reading.measurements.isEmpty)
    #expect(reading.failure?.kind == nasty.kind, "\(reading.failure?.message ?? "")")
    if !nasty.message.isEmpty { #expect(reading.failure?.message == nasty.message) }
    let texts = [reading.failure?.message ?? ""] + reading.facts.map(\.text)
    for text in texts { #expect(!text.unicodeScalars.contains { $0.value < 32 } && text.count < 600) }
  }

  @Test func `what a cut has left half is no number`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "long",
      "#!/bin/sh\ni=0; while [ $i -lt 400 ]; do printf '# %0300d\\na{b=\"%d\"} 123456789\\n' 0 $i; i=$((i+1)); done\n",
      mode: 0o755)
    let reading = measure(ScriptProbe(arguments: [script], format: .prometheus))
    #expect(reading.failure == Failure(.garbage, "it printed more than 64 KiB; what came after was not read"))
    #expect((150...250).contains(reading.measurements.count))
    #expect(reading.measurements.allSatisfy { $0.value == 123_456_789 })
  }

  @Test func `a script that cannot start says why`() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write("plain", "#!/bin/sh\n", mode: 0o644)
    let lost = try folder.write("lost", "#!/nowhere/python\n", mode: 0o755)
    for (path, message) in [
      (plain, "\(plain) is not executable (chmod +x \(plain))"),
      (lost, "\(lost): its interpreter /nowhere/python cannot be run: No such file or directory"),
      (folder.path, "\(folder.path) is a folder, not a program"),
      ("\(folder.path)/none", "\(folder.path)/none not found"),
    ] {
      #expect(measure(ScriptProbe(arguments: [path])).failure == Failure(.script, message))
    }
  }

  @Test func `what was printed before the time was up is kept as text`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("slow", "#!/bin/sh\necho CHECKING; sleep 60\n", mode: 0o755)
    let reading = measure(ScriptProbe(arguments: [script], format: .nagios), timeout: 0.3)
    #expect(reading.failure?.kind == .timeout)
    #expect(reading.text(ofFact: "Output") == "CHECKING")
    #expect(reading.measurements.isEmpty)
  }

  @Test func `the end of the run cuts a script short and is told apart from its own limit`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("slow", "#!/bin/sh\nsleep 60\n", mode: 0o755)
    let start = Clock.monotonic()
    let reading = measure(ScriptProbe(arguments: [script]), timeout: 30, context: Making.context(seconds: 1))
    #expect(Clock.monotonic() - start < onBusyMachine(2))
    #expect(reading.failure == Failure(.deadline, "the run ended before it did"))
  }

  @Test func `a hundred scripts at once leave nothing behind`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("ok", "#!/bin/sh\necho 1\n", mode: 0o755)
    let assignments = (0..<100).map { Making.assignment(.script(ScriptProbe(arguments: [script])), id: "\($0)") }
    let readings = collect(assignments, Making.context()).map(\.reading)
    #expect(readings.allSatisfy { $0.value("value") == 1 && $0.failure == nil })
    #expect(readings.map(\.job.job) == (0..<100).map(String.init))
  }

  private func measure(
    _ probe: ScriptProbe, timeout: Double = 10, context: MeasureContext = Making.context()
  ) -> Reading {
    collect([Making.assignment(.script(probe), timeout: timeout)], context)[0].reading
  }
}
