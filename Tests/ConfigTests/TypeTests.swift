import Config
import Model
import Testing

/// What a value of each type may look like, through the door everybody uses.
@Suite struct TypeTests {
  /// The problems of a value given to a field of a type.
  private func problems(_ type: String, _ value: String) -> [String] {
    load("sections: {things: {fields: {it: {type: \(type)}}}}\nthings: {one: {it: \(value)}}\n").problems.map(\.message)
  }

  private static let good: [(String, [String])] = [
    ("text", ["word", "'two words'", "12", "no", "true", "日本"]),
    ("int", ["0", "-5", "0x1F"]), ("float", ["1", "1.5", "-2e3"]), ("bool", ["true", "FALSE"]),
    ("percent", ["99.9%", "0%", "100%", "'99.95 %'"]),
    ("duration", ["60s", "5m", "1h", "30d", "1d12h", "2w", "200ms", "0s"]),
    ("bytes", ["512", "64KiB", "1 MB", "10 B"]),
    (
      "host",
      [
        "www.example.org", "192.0.2.1", "'2001:db8::1'", "fe80::1%eth0", "a_b", "a_b.example.org", "x",
        "www.example.org.", "'::'", "'::1'",
        "'1:2:3:4:5:6:7:8'", "'::ffff:192.0.2.1'", "'1::'", "0.0.0.0", "255.255.255.255", "3com.example", "a.b1",
        "4.de",
        "\(String(repeating: "a", count: 63)).de", "\(String(repeating: "abcdefgh.", count: 28))d",
      ]
    ),
    ("url", ["http://example.org", "HTTPS://example.org/a?b=c#d", "'http://[2001:db8::1]:8080/'", "http://a/x@y"]),
    ("oid", ["1.3", ".1.3.6.1", "1.3.6.1.2.1.1.3.0"]), ("email", ["a@example.org", "a.b+c@x"]),
    ("regex", ["'^eth[0-9]+$'", "a|b"]), ("hours", ["08:00-18:00", "18:00-08:00", "00:00-24:00", "8:00-9:30"]),
    ("days", ["daily", "mon", "mon-fri", "'sat,sun'", "fri-mon", "'Mon, Wed-Fri'"]),
    ("service hours", ["always", "mon-fri", "08:00-18:00", "mon-fri 08:00-18:00", "'sat,sun 10:00-12:00'"]),
    ("cron", ["'0 3 * * *'", "'*/5 8-18 * jan mon-fri'", "'@daily'", "0 3 1 2 sun"]),
    ("moment", ["2026-12-24 18:00", "2026-12-24T18:00:00Z", "2026-12-24 18:00:05 +01:00"]),
    ("zone", ["UTC", "Europe/London", "America/Argentina/Ushuaia"]),
    ("window", ["day", "quarter", "30d", "36h"]), ("unknown", ["exclude", "bad", "good", "carry 2"]),
    ("status", ["200", "200-299"]), ("unit", ["B", "'%'", "widgets", "''"]),
    ("series", ["a/b/c", "a/b/xe-0/0/0/in", "'*/ping/loss'"]), ("name", ["web-1", "'core router'"]),
    ("metric", ["time-total", "a.b_c"]),
  ]

  private static let bad: [(String, [String])] = [
    ("text", ["\"a\\u0007b\"", "[a]", "{a: b}"]),
    ("int", ["1.5", "one", "'0x'"]), ("float", ["one", ".nan", ".inf", "1,5"]), ("bool", ["yes", "on", "1", "'no'"]),
    ("percent", ["99.9", "101%", "-1%", "'%'", "1e1%", "nan%"]),
    ("duration", ["60", "5x", "1s1s", "1s1m", "-5m", "'5 m'", "''", "1.5h", "99999999999999d"]),
    ("bytes", ["-1", "1XB", "big", "1.5MB"]), ("cron", ["5m", "'60 * * * *'", "'* * * *'", "'@never'", "''"]),
    ("moment", ["2026-12-24", "18:00", "tomorrow", "2026-02-29 10:00", "''"]),
    (
      "host",
      [
        "-f", "'a b'", "a/b", "'a;b'", ".a", "\"a\\nb\"", "''", "999.1.1.1", "1.2.3.4.5", "10.0.0", "0x7f.1", "1",
        "2130706433", "a.0x1F", "010.0.0.1", "1.2.3", "a.1", "192.0.2.1.", "fe80::zz", "'1::2::3'", "'1:2:3'",
        "'1:2:3:4:5:6:7:8:9'", "'1:2:3:4:5:6:7::8'", "':::'", "'::1:'", "'12345::'", "'::ffff:1.2.3'",
        "'::1%'", "'::1%a/b'", "a..b", "-a.b", "a-.b", "a:80", "'[::1]'", "12:34:56:78:9a:bc", "é.de",
        "\(String(repeating: "a", count: 64)).de", "\(String(repeating: "abcdefgh.", count: 28))de",
      ]
    ),
    (
      "url",
      [
        "example.org", "ftp://example.org", "http://", "http://:80/", "'http://a b/'", "http://u@h/",
        "file:///etc/passwd",
      ]
    ),
    ("oid", ["sysUpTime.0", "1", "1..3", "1.3.", "1.-3", "1.4294967296"]),
    ("email", ["alice", "a@b@c", "'<a@b>'", "'a b@c'", "-a@b", "'a@b,c@d'", "\"a@b\\r\\nBcc: c@d\"", "@b", "a@"]),
    ("regex", ["'('", "'[a'"]), ("hours", ["8-18", "08:00", "08:00-25:00", "08:60-09:00", "24:00-08:00", "mon"]),
    ("days", ["monday", "mon-", "''", "mon-xyz", "1-5"]),
    ("service hours", ["never", "mon-fri 8-18", "08:00-18:00 mon"]), ("zone", ["Europe/Londinium", "''"]),
    ("window", ["fortnight", "5m", "30"]), ("unknown", ["carry", "carry 0", "carry x", "ignore"]),
    ("status", ["99", "600", "300-200", "ok"]), ("unit", ["'a unit of far too many letters'"]),
    ("series", ["a", "a/b", "a//c"]), ("name", ["a/b", "-a", ".a", "' a'", "'a*'", "''", "\"a\\u202eb\""]),
    ("metric", ["a/b", "'a b'", "-a", "é"]),
  ]

  @Test(arguments: good) func `values that fit their type`(type: String, values: [String]) {
    for value in values { #expect(problems(type, value) == [], "\(type): \(value)") }
  }

  @Test(arguments: bad) func `values that do not`(type: String, values: [String]) {
    for value in values { #expect(problems(type, value).count == 1, "\(type): \(value)") }
  }

  @Test func `bounds are told with the value`() {
    let text =
      "sections: {things: {fields: {it: {type: duration, minimum: 1m, maximum: 1h}}}}\nthings: {one: {it: 30s}, two: {it: 90m}, three: {it: 1h}}\n"
    #expect(load(text).problems.map(\.message) == ["“30s” is less than 1m", "“90m” is more than 1h"])
  }

  @Test func `a percentage is the nearest number to its share`() throws {
    let text = """
      hosts: {c: {a: {use: [ping]}}}
      slas:
        c:
          x: {series: a/ping/up, tolerance: {minimum: 1}, objective: 99.9%}
          y: {series: a/ping/up, tolerance: {minimum: 1}, objective: 99.95%, window: year, hours: [mon-fri 08:00-18:00, 'sat,sun 10:00-12:00'], unknown: carry 2}
      """
    let objectives = try #require(load(text).plan).objectives
    #expect(objectives.map(\.target) == [0.999, 0.9995])
    #expect(objectives[1].unknown == .carry(2))
    #expect(
      objectives[1].hours
        == .weekly([
          WeeklyHours(days: [0, 1, 2, 3, 4], from: 480, to: 1_080), WeeklyHours(days: [5, 6], from: 600, to: 720),
        ]))
  }
}
