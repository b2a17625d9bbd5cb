import TestSupport
import Testing

/// Arguments of `redeye discover` as people get them wrong.
@Suite struct DiscoverSlipTests {
  private static let slips: [(arguments: [String], says: String)] = [
    ([], "whom to ask? Write redeye discover HOST, or a network: redeye discover 10.0.0.0/24"),
    (["10.0.0.0/8"], "16777216 addresses are too many at once; name networks of /16 or smaller, such as 10.0.0.0/16"),
    (["10.0.0.0/33"], "a prefix is a number from 16 to 32, and “33” is none"),
    (["10.0.0/24"], "a network is written like 10.0.0.0/24"),
    (["2001:db8::/64"], "a network of IPv6 has more addresses than can be asked; name its hosts"),
    (["10.0.0.9-3"], "the range ends before it begins"), (["10.0.0.9-x"], "a range is written like 10.0.0.1-20"),
    (["10.0.0.0-10.9.0.0"], "more than 65536 addresses are too many at once"),
    (["10.0.0.0/16", "10.1.0.0/16"], "over 65536 addresses; ask for fewer networks at once"),
    (["host:99999"], "a port is a number from 1 to 65535, and “99999” is none"),
    (["[::1]161"], "behind “]” stands :PORT or nothing"), (["[::1"], "the “]” behind the address is missing"),
    (["999.1.1.1"], "no number of an IPv4 address is more than 255"), ([""], "it is empty"),
    (["http://sw1/"], "a URL is no host: write sw1"),
    (["sw1", "--version", "3"], "version 3 is asked for with --user NAME"),
    (["sw1", "--auth", "SHA"], "--auth is of SNMP version 3, which has users: add --user NAME"),
    (["sw1", "--user", "a", "--community", "c"], "leave one of them out"),
    (
      ["sw1", "--user", "a", "--auth", "SHA-3", "--auth-password", "x"],
      "there is no method “SHA-3”; there are MD5, SHA"
    ),
    (["sw1", "--user", "a", "--auth", "SHA"], "--auth needs a password: --auth-password env:NAME, file:PATH or stdin"),
    (["sw1", "--user", "a", "--priv", "AES"], "--priv needs --auth too"),
    (["sw1", "--user", "a", "--auth-password", "x"], "--auth-password needs --auth METHOD too"),
    (["sw1", "--community", "env:NOT_SET_ANYWHERE"], "the environment has no NOT_SET_ANYWHERE"),
    (["sw1", "--community", "file:/no/such/file"], "/no/such/file"),
    (["sw1", "--community", "stdin"], "--community: the standard input has no line for it"),
    (["sw1", "--community", ""], "--community is empty"),
    (["sw1", "--port", "0"], "--port is a number from 1 to 65535"),
    (["sw1", "--retries", "-1"], "--retries is a number from 0 to 10, and “-1” is none"),
    (["sw1", "--timeout", "5m"], "--timeout goes up to 60s, and 5m is more"),
    (["sw1", "--group", "a b"], "--group is made of letters, digits"),
    (["sw1", "--package", "../x"], "--package is made of letters, digits"),
    (["sw1", "-c", "/no/such/redeye.yaml"], "the configuration cannot be read"),
  ]

  @Test(arguments: slips) func `a slip is told with the way out, and nobody is asked`(
    arguments: [String], says: String
  ) {
    let result = Redeye.run(["discover"] + arguments, in: "/tmp")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.error.contains(says), "\(result.error)")
  }
}
