import Foundation
import Model
import TestSupport
import Testing

@testable import Series

@Suite(.serialized) struct EarlierTests {
  /// Ten minutes at one step, then ten at another, and for ten more the first again.
  private func twice(_ folder: borrowing TemporaryFolder, _ one: Int, _ other: Int) -> (SeriesStore, CatalogueEntry?) {
    let store = store(folder)
    var catalogue: Catalogue = [:]
    for (part, step) in [one, other, one].enumerated() {
      for slot in stride(from: start + part * 600, to: start + part * 600 + 600, by: step) {
        store.write([reading(slot, ["in": Double(slot - start)], step: step)], keeping: &catalogue)
      }
    }
    return (store, catalogue[series("in")])
  }

  private func span(_ from: Int, _ to: Int) -> Span { Span(from: Instant(start + from), to: Instant(start + to)) }

  @Test func `a longer step before stands for each slot in it`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (store, entry) = twice(folder, 60, 300)
    #expect(entry?.step == 60 && entry?.earlier.map(\.step) == [300])
    let values = try store.values(entry, from: start, to: start + 1_800)
    let expected: [Double] = (0..<30).map { slot in
      let second = slot * 60
      return Double((600..<1_200).contains(second) ? second / 300 * 300 : second)
    }
    #expect(values == expected)
  }

  @Test func `of a shorter step before the average does`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (store, entry) = twice(folder, 300, 60)
    #expect(entry?.step == 300 && entry?.earlier.map(\.step) == [60])
    #expect(try store.values(entry, from: start, to: start + 1_800) == [0, 300, 720, 1_020, 1_200, 1_500])
    // A window that begins inside a longer slot of the older file begins with it.
    #expect(try store.values(entry, from: start + 600, to: start + 1_200) == [720, 1_020])
  }

  @Test func `coarse windows span both files too`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (store, entry) = twice(folder, 300, 60)
    let window = try store.window(try #require(entry), span(0, 1_800), resolution: 300)
    // A row of five minutes takes the slot after them; the last one of the older file was never finished.
    #expect(window.step == 300 && window.samples.map(\.value) == [0, 300, 780, nil, 1_200, 1_500])
  }

  @Test func `each file is printed at its own step, oldest first, and nothing twice`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    for slot in [0, 300] { store.write([reading(start + slot, ["in": 1], step: 300)], keeping: &catalogue) }
    for slot in [600, 660] { store.write([reading(start + slot, ["in": 2])], keeping: &catalogue) }
    let windows = try store.windows(try #require(catalogue[series("in")]), span(0, 720))
    #expect(windows.map(\.step) == [300, 60])
    #expect(windows.map { $0.samples.map(\.slot.seconds) } == [[start, start + 300], [start + 600, start + 660]])
  }

  @Test func `an older file that is gone does not hide the newest`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (store, entry) = twice(folder, 300, 60)
    let older = try #require(entry?.earlier.first?.file)
    try FileManager.default.removeItem(atPath: store.path(older))
    #expect(try store.values(entry, from: start, to: start + 1_800) == [0, 300, nil, nil, 1_200, 1_500])
  }
}
