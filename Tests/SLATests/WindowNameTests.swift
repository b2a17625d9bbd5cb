import Config
import Model
import SLA
import Testing

struct WindowNameTests {
  private let now = Instant(1_795_356_300)  // 2026-11-22T14:05:00Z

  private func read(_ name: String) throws(WindowNameError) -> NamedWindow {
    try namedWindow(name, of: .calendar(.week), now: now, zone: .utc)
  }

  @Test(arguments: [
    ("now", "2026-11-16", "2026-11-23", "week 47 of 2026"), ("last", "2026-11-09", "2026-11-16", "week 46 of 2026"),
    ("month", "2026-11-01", "2026-12-01", "November 2026"),
    ("last-month", "2026-10-01", "2026-11-01", "October 2026"), ("last-year", "2025-01-01", "2026-01-01", "2025"),
    ("2026", "2026-01-01", "2027-01-01", "2026"), ("2026-Q4", "2026-10-01", "2027-01-01", "Q4 2026"),
    ("2026-10", "2026-10-01", "2026-11-01", "October 2026"),
    ("2026-W43", "2026-10-19", "2026-10-26", "week 43 of 2026"),
    ("2026-W53", "2026-12-28", "2027-01-04", "week 53 of 2026"),
    ("2027-W01", "2027-01-04", "2027-01-11", "week 1 of 2027"),
    ("2026-10-31", "2026-10-31", "2026-11-01", "31 October 2026"),
    ("2024-02-29", "2024-02-29", "2024-03-01", "29 February 2024"),
  ])
  func `a name is a window`(name: String, from: String, to: String, label: String) throws {
    let window = try read(name)
    #expect(stampText(window.span.from) == "\(from)T00:00:00Z")
    #expect(stampText(window.span.to) == "\(to)T00:00:00Z")
    #expect(window.label == label)
  }

  @Test(arguments: [("30d", 2_592_000), ("90m", 5_400), ("1h", 3_600), ("2w", 1_209_600), ("45s", 45)])
  func `a length is the last so many seconds`(name: String, seconds: Int) throws {
    #expect(try read(name).span == Span(from: now - seconds, to: now))
  }

  @Test func `the window before a rolling one says so`() throws {
    let window = try read("last-30d")
    #expect(window.span == Span(from: now - 5_184_000, to: now - 2_592_000))
    #expect(window.label == "the 30\u{202F}d before the last 30\u{202F}d")
  }

  @Test(arguments: [
    ("2026-13", "months go from 01 to 12"), ("2026-1", "months go from 01 to 12"),
    ("2026-Q5", "quarters go from Q1 to Q4"), ("2025-W53", "the weeks of 2025 go from W01 to W52"),
    ("2026-W00", "the weeks of 2026 go from W01 to W53"),
    ("2026-02-29", "the days of February 2026 go from 01 to 28"),
    ("2026-02-0", "the days of February 2026 go from 01 to 28"),
  ])
  func `a date that does not exist says what does`(name: String, reason: String) {
    let error = #expect(throws: WindowNameError.self) { try read(name) }
    #expect(error?.description.hasPrefix("“\(name)” is no window: \(reason). Write now, ") == true)
  }

  @Test(arguments: [
    "", "nonsense", "+026", "1969", "20261", "2026-10-31-1", "0d", "-5d", "d", "99999999999999999999d", "999999w",
    "last-", "last-last", "2026-+1", "month\u{1B}[31m",
  ])
  func `a name that means nothing is refused`(name: String) {
    let error = #expect(throws: WindowNameError.self) { try read(name) }
    #expect(error?.description.contains("Write now, last, month") == true)
    #expect(error?.description.contains("\u{1B}") == false)
  }
}
