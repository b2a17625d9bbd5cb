import Foundation
import Model
import TestSupport
import Testing

@testable import State

struct LookingTests {
  private func bytes(_ folder: borrowing TemporaryFolder) throws -> [String: Data] {
    var all: [String: Data] = [:]
    for name in files(folder.path) { all[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")) }
    return all
  }

  @Test func `a look reads what is there, and changes no byte`() throws {
    let folder = try TemporaryFolder()
    let series = SeriesID(host: "www", job: "if", instance: "xe-0/0/0", metric: "in")
    let entry = CatalogueEntry(series: series, file: "a/b.rrd", source: "in", unit: .none, step: 60, since: now)
    try opened(folder).commit(StateChange(catalogue: [entry]))
    let before = try bytes(folder)
    let store = try StateStore.openToLook(path: path(folder))
    #expect(try store.catalogue() == [series: entry])
    #expect(try store.memories().isEmpty)
    #expect(throws: StateError.self) { try store.setMeta("a", "b") }
    #expect(try bytes(folder) == before)
  }

  @Test func `a look makes no file, and mends none`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StateError.self) { try StateStore.openToLook(path: path(folder)) }
    #expect(files(folder.path).isEmpty)
    try folder.write("state.sqlite", String(repeating: "no database ", count: 1_000))
    let before = try bytes(folder)
    #expect(throws: StateError.self) { try StateStore.openToLook(path: path(folder)).catalogue() }
    #expect(try bytes(folder) == before)
  }
}
