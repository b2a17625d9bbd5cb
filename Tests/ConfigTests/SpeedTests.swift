import Config
import TestSupport
import Testing

@Suite struct SpeedTests {
  /// A release build takes a tenth of the bound; a debug build on a busy machine still stays far below it.
  @Test func `a thousand hosts of one line each load soon`() throws {
    var text = "package: many\nhosts:\n"
    for group in 0..<20 {
      text += "  group\(group):\n    snmp: {community: !secret env:COMMUNITY}\n"
      for host in 0..<50 {
        text += "    router\(group)-\(host): {address: 192.0.2.\(host), use: [ping, snmp-interfaces]}\n"
      }
    }
    let files = memory(["/etc/redeye/redeye.yaml": text])
    var loaded: Loaded?
    let taken = ContinuousClock().measure { loaded = load(path: "/etc/redeye/redeye.yaml", files: files) }
    #expect(loaded?.problems == [])
    #expect(loaded?.plan?.jobs.count == 2_000)
    #expect(taken < .seconds(20) * patience)
    print("1,000 hosts in \(taken)")
  }
}
