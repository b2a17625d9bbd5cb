import Graph
import Model
import TestSupport
import Testing

struct CalendarTests {
  static let good: UInt32 = 0x8ECFBB
  static let bad: UInt32 = 0xC0281E

  /// The middle of a cell of a large calendar of hours.
  private func cell(_ pixels: PNGPixels, day: Int, hour: Int) -> UInt32 {
    pixels[40 + 23 * (day - 1) + 10, 40 + 7 * hour + 2]
  }

  private func hours(_ span: Span, _ cells: [Chart.Calendar.Cell]) -> Chart {
    Chart(
      kind: .calendar(.init(shape: .hours, cells: cells)), title: "", unit: .none, series: [], span: span, step: 3_600,
      zone: Charts.berlin)
  }

  @Test func `a cell is at its day and hour of the wall clock`() throws {
    let at = Charts.berlin.instant(Civil(year: 2026, month: 3, day: 30, hour: 14, minute: 59))
    let pixels = try pixels(hours(Charts.march, [.init(at: at, state: .good)]))
    #expect(cell(pixels, day: 30, hour: 14) == Self.good)
    #expect(cell(pixels, day: 30, hour: 13) != Self.good && cell(pixels, day: 29, hour: 14) != Self.good)
  }

  @Test func `the hour a clock change leaves out has no cell`() throws {
    let pixels = try pixels(Charts.calendar(.hours, Charts.march) { _ in .good })
    #expect(cell(pixels, day: 29, hour: 1) == Self.good && cell(pixels, day: 29, hour: 3) == Self.good)
    #expect(cell(pixels, day: 29, hour: 2) != Self.good)
  }

  @Test func `the hour a clock change repeats shows the worse of both, its minutes together`() throws {
    let zone = Charts.berlin
    let october = Span(
      from: zone.instant(Civil(year: 2025, month: 10, day: 1)), to: zone.instant(Civil(year: 2025, month: 11, day: 1)))
    let twice = Civil(year: 2025, month: 10, day: 26, hour: 2)
    let (first, second) = (zone.instant(twice), zone.instant(twice, later: true))
    #expect(second - first == 3_600)
    let mild = try pixels(hours(october, [.init(at: first, state: .good), .init(at: second, state: .bad(minutes: 8))]))
    #expect(cell(mild, day: 26, hour: 2) == 0xD5716B)
    let both = [first, second].map { Chart.Calendar.Cell(at: $0, state: .bad(minutes: 8)) }
    #expect(cell(try pixels(hours(october, both)), day: 26, hour: 2) == Self.bad)
  }

  @Test func `bad cells have three tints`() throws {
    let states: [Chart.Calendar.State] = [.bad(minutes: 4.9), .bad(minutes: 5), .bad(minutes: 15)]
    let pixels = try pixels(Charts.calendar(.hours, Charts.march) { $0 < 3 ? states[$0] : nil })
    let tints = (0..<3).map { cell(pixels, day: 1, hour: $0) }
    #expect(Set(tints).count == 3 && tints[2] == Self.bad)
    // Their sides are solid, whatever the tint.
    for hour in 0..<3 { #expect(pixels[40, 40 + 7 * hour + 2] == Self.bad) }
  }

  @Test func `a year of days has its weeks as columns, Monday on top`() throws {
    let monday = Charts.at(18, 12, 0)
    let span = Span(from: Charts.at(18, 0, 0), to: Charts.at(31, 0, 0))
    var chart = hours(
      span, [.init(at: monday, state: .good), .init(at: monday + 9 * 86_400, state: .bad(minutes: 600))])
    chart.kind = .calendar(
      .init(shape: .days, cells: [.init(at: monday, state: .good), .init(at: monday + 9 * 86_400, state: .planned)]))
    let pixels = try pixels(chart)
    #expect(pixels[26 + 5, 40 + 5] == Self.good)
    // Wednesday of the second week.
    #expect(Set((26 + 13..<26 + 24).map { pixels[$0, 40 + 26 + 5] }).count == 2)
  }

  @Test func `larger numbers are darker`() throws {
    let pixels = try pixels(Charts.calendar(.hours, Charts.march) { .value(Double($0 % 24)) })
    let shades = (0..<24).map { cell(pixels, day: 3, hour: $0) >> 16 }
    #expect(shades == shades.sorted(by: >) && Set(shades).count == 5)
  }

  @Test func `cells of any time, any number and of years are a picture`() {
    let slots = [Int.min, -1, 0, 1 << 40, Int.max, Charts.now.seconds]
    for value in [Double.nan, .infinity, -.infinity, -5, 1e300, 0] {
      for shape in [Chart.Calendar.Shape.hours, .days] {
        for days in [0, 1, 400, 4_000, 400_000] {
          var chart = Charts.hours
          chart.span = Span(from: Charts.now - days * 86_400, to: Charts.now)
          chart.kind = .calendar(
            .init(
              shape: shape,
              cells: slots.flatMap {
                [
                  .init(at: Instant($0), state: .value(value)), .init(at: Instant($0), state: .bad(minutes: value)),
                ]
              }, minutes: [value]))
          OutsideTests.expectPictures(chart, [.narrow, .sparkline], "\(value) \(days)")
        }
      }
    }
  }

  @Test func `the text counts hours and days`() {
    let text = altText(for: Charts.calendar(.hours, Charts.march) { $0 == 5 ? .bad(minutes: 17) : .good })
    #expect(text.hasSuffix("742 hours good, 1 hour with bad time, 17 min in all."))
    #expect(altText(for: Charts.values).contains("in one day"))
  }
}
