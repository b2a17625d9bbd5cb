import Config
import Model
import Testing

@testable import Collect

struct ShortFormTests {
  private func assignment(_ probe: Probe) -> Assignment { Making.assignment(probe, timeout: 10) }

  @Test func `a ping is one packet, and an SNMP job one object without a second try`() {
    let ping = assignment(.ping(PingProbe(address: "192.0.2.1"))).shortened(to: 2)
    guard case .ping(let probe) = ping.job.probe else { return #expect(Bool(false)) }
    #expect(probe.packets == 1 && ping.job.timeout == 2)
    let snmp = assignment(
      .snmp(
        SNMPProbe(
          address: "192.0.2.1", credentials: .v2c(community: .environment("C")), fieldSet: FieldSet(name: "interfaces"))
      )
    ).shortened(to: 1)
    guard case .snmp(let probe) = snmp.job.probe else { return #expect(Bool(false)) }
    #expect(probe.retries == 0 && probe.fieldSet.objects.map(\.source.oid) == ["1.3.6.1.2.1.1.3.0"])
    #expect(!snmp.isShortFormWhole)
  }

  @Test func `others are asked for all, with less patience, and this machine and scripts never`() {
    let page = assignment(.http(HTTPProbe(url: "http://a/")))
    #expect(page.hasShortForm && page.isShortFormWhole && page.shortened(to: 3).job.timeout == 3)
    #expect(page.shortened(to: 30).job.timeout == 10)
    #expect(!assignment(.system(SystemProbe())).hasShortForm)
    #expect(!assignment(.script(ScriptProbe(arguments: ["/bin/true"]))).hasShortForm)
  }

  @Test func `silence is no answer from anybody, and not an answer that says no`() {
    func reading(_ measurements: [Measurement], _ failure: Failure.Class? = nil) -> Reading {
      Reading(
        job: JobID(host: "a", job: "b"), slot: Instant(0), step: 60, measurements: measurements,
        failure: failure.map { Failure($0, "") })
    }
    #expect(reading([Measurement("loss", 100, .percent), Measurement("up", 0, .none)]).isUnanswered)
    #expect(!reading([Measurement("loss", 20, .percent), Measurement("up", 1, .none)]).isUnanswered)
    #expect(reading([Measurement("up", 0, .none), Measurement("time-resolve", 0.1, .seconds)], .timeout).isUnanswered)
    #expect(!reading([Measurement("up", 0, .none), Measurement("status", 500, .none)], .mismatch).isUnanswered)
    #expect(!reading([Measurement("in", 5, .none)], .timeout).isUnanswered)
    #expect(reading([], .noRoute).isUnanswered && !reading([], .deadline).isUnanswered && !reading([]).isUnanswered)
  }
}
