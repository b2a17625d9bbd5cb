import Config
import Model
import TestSupport
import Testing

@testable import Series

@Suite(.serialized) struct ExtremesTests {
  /// Six hours of tens, a number a minute, with single minutes of a hundred and of nothing; single steps are kept for the
  /// last two hours, five minutes for a day without extremes, half hours with them.
  private func entry(_ store: SeriesStore) throws -> CatalogueEntry {
    var catalogue: Catalogue = [:]
    store.write(
      (0..<360).map { reading(start + $0 * 60, ["in": $0 % 60 == 7 ? 100 : $0 % 60 == 44 ? 0 : 10]) },
      keeping: &catalogue)
    return try #require(catalogue[series("in")])
  }

  private func extremes(
    _ from: Int, _ to: Int, resolution: Int
  ) throws -> (window: SeriesWindow, low: [Double?], high: [Double?]) {
    let folder = try TemporaryFolder(inMemory: true)
    let reader = SeriesReader(store(folder))
    let entry = try entry(store(folder))
    let span = Span(from: Instant(start + from), to: Instant(start + to))
    let window = try reader.window(entry, span, resolution: resolution)
    let (low, high) = try reader.extremes(behind: window, of: entry)
    for samples in [low, high] where !samples.isEmpty { #expect(samples.map(\.slot) == window.samples.map(\.slot)) }
    return (window, low.map(\.value), high.map(\.value))
  }

  @Test func `single steps have nothing behind them`() throws {
    let found = try extremes(18_000, 21_600, resolution: 60)
    #expect(found.window.step == 60 && found.low.isEmpty && found.high.isEmpty)
  }

  @Test func `a peak of one minute is behind its five minutes and behind no others`() throws {
    let found = try extremes(18_000, 21_600, resolution: 300)
    #expect(found.window.step == 300 && found.window.samples.count == 12)
    #expect(found.high == [10, 100] + [Double?](repeating: 10, count: 10))
    #expect(found.low == [Double?](repeating: 10, count: 8) + [0, 10, 10, 10])
    #expect(found.window.samples.allSatisfy { $0.value ?? 0 < 100 }, "averages hide it")
  }

  @Test func `where single steps are gone the half hour that keeps extremes speaks for each five minutes of it`() throws
  {
    let found = try extremes(0, 21_600, resolution: 60)
    #expect(found.window.step == 300 && found.window.samples.count == 72)
    let hour: [Double?] = [Double?](repeating: 100, count: 6) + [Double?](repeating: 10, count: 6)
    #expect(Array(found.high.prefix(36)) == hour + hour + hour)
    #expect(found.high.suffix(12) == [10, 100] + [Double?](repeating: 10, count: 10))
    #expect(found.high.compactMap(\.self).count == 72, "nothing is lost between the two")
  }
}
