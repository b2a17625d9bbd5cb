import Config
import Testing

/// What a person is told to write can be written.
@Suite struct AdviceTests {
  private static let slips: [(type: String, written: String, meant: String)] = [
    ("bool", "yes", "true"), ("bool", "Off", "false"), ("bool", "0", "false"), ("int", "1e3", "1000"),
    ("int", "010", "10"), ("int", "1_000", "1000"), ("int", "2.0", "2"), ("float", "'1,5'", "1.5"),
    ("float", "1_000.5", "1000.5"), ("percent", "'99,9%'", "99.9%"), ("percent", "99.9", "99.9%"),
    ("duration", "5 minutes", "5m"), ("duration", "1.5h", "1h30m"), ("duration", "10 sec", "10s"),
    ("duration", "2 weeks", "14d"), ("duration", "0", "0s"), ("bytes", "1e6", "1000000"),
    ("host", "http://www.example.org/x", "www.example.org"), ("host", "192.0.2.1/24", "192.0.2.1"),
    ("host", "www.example.org:80", "www.example.org"), ("host", "'[2001:db8::1]'", "2001:db8::1"),
    ("host", "me@www.example.org", "www.example.org"), ("host", "192.0.2.1.", "192.0.2.1"),
    ("url", "www.example.org/x", "https://www.example.org/x"), ("hours", "9-17", "09:00-17:00"),
    ("hours", "8:00 - 18:00x", ""), ("hours", "'0800-1830'", "08:00-18:30"), ("days", "monday-friday", "mon-fri"),
    ("days", "Weekend", "sat,sun"), ("days", "Saturday and Sunday", "sat,sun"), ("service hours", "24x7", "always"),
    ("service hours", "monday-friday 9-17", "mon-fri 09:00-17:00"),
    ("service hours", "mon-fri 9-17", "mon-fri 09:00-17:00"),
    ("window", "monthly", "month"), ("window", "90 days", "90d"), ("unknown", "ignore", "exclude"),
    ("status", "2xx", "200-299"), ("series", "a.b.c", "a/b/c"),
  ]

  @Test(arguments: slips)
  func `what a slip is told to be is taken`(type: String, written: String, meant: String) throws {
    let problem = try #require(problems(type, written).first, "\(written)")
    let help = try #require(problem.help)
    guard !meant.isEmpty else {
      #expect(!help.hasPrefix("write 0"))
      return
    }
    #expect(help.hasSuffix(meant) || help.hasSuffix(": \(meant)"), "\(help)")
    #expect(problems(type, "'\(meant)'").isEmpty || problems(type, meant).isEmpty)
  }

  private static let beyond: [(type: String, written: String, help: String)] = [
    ("int", "99999999999999999999", "it is too large"), ("int", "1.5", "it has no fraction"),
    ("float", ".inf", "it is a finite number; leave the field out where there is no bound"),
    ("float", "5 ms", "write the number alone, in the unit the series is kept in: 5"),
    ("duration", "-5s", "it cannot be negative"),
    ("duration", "60", "its unit is missing: 60s for seconds, 60m for minutes, 60h for hours"),
    ("duration", "1:30", "write 1m30s or 1h30m"), ("percent", "150%", "a share goes from 0% to 100%"),
    ("percent", "0.999", "write it with its sign: 99.9%"), ("window", "5m", "a window is 1h at least"),
    ("zone", "Europe/Berln", "did you mean “Europe/Berlin”?"),
    ("zone", "Mars/Olympus", "write it like Europe/London or UTC"),
    ("email", "Al <a@b.de>", "write a@b.de, and the name as title"),
    ("email", "'a@b.de, c@d.de'", "a contact has one address; make a contact of each, and a role of all"),
    ("url", "http://192.0.2.300/", "no number of an IPv4 address is more than 255: 300"),
    ("url", "http://a:99999/", "“99999” is no port: they go from 1 to 65535"),
    ("url", "'http://2001:db8::1/'", "an IPv6 address stands in brackets: write http://[2001:db8::1]/"),
    ("url", "http://[::1", "the “[” of the address has no “]”"),
    ("url", "ftp://a/", "it begins with http:// or https://, not with ftp://"),
  ]

  @Test(arguments: beyond) func `what cannot be mended is told why`(type: String, written: String, help: String) {
    #expect(problems(type, written).first?.help == help)
  }

  private func problems(_ type: String, _ value: String) -> [Problem] {
    load("sections: {things: {fields: {it: {type: \(type)}}}}\nthings:\n  one:\n    it: \(value)\n").problems
  }
}
