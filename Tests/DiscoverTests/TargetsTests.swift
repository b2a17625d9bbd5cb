import Testing

@testable import Discover

@Suite struct TargetsTests {
  private func read(_ arguments: String...) throws -> [String] {
    try targets(arguments, port: 161).map { "\($0.description)\($0.isNamed ? "!" : "")" }
  }

  @Test func `a host has a port of its own or the common one`() throws {
    #expect(
      try read("sw1", "sw2:1161", "[2001:db8::1]:1161", "[2001:db8::1]", "2001:db8::2", "192.0.2.1:161")
        == ["sw1!", "sw2:1161!", "[2001:db8::1]:1161!", "2001:db8::1!", "2001:db8::2!", "192.0.2.1!"])
    #expect(try targets(["sw1", "10.0.0.4/31"], port: 7).map(\.port) == [7, 7, 7])
  }

  @Test(arguments: [
    ("10.0.0.0/30", ["10.0.0.1", "10.0.0.2"]), ("10.0.0.7/30", ["10.0.0.5", "10.0.0.6"]),
    ("10.0.0.4/31", ["10.0.0.4", "10.0.0.5"]), ("10.0.0.4/32", ["10.0.0.4"]),
    ("255.255.255.254/31", ["255.255.255.254", "255.255.255.255"]),
    ("10.0.0.9-11", ["10.0.0.9", "10.0.0.10", "10.0.0.11"]),
    ("10.0.0.255-10.0.1.1", ["10.0.0.255", "10.0.1.0", "10.0.1.1"]),
  ]) func `a network leaves out its first and last address where they are nobody's`(text: String, all: [String]) throws
  {
    #expect(try read(text) == all)
  }

  @Test func `a network of 16 bits is the largest`() throws {
    #expect(try targets(["10.0.0.0/16"], port: 161).count == 65_534)
    #expect(throws: TargetError.self) { try targets(["10.0.0.0/15"], port: 161) }
  }

  @Test func `an address is asked once, and counts as named where it is named`() throws {
    #expect(try read("10.0.0.0/30", "10.0.0.2", "10.0.0.1-3") == ["10.0.0.1", "10.0.0.2!", "10.0.0.3"])
  }

  @Test func `a name with a dash is no range`() throws {
    #expect(try read("sw-1", "10-0-0-1") == ["sw-1!", "10-0-0-1!"])
  }
}
