import Config
import Model
import Testing

@testable import Collect

struct GuardTests {
  private let gateway = Making.assignment(.ping(PingProbe(address: "127.0.0.1", packets: 1)), id: "gateway")
  private let second = Making.assignment(.ping(PingProbe(address: "127.0.0.1", packets: 1)), id: "second")
  private let far = Making.assignment(.ping(PingProbe(address: "192.0.2.1", packets: 1)), id: "far")
  private let web = Making.assignment(.http(HTTPProbe(url: "http://192.0.2.1/")), id: "web")
  private let near = Making.assignment(.http(HTTPProbe(url: "http://127.0.0.1/")), id: "near")
  private let script = Making.assignment(.script(ScriptProbe(arguments: ["/bin/false"])), id: "script")
  private let lost = [Measurement("loss", 100, .percent), Measurement("up", 0, .none)]
  private let fine = [Measurement("loss", 0, .percent), Measurement("up", 1, .none)]

  private func watched(_ outcomes: [(Assignment, Outcome)], guards: Set<String> = ["gateway", "second"]) -> [Reading] {
    guarded(
      outcomes.map { ($0.job.probe, $1) }, by: Set(guards.map { JobID(host: "localhost", job: $0) })
    ).map(\.reading)
  }

  private var cutOff: [(Assignment, Outcome)] {
    [
      (gateway, gateway.outcome(lost)), (second, second.failed(.local, "no route")), (far, far.outcome(lost)),
      (web, web.outcome([Measurement("up", 0, .none)], failure: Failure(.timeout, "no answer"))),
      (near, near.outcome([Measurement("up", 1, .none)])), (script, script.failed(.script, "exit status 1")),
    ]
  }

  @Test func `while no guard is answered, what is silent is unknown and what answers is known`() {
    let readings = watched(cutOff)
    #expect(readings[0].measurements == lost && readings[0].failure == nil, "the uplink's own loss was measured")
    #expect(readings[1].failure?.kind == .local)
    let names = "localhost/gateway and localhost/second"
    #expect(readings[2].failure == Failure(.cutOff, "nothing is known of it while \(names) gets no answer"))
    #expect(readings[2].measurements.map(\.metric) == ["loss", "up"])
    #expect(readings[2].measurements.allSatisfy { $0.value == nil })
    #expect(
      readings[3].failure
        == Failure(.cutOff, "nothing is known of it while \(names) gets no answer (timeout: no answer)"))
    #expect(readings[3].measurements.allSatisfy { $0.value == nil })
    #expect(readings[4].failure == nil && readings[4].measurements[0].value == 1)
    #expect(readings[5].failure?.kind == .script, "a script says itself what it knows")
  }

  @Test func `one guard that answers is a way out`() {
    var outcomes = cutOff
    outcomes[1].1 = second.outcome(fine)
    let readings = watched(outcomes)
    #expect(readings.map(\.failure) == outcomes.map(\.1.reading.failure))
    #expect(readings[2].measurements == lost)
  }

  @Test func `guards that were not due, and no guards, say nothing`() {
    #expect(watched(Array(cutOff.dropFirst(2)))[0].measurements == lost)
    #expect(watched(cutOff, guards: [])[2].measurements == lost)
  }

  @Test func `a run that is cut off stores unknown for what a real ping lost`() {
    let silent = PingProbe(address: "127.0.0.1", packets: 1, interval: 10, wait: 10, source: "127.0.0.1")
    // Nobody sends from an address this machine has not.
    let lost = PingProbe(address: "127.0.0.1", packets: 1, interval: 10, wait: 10, source: "192.0.2.99")
    var context = Making.context()
    context.guards = [JobID(host: "localhost", job: "gateway")]
    let readings = collect(
      [Making.assignment(.ping(lost), id: "gateway"), Making.assignment(.ping(silent), id: "here")], context
    ).map(\.reading)
    #expect(readings[0].failure?.kind == .local)
    #expect(readings[1].failure == nil && readings[1].measurements.contains { $0.metric == "up" && $0.value == 1 })
  }
}
