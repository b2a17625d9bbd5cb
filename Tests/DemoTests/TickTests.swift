import Model
import Testing

@testable import Demo

@Suite struct TickTests {
  private func tick(_ text: String) throws -> Tick {
    let zone = try #require(Zone("Europe/Berlin"))
    return Tick(try #require(Moment(text)?.instant(in: zone)), zone)
  }

  @Test func `the hour is the one of the wall clock, before and after the clock changes`() throws {
    #expect(try tick("2026-03-28 10:30").hour == 10.5)
    #expect(try tick("2026-03-29 10:30").hour == 10.5)
    #expect(try tick("2026-03-29 10:30").weekday == 6)
  }

  @Test func `offices are quiet at night and on weekends, the public comes in the evening`() throws {
    #expect(try tick("2026-05-20 10:30").office > 0.9)
    #expect(try tick("2026-05-20 03:00").office < 0.1)
    #expect(try tick("2026-05-24 10:30").office < 0.2)
    #expect(try tick("2026-05-20 20:15").evening > tick("2026-05-20 11:30").evening)
    #expect(try tick("2026-05-24 20:15").evening > tick("2026-05-20 20:15").evening)
  }

  @Test func `the backup runs from one to three at night, and the warehouse does not`() throws {
    #expect(try tick("2026-05-20 02:00").backup == 1)
    #expect(try tick("2026-05-20 00:59").backup == 0)
    #expect(try tick("2026-05-20 03:30").backup == 0)
    #expect(try tick("2026-05-20 02:00").shifts < 0.1)
    #expect(try tick("2026-05-20 12:00").shifts > 0.9)
  }
}
