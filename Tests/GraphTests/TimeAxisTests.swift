import Model
import Testing

@testable import Graph

struct TimeAxisTests {
  static func axis(_ zone: Zone, _ from: Civil, hours: Double, isWide: Bool = true) -> TimeAxis {
    let start = zone.instant(from)
    let span = Span(from: start, to: start + Int(hours * 3_600))
    return TimeAxis(span, WallClock(zone, span), isWide: isWide)
  }

  static func labels(_ axis: TimeAxis) -> [String] { axis.ticks.filter { $0.kind != .minor }.map(\.text) }

  @Test func `a day has a mark each hour and a label every three`() {
    let axis = Self.axis(Charts.berlin, Civil(year: 2026, month: 5, day: 20, hour: 14, minute: 5), hours: 24)
    #expect(axis.ticks.count == 24)
    #expect(
      Self.labels(axis) == ["15:00", "18:00", "21:00", "00:00", "03:00", "06:00", "09:00", "12:00"])
    #expect(axis.ticks.filter { $0.kind == .day }.map(\.at) == [Charts.at(21, 0, 0)])
  }

  @Test func `the day the clock goes back has 25 marks, and 02:00 twice`() {
    let axis = Self.axis(Charts.berlin, Civil(year: 2025, month: 10, day: 26), hours: 24.5)
    #expect(axis.ticks.count == 25)
    let steps = zip(axis.ticks, axis.ticks.dropFirst()).map { $1.at - $0.at }
    #expect(steps.allSatisfy { $0 == 3_600 })
    #expect(Self.labels(axis) == ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"])
    #expect(axis.ticks[2...3].map { Charts.berlin.civil($0.at).hour } == [2, 2])
  }

  @Test func `the day the clock goes forward has 23 marks`() {
    let axis = Self.axis(Charts.berlin, Civil(year: 2025, month: 3, day: 30), hours: 22.9)
    #expect(axis.ticks.count == 23)
    #expect(Self.labels(axis) == ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"])
    #expect(axis.ticks[2].at - axis.ticks[0].at == 7_200)
  }

  @Test func `a day without midnight begins at its first hour`() throws {
    let zone = try #require(Zone("America/Sao_Paulo"))
    let axis = Self.axis(zone, Civil(year: 2018, month: 11, day: 3, hour: 20), hours: 24)
    #expect(axis.ticks.first { $0.kind == .day }?.text == "01:00")
  }

  @Test func `marks stand on the wall clock's hours in a zone of half hours`() throws {
    let zone = try #require(Zone("Asia/Kolkata"))
    let axis = Self.axis(zone, Civil(year: 2026, month: 5, day: 20, hour: 14, minute: 5), hours: 24)
    #expect(axis.ticks.allSatisfy { zone.civil($0.at).minute == 0 })
  }

  @Test func `marks find back to whole hours when half an hour is inserted`() throws {
    let zone = try #require(Zone("Australia/Lord_Howe"))
    let axis = Self.axis(zone, Civil(year: 2025, month: 4, day: 5, hour: 20), hours: 24)
    #expect(axis.ticks.filter { zone.civil($0.at).minute != 0 }.isEmpty)
  }

  @Test(
    arguments: [
      (1.0 / 6, ["10:05", "10:10"]), (0.5, ["10:10", "10:20", "10:30"]), (1.5, ["10:30", "11:00", "11:30"]),
      (6, ["11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]),
      (12, ["12:00", "14:00", "16:00", "18:00", "20:00", "22:00"]),
    ] as [(Double, [String])])
  func `short spans have labels at round minutes`(hours: Double, labels: [String]) {
    let axis = Self.axis(Charts.berlin, Civil(year: 2026, month: 5, day: 20, hour: 10, minute: 4), hours: hours)
    #expect(Self.labels(axis) == labels)
  }

  @Test(
    arguments: [
      (7.0, ["Fri 15", "Sat 16", "Sun 17", "Mon 18", "Tue 19", "Wed 20", "Thu 21"]),
      (28, ["18 May", "25 May", "1 Jun", "8 Jun"]),
      (365, ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May"]),
      (3_650, ["2027", "2028", "2029", "2030", "2031", "2032", "2033", "2034", "2035", "2036"]),
    ] as [(Double, [String])])
  func `long spans name days, weeks, months and years`(days: Double, labels: [String]) {
    let axis = Self.axis(Charts.berlin, Civil(year: 2026, month: 5, day: 14, hour: 14, minute: 5), hours: days * 24)
    #expect(Self.labels(axis) == labels)
    #expect(axis.isCentred)
  }

  @Test func `months begin at their own midnight in summer and winter`() {
    let axis = Self.axis(Charts.berlin, Civil(year: 2026, month: 1, day: 15), hours: 365 * 24)
    #expect(axis.ticks.allSatisfy { Charts.berlin.civil($0.at).hour == 0 && Charts.berlin.civil($0.at).day == 1 })
  }

  @Test func `a span of nothing or of ages has few marks`() {
    for hours in [0, 1.0 / 3_600, 5e7] {
      #expect(Self.axis(.utc, Civil(year: 2026, month: 5, day: 20), hours: hours).ticks.count <= 500)
    }
  }
}
