import Platform
import Testing

struct NetworkTests {
  @Test func `a name and a numeric address come to a numeric address of the family`() {
    #expect(Network.address(of: "127.0.0.1") == .success("127.0.0.1"))
    #expect(Network.address(of: "::1") == .success("::1"))
    #expect(Network.address(of: "localhost", family: .ipv4) == .success("127.0.0.1"))
    #expect(Network.address(of: "127.1", family: .any) == .success("127.0.0.1"))
  }

  @Test func `a name that is none is told in the resolver's words`() {
    for name in ["nonexistent.invalid", "a b", "127.0.0.1; id", String(repeating: "x", count: 3000)] {
      guard case .failure(let error) = Network.address(of: name) else {
        Issue.record("\(name) was found")
        continue
      }
      #expect(!error.reason.isEmpty)
    }
    guard case .failure = Network.address(of: "127.0.0.1", family: .ipv6) else {
      Issue.record("an IPv4 address passed for IPv6")
      return
    }
  }

  @Test func `a way to the loopback is there, and one to the broadcast address is not`() {
    #expect(Network.obstacle(to: "127.0.0.1") == nil)
    #expect(Network.obstacle(to: "255.255.255.255") == "Permission denied")
  }
}
