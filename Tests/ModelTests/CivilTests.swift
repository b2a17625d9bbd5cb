import Model
import Testing

struct CivilTests {
  @Test func `every day of eight centuries comes back as it went`() {
    for days in stride(from: -146_097, to: 146_097, by: 1) {
      #expect(Civil(secondsFromEpoch: days * 86_400).daysFromEpoch == days)
    }
  }

  @Test func `the epoch was a Thursday`() {
    #expect(Civil(year: 1970, month: 1, day: 1).weekday == 3)
    #expect(Civil(year: 1969, month: 12, day: 28).weekday == 6)
  }

  @Test func `a month past December is in the next year`() {
    #expect(Civil(year: 2026, month: 13, day: 1).normalised == Civil(year: 2027, month: 1, day: 1))
    #expect(Civil(year: 2026, month: 0, day: 1).normalised == Civil(year: 2025, month: 12, day: 1))
  }
}
