import Collect
import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

struct CollectingTests {
  private let system = Making.assignment(.system(SystemProbe()), id: "here")
  private let ping = Making.assignment(.ping(PingProbe(address: "192.0.2.1")), id: "there")

  @Test func `each assignment has one outcome, in order, whatever its probe does`() {
    let context = Making.context(seconds: 0.2)
    let probes: [String: Measure] = [
      "system": { assignments, _ in
        assignments.map { Outcome(reading: Reading(job: $0.job.id, slot: $0.slot, step: 60)) }
      },
      "ping": { _, _ in
        usleep(20_000_000)
        return []
      },
      "http": { _, _ in [] },
    ]
    let http = Making.assignment(.http(HTTPProbe(url: "http://localhost")), id: "web")
    let script = Making.assignment(.script(ScriptProbe(arguments: ["/bin/true"])), id: "script")
    let start = Clock.monotonic()
    let outcomes = collect([ping, system, http, script], context, probes: probes)
    #expect(Clock.monotonic() - start < onBusyMachine(2))
    #expect(outcomes.map(\.reading.job.job) == ["there", "here", "web", "script"])
    #expect(outcomes.map(\.reading.failure?.kind) == [.deadline, nil, .local, .local])
    #expect(outcomes[3].reading.failure?.message == "this redeye has no probe of the kind script")
  }

  @Test func `after the deadline nothing is started`() {
    var context = Making.context()
    context.deadline = Clock.monotonic() - 1
    let outcomes = collect([system], context)
    #expect(outcomes.map(\.reading.failure?.kind) == [.deadline])
    #expect(outcomes[0].reading.measurements.isEmpty)
  }

  @Test func `every kind of job has its line in the table`() {
    #expect(Probes.table.keys.sorted() == ["dns", "http", "ping", "script", "snmp", "system", "tcp", "tls"])
  }
}
