import Model
import Testing

struct ZoneTests {
  @Test(arguments: [
    ("Europe/Berlin", 2025, 3, 30, 82_800), ("Europe/Berlin", 2025, 10, 26, 90_000),
    ("Europe/Berlin", 2025, 6, 1, 86_400), ("Australia/Lord_Howe", 2025, 10, 5, 84_600),
    ("Australia/Lord_Howe", 2025, 4, 6, 88_200), ("America/Sao_Paulo", 2018, 11, 4, 82_800),
    ("Pacific/Apia", 2011, 12, 30, 0),
  ])
  func `a civil day is as long as it really was`(name: String, year: Int, month: Int, day: Int, seconds: Int) throws {
    let zone = try #require(Zone(name))
    let start = zone.startOfDay(Civil(year: year, month: month, day: day))
    let end = zone.startOfDay(Civil(year: year, month: month, day: day + 1).normalised)
    #expect(end - start == seconds)
  }

  @Test func `an hour that exists twice has a first and a second pass`() throws {
    let zone = try #require(Zone("Europe/Berlin"))
    let twice = Civil(year: 2025, month: 10, day: 26, hour: 2, minute: 30)
    #expect(zone.instant(twice, later: true) - zone.instant(twice) == 3_600)
  }

  @Test func `a time that does not exist moves forward by the gap`() throws {
    let zone = try #require(Zone("Europe/Berlin"))
    let missing = zone.instant(Civil(year: 2025, month: 3, day: 30, hour: 2, minute: 30))
    #expect(zone.civil(missing) == Civil(year: 2025, month: 3, day: 30, hour: 3, minute: 30))
  }

  @Test(arguments: [
    ("Europe/Berlin", 1_779_192_000, "CEST"), ("Europe/Berlin", 1_795_357_542, "CET"),
    ("Europe/London", 1_779_192_000, "BST"), ("America/New_York", 1_795_357_542, "EST"), ("UTC", 0, "UTC"),
    ("Australia/Sydney", 1_795_357_542, "AEDT"), ("Asia/Kathmandu", 1_795_357_542, "NPT"),
  ])
  func `a zone is called as people call it`(name: String, seconds: Int, text: String) throws {
    #expect(try #require(Zone(name)).abbreviation(at: Instant(seconds)) == text)
  }

  @Test func `an unknown zone is nil`() {
    #expect(Zone("Europe/Atlantis") == nil)
  }
}
