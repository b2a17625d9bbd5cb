import Config
import Testing

@Suite struct ExplainTests {
  private static let text = """
    settings: {step: 5m}
    hosts:
      core:
        snmp: {version: 2c, community: !secret env:CORE, port: 1161}
        use: [ping]
        ping: {packets: 10}
        router1: {address: 192.0.2.1, snmp: {port: 161}, ping: {wait: 2s}}
    """
  private let tree = load(text).tree

  private func told(_ path: String) -> String {
    do {
      return try tree.explain(path)
    } catch {
      return error.description
    }
  }

  @Test func `each value tells the layers it came from`() throws {
    let shown = try tree.explain("redeye.yaml >>> hosts >>> core >>> router1 >>> snmp", why: true)
    #expect(
      shown == """
        # redeye.yaml >>> hosts >>> core >>> router1 >>> snmp
        snmp:
          port: 161                             # item, redeye.yaml:7:48; hides 1161 of group core, redeye.yaml:4:60
          version: 2c                           # group core, redeye.yaml:4:21
          community: ‹secret›                   # group core, redeye.yaml:4:36

        """)
  }

  @Test func `a job of a monitor tells the monitor, the group, the item and the defaults`() throws {
    let shown = try tree.explain("hosts/core/router1/ping", why: true).replacing(/base.yaml:\d+:\d+/, with: "base.yaml")
    #expect(
      shown == """
        # redeye.yaml >>> hosts >>> core >>> router1 >>> ping
        title: Ping                             # monitor ping, base.yaml
        kind: ping                              # monitor ping, base.yaml
        priority: normal                        # default
        packets: 10                             # group core, redeye.yaml:6:21; hides 20 of monitor ping, base.yaml; hides 20 of default
        interval: 100ms                         # default
        wait: 2s                                # item, redeye.yaml:7:67; hides 1s of default
        size: 56                                # default
        family: any                             # default
        dscp: 0                                 # default

        """)
  }

  @Test func `paths may name a file or not, with either separator`() {
    let expected = "# redeye.yaml >>> hosts >>> core >>> router1 >>> address\naddress: 192.0.2.1\n"
    #expect(told("hosts/core/router1/address") == expected)
    #expect(told("redeye.yaml/hosts/core/router1/address") == expected)
    #expect(told("redeye.yaml >>> hosts >>> core >>> router1 >>> address") == expected)
    #expect(told("hosts/core").contains("router1:\n  group: core\n  name: router1\n  address: 192.0.2.1"))
    #expect(told("").contains("settings:\n  timezone: UTC\n  step: 5m\n"))
  }

  @Test func `a path with nothing at it tells the nearest`() {
    #expect(told("hots") == "there is nothing at “hots”; did you mean “hosts”?")
    #expect(told("hosts/cor/router1") == "there is nothing at “hosts/cor/router1”; did you mean “core”?")
    #expect(told("hosts/core/router2") == "there is nothing at “hosts/core/router2”; did you mean “router1”?")
    #expect(
      told("hosts/core/router1/snmp/prot") == "there is nothing at “hosts/core/router1/snmp/prot”; did you mean “port”?"
    )
  }

  @Test func `what is shown is YAML that says the same`() throws {
    let loaded = load(
      "contacts:\n  \"no\": {title: \"yes: #1\", email: a@example.org}\n  '12': {title: \"a \\\"b\\\" \\u0007\", email: b@example.org}\n"
    )
    let shown = try loaded.tree.explain("contacts")
    #expect(shown.contains("  no:\n") && shown.contains("title: \"yes: #1\""))
    #expect(shown.contains("  \"12\":\n"))
    #expect(!shown.contains("\u{7}"))
  }
}
