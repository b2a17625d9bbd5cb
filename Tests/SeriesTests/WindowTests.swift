import Config
import Model
import TestSupport
import Testing

@testable import Series

@Suite(.serialized) struct WindowTests {
  /// Six hours of one number a minute, with the tenth of each half hour missing, in one file.
  private func sixHours(_ store: SeriesStore) throws -> CatalogueEntry {
    var catalogue: Catalogue = [:]
    store.write(
      (0..<360).filter { $0 % 30 != 10 }.map { reading(start + $0 * 60, ["in": Double($0), "out": -Double($0)]) },
      keeping: &catalogue)
    return try #require(catalogue[series("in")])
  }

  private func span(_ from: Int, _ to: Int) -> Span { Span(from: Instant(start + from), to: Instant(start + to)) }

  @Test func `a window has one sample for each slot of its span`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let entry = try sixHours(store)
    for (from, to) in [(14_400, 21_600), (18_000, 18_060), (18_010, 18_130), (21_540, 30_000), (18_000, 18_000)] {
      let window = try store.window(entry, span(from, to))
      let slots = (start + from..<start + to).filter { $0 % 60 == 0 }
      #expect(window.samples.map(\.slot.seconds) == slots)
      let expected = slots.map { slot -> Double? in
        let number = (slot - start) / 60
        return number < 360 && number % 30 != 10 ? Double(number) : nil
      }
      #expect(window.samples.map(\.value) == expected)
      #expect(window.step == 60)
    }
  }

  @Test func `what single steps no longer reach is unknown, and no coarser row stands in for it`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let entry = try sixHours(store)
    let window = try store.window(entry, span(-600, 21_600))
    #expect(window.step == 60)
    #expect(window.samples.count == 370)
    // Two hours are kept: the last 120 rows.
    #expect(window.samples.prefix(250).allSatisfy { $0.value == nil })
    #expect(window.samples.suffix(120).compactMap(\.value).count == 116)
  }

  @Test func `the coarsest archive that is fine enough answers`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let entry = try sixHours(store)
    #expect(try store.window(entry, span(18_000, 21_600), resolution: 10).step == 60)
    #expect(try store.window(entry, span(18_000, 21_600), resolution: 299).step == 60)
    #expect(try store.window(entry, span(18_000, 21_600), resolution: 300).step == 300)
    #expect(try store.window(entry, span(18_000, 21_600), resolution: 4_000).step == 1_800)
    // Further back than single steps reach, then than anything does.
    #expect(try store.window(entry, span(0, 21_600), resolution: 60).step == 300)
    #expect(try store.window(entry, span(-90 * 86_400, 21_600), resolution: 60).step == 1_800)
  }

  @Test func `coarse samples are librrd's rows, a row earlier`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let entry = try sixHours(store)
    for resolution in [300, 1_800] {
      let window = try store.window(entry, span(0, 21_600), resolution: resolution)
      let rows = try fetched(
        store.path(entry.file), from: start, to: start + 21_600 + resolution, resolution: resolution)
      #expect(window.samples.count == 21_600 / resolution)
      for sample in window.samples {
        let printed = rows[sample.slot.seconds + resolution]?[0]
        #expect(sample.value.map { Int($0 * 1_000) } == printed.flatMap { $0 }.map { Int($0 * 1_000) }, "\(sample)")
      }
      #expect(window.samples.compactMap(\.value).count == window.samples.count - 1)
    }
  }

  @Test func `an envelope has the lowest and highest values behind its averages`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let envelope = try store.envelope(try sixHours(store), span(0, 21_600), resolution: 1_800)
    #expect(envelope.average.step == 1_800)
    // The row of the second half hour holds the slots 31 to 60.
    #expect(envelope.low[1] == Sample(slot: Instant(start + 1_800), value: 31))
    #expect(envelope.high[1] == Sample(slot: Instant(start + 1_800), value: 60))
    #expect(envelope.low.map(\.slot) == envelope.average.samples.map(\.slot))
    let fine = try store.envelope(try sixHours(store), span(18_000, 21_600), resolution: 60)
    #expect(fine.low == fine.average.samples)
    #expect(fine.high == fine.average.samples)
  }
}
