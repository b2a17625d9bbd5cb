import Config
import Foundation
import Model
import TestSupport
import Testing

@testable import Series

@Suite(.serialized) struct WritingTests {
  @Test func `single steps come back with every bit`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    var random = SeededRandom(1)
    var expected: [UInt64?] = []
    for number in 0..<100 {
      let wild = Double(bitPattern: random.next())
      let value = number % 2 == 0 ? Double.random(in: 0...1_000, using: &random) : wild.isFinite ? wild : nil
      expected.append(value?.bitPattern)
      store.write([reading(start + number * 60, ["in": value, "out": 1])], keeping: &catalogue)
    }
    let values = try store.values(catalogue[series("in")], from: start, to: start + 6_000)
    #expect(values.map { $0?.bitPattern } == expected)
    #expect(values.count == 100)
  }

  @Test func `one file holds a row, and rrdtool prints its slots`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    for number in 0..<5 {
      store.write([reading(start + number * 60, ["load1": Double(number), "load5": nil])], keeping: &catalogue)
    }
    let found = files(store.folder)
    #expect(found.count == 1)
    #expect(found.first?.contains("router1~") == true)
    #expect(catalogue[series("load1")]?.source == "load1")
    let rows = try fetched(store.path(found[0]), from: start, to: start + 300, resolution: 60)
    for number in 0..<5 { #expect(rows[start + number * 60] == [Double(number), nil]) }
    let attributes = try FileManager.default.attributesOfItem(atPath: store.path(found[0]))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func `what there is no room for is told, costs nobody else, and is made when there is`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    store.write([reading(start, ["in": 1])], keeping: &catalogue)
    let size = try Data(contentsOf: URL(fileURLWithPath: store.path(files(store.folder)[0]))).count
    var later = reading(start + 60, ["in": 2])
    later.measurements += (1...3).map { Measurement("in", 7, .none, instance: "row\($0)") }
    let cramped = store.write([later], into: catalogue, now: Instant(start + 60), room: size)
    #expect(cramped.additions.map(\.series.row.instance) == ["row1"])
    #expect(
      cramped.problems == [
        "no room for 2 new series files of router1/interfaces, which take \(2 * size / 1_000_000 + 1) MB: the last twentieth "
          + "of the disk stays free; make room, or have the job keep fewer rows (only, except, include, exclude)"
      ])
    #expect(files(store.folder).count == 2)
    for entry in cramped.additions { catalogue[entry.series] = entry }
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 120) == [1, 2])
    later.slot = Instant(start + 120)
    let roomy = store.write([later], into: catalogue, now: Instant(start + 120))
    #expect(roomy.problems.isEmpty && Set(roomy.additions.map(\.series.row.instance)) == ["row2", "row3"])
  }

  @Test(arguments: [1, 2, 3, 50]) func `slots that were missed are unknown`(missed: Int) throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    let next = start + 60 * (missed + 1)
    store.write([reading(start, ["in": 1])], keeping: &catalogue)
    store.write([reading(next, ["in": 2])], keeping: &catalogue)
    let expected = [1] + [Double?](repeating: nil, count: missed) + [2, nil]
    #expect(try store.values(catalogue[series("in")], from: start, to: next + 120) == expected)
    let rows = try fetched(store.path(files(store.folder)[0]), from: start, to: next + 60, resolution: 60)
    #expect((0...missed + 1).map { rows[start + $0 * 60]?[0] } == Array(expected.dropLast()))
  }

  @Test func `several slots and gaps in one write are the same as one after the other`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    let slots = [0, 1, 3, 4, 10, 11]
    store.write(slots.reversed().map { reading(start + $0 * 60, ["in": Double($0)]) }, keeping: &catalogue)
    let values = try store.values(catalogue[series("in")], from: start, to: start + 720)
    #expect(values == (0..<12).map { slots.contains($0) ? Double($0) : nil })
  }

  @Test func `slots written already are passed over and change nothing`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    store.write((0..<5).map { reading(start + $0 * 60, ["in": 1]) }, keeping: &catalogue)
    let path = store.path(files(store.folder)[0])
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let written = store.write((0..<5).map { reading(start + $0 * 60, ["in": 9]) }, keeping: &catalogue)
    #expect(written.skipped == 5)
    #expect(written.rows == 0)
    #expect(written.problems.isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `the future and what is off the grid are refused by name`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let readings = [reading(start + 60, ["in": 1]), reading(start - 7, ["in": 1]), reading(start, ["in": 1], step: 0)]
    let written = store.write(readings, into: [:], now: Instant(start))
    #expect(
      written.problems == [
        "router1/interfaces: slot \(start - 7) is not on a grid of 60 s",
        "router1/interfaces: slot \(start) is not on a grid of 0 s",
        "router1/interfaces: slot \(start + 60) lies after \(start), the time now",
      ])
    #expect(files(folder.path).isEmpty)
  }

  @Test func `each instance has a file of its own`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    var table = reading(start, [:])
    for name in ["xe-0/0/0", "xe-0/0/1", "XE-0/0/0", ""] {
      for metric in ["in", "out"] { table.measurements.append(Measurement(metric, 1, .bytesPerSecond, instance: name)) }
    }
    let written = store.write([table], keeping: &catalogue)
    #expect(written.rows == 4)
    #expect(catalogue.count == 8)
    #expect(files(store.folder).count == 4)
    #expect(Set(catalogue.values.map(\.file)).count == 4)
  }

  @Test func `a new metric goes to a further file and the old one goes on`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    store.write([reading(start, ["in": 1])], keeping: &catalogue)
    let written = store.write([reading(start + 60, ["in": 2, "out": 3])], keeping: &catalogue)
    #expect(written.additions.map(\.series.metric) == ["out"])
    #expect(written.additions.first?.since == Instant(start + 60))
    #expect(files(store.folder).count == 2)
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 120) == [1, 2])
    #expect(try store.values(catalogue[series("out")], from: start, to: start + 120) == [nil, 3])
  }

  @Test func `a metric that comes with another unit is told on, in the same file`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    store.write([reading(start, ["in": 1])], keeping: &catalogue)
    var other = reading(start + 60, ["in": 2])
    other.measurements[0].unit = .bytes
    let written = store.write([other], keeping: &catalogue)
    #expect(written.additions.map(\.unit) == [.bytes])
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 120) == [1, 2])
  }

  @Test func `a job with another step begins a new file, and the old one is read before it`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    store.write([reading(start, ["in": 1])], keeping: &catalogue)
    let old = try #require(catalogue[series("in")])
    let written = store.write([reading(start + 300, ["in": 2], step: 300)], keeping: &catalogue)
    #expect(written.problems == [])
    #expect(files(store.folder).count == 2)
    #expect(
      catalogue[series("in")]?.earlier == [CatalogueEntry.Place(file: old.file, source: old.source, step: 60)])
    // One minute of five is less than half.
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 600) == [nil, 2])
    #expect(try store.values(old, from: start, to: start + 60) == [1])
  }

  @Test func `a file the catalogue forgot is found again with all it holds`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    store.write([reading(start, ["in": 1, "out": 2])], keeping: &catalogue)
    catalogue = [:]
    store.write([reading(start + 60, ["in": 3, "out": 4])], keeping: &catalogue)
    #expect(files(store.folder).count == 1)
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 120) == [1, 3])
  }

  @Test func `a reading without numbers makes nothing`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    var failed = reading(start, [:])
    failed.failure = Failure(.timeout, "no answer")
    #expect(store.write([failed], keeping: &catalogue).rows == 0)
    #expect(files(folder.path).isEmpty)
  }

  @Test(arguments: [1 << 31, 1 << 32]) func `slots beyond 32 bits are slots`(moment: Int) throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    let grid = moment - moment % 60
    let readings = (-2...2).map { reading(grid + $0 * 60, ["in": Double($0)]) }
    store.write(readings, keeping: &catalogue, now: grid + 600)
    let values = try store.values(catalogue[series("in")], from: grid - 120, to: grid + 180)
    #expect(values == [-2, -1, 0, 1, 2])
  }
}
