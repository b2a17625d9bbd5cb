import Model
import Testing

struct MomentTests {
  private let berlin = Zone("Europe/Berlin") ?? .utc

  @Test(
    arguments: [
      ("2026-12-24 18:00", 1_798_131_600), ("2026-12-24T18:00", 1_798_131_600), ("2026-12-24 18:00:05", 1_798_131_605),
      ("2026-12-24T17:00:00Z", 1_798_131_600), ("2026-12-24 18:00 +01:00", 1_798_131_600),
      ("2026-12-24T12:00:00-0500", 1_798_131_600), ("2026-10-25 02:30", 1_792_888_200),
      ("2026-10-25 02:30+01:00", 1_792_891_800),
    ])
  func `a point in time is read`(text: String, seconds: Int) {
    #expect(Moment(text)?.instant(in: berlin) == Instant(seconds))
  }

  @Test(
    arguments: [
      "", "2026-12-24", "18:00", "2026-02-29 10:00", "2026-12-24 24:00", "2026-12-24 18:60", "2026-1-2 3:04",
      "2026-12-24 18:00 CET", "2026-12-24 18:00+1", "2026-12-24 18:00+15:00", "2026-12-24 18:00:00.5",
      "2026-12-24 18:00 ", "٢٠٢٦-12-24 18:00",
    ])
  func `what is none is refused`(text: String) {
    #expect(Moment(text) == nil)
  }

  @Test func `a time that the clock skips is none there, and one with its offset always is one`() {
    #expect(Moment("2026-03-29 02:30")?.instant(in: berlin) == nil)
    #expect(Moment("2026-03-29 02:30Z")?.instant(in: berlin) != nil)
    #expect(Moment("2026-03-29 02:30")?.instant(in: .utc) != nil)
  }
}
