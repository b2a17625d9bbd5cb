import Config
import Model
import Platform
import TestSupport
import Testing

@testable import Collect

struct ScriptLimitTests {
  @Test(arguments: [(500, 500), (501, 0)])
  func `a script may print so many numbers and no more`(printed: Int, kept: Int) throws {
    let folder = try TemporaryFolder()
    let numbers = (1...printed).map { "\"n\($0)\": \($0)" }.joined(separator: ", ")
    let script = try folder.write("many.sh", "#!/bin/sh\necho '{\(numbers)}'\n", mode: 0o755)
    let id = JobID(host: "localhost", job: "many")
    let job = Job(
      id: id, title: "many", group: [], step: 60, timeout: 10, probe: .script(ScriptProbe(arguments: [script])),
      location: SourceLocation(file: "redeye.yaml", line: 1, column: 1))
    let now = Clock.monotonic()
    let context = MeasureContext(
      runStarted: now, deadline: now + 20, workers: 1, secrets: SecretStore(environment: [:]))
    let outcome = measureScripts([Assignment(job: job, slot: Instant(600))], context)[0]
    #expect(outcome.reading.measurements.count == kept)
    #expect((outcome.reading.failure == nil) == (kept > 0))
    if kept == 0 { #expect(outcome.reading.failure?.message.contains("501 numbers") == true) }
  }
}
