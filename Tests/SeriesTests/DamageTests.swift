import Config
import Foundation
import Model
import TestSupport
import Testing

@testable import Series

@Suite(.serialized) struct DamageTests {
  private func begun(_ store: SeriesStore) -> Catalogue {
    var catalogue: Catalogue = [:]
    store.write((0..<5).map { reading(start + $0 * 60, ["in": Double($0), "out": 1]) }, keeping: &catalogue)
    return catalogue
  }

  private let older = (0..<5).map { reading(start + $0 * 60, ["in": Double($0), "out": 1]) }

  @Test func `a damaged file is set aside, made anew and told`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue = begun(store)
    let file = files(store.folder)[0]
    try Data("garbage".utf8).write(to: URL(fileURLWithPath: store.path(file)))
    let written = store.write([reading(start + 300, ["in": 5, "out": 1])], keeping: &catalogue, now: start + 300)
    #expect(written.problems.count == 1)
    #expect(
      written.problems.first?.hasSuffix(
        "it was made anew, and its history before \(stampText(Instant(start + 300))) is lost") == true)
    #expect(written.problems.first?.contains("is damaged: it ends inside its header") == true)
    let corpse = files(store.quarantine)
    #expect(corpse.count == 1)
    #expect(try String(contentsOfFile: "\(store.quarantine)/\(corpse[0])", encoding: .utf8) == "garbage")
    let values = try store.values(catalogue[series("in")], from: start + 240, to: start + 360)
    #expect(values == [nil, 5])
  }

  @Test func `what the journal still knows fills a file made anew`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let catalogue = begun(store)
    try Data().write(to: URL(fileURLWithPath: store.path(files(store.folder)[0])))
    var asked: [Set<JobID>] = []
    let written = store.write(
      [reading(start + 300, ["in": 5, "out": 1])], into: catalogue, now: Instant(start + 300),
      recall: { jobs in
        asked.append(jobs)
        return older + [reading(start, ["in": 99], job: JobID(host: "other", job: "job"))]
      })
    #expect(asked == [[router]])
    #expect(written.problems.first?.contains("before \(stampText(Instant(start))) is lost") == true)
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 360) == [0, 1, 2, 3, 4, 5])
    #expect(try store.values(catalogue[series("out")], from: start, to: start + 360) == [1, 1, 1, 1, 1, 1])
  }

  @Test func `a folder with a file's name is set aside as well`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue = begun(store)
    let file = files(store.folder)[0]
    try FileManager.default.removeItem(atPath: store.path(file))
    try FileManager.default.createDirectory(atPath: store.path(file), withIntermediateDirectories: false)
    let written = store.write([reading(start + 300, ["in": 5, "out": 1])], keeping: &catalogue, now: start + 300)
    #expect(written.problems.count == 1 && written.problems.first?.contains("it was moved to") == true)
    #expect(try store.values(catalogue[series("in")], from: start + 300, to: start + 360) == [5])
  }

  @Test func `what a file could not take is filled in when it can be written again`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let catalogue = begun(store)
    let file = files(store.folder)[0]
    let host = store.path(String(file.split(separator: "/")[0]))
    try FileManager.default.moveItem(atPath: host, toPath: "\(host).away")
    try Data().write(to: URL(fileURLWithPath: host))
    let missed = [5, 6].map { reading(start + $0 * 60, ["in": Double($0), "out": 1]) }
    var behind: Set<String> = []
    for reading in missed {
      let written = store.write(
        [reading], into: catalogue, now: reading.slot, behind: behind,
        recall: { _ in
          Issue.record("nothing can be filled in yet")
          return []
        })
      #expect(written.behind == [file] && written.problems.count == 1, "\(written)")
      behind = written.behind
    }
    try FileManager.default.removeItem(atPath: host)
    try FileManager.default.moveItem(atPath: "\(host).away", toPath: host)
    let written = store.write(
      [reading(start + 420, ["in": 7, "out": 1])], into: catalogue, now: Instant(start + 420), behind: behind,
      recall: { _ in older + missed })
    #expect(written.behind == [] && written.problems == [])
    #expect(
      try store.values(catalogue[series("in")], from: start, to: start + 480) == [0, 1, 2, 3, 4, 5, 6, 7])
  }

  @Test func `a missing file is made anew`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue = begun(store)
    let file = files(store.folder)[0]
    try FileManager.default.removeItem(atPath: store.path(file))
    let written = store.write([reading(start + 300, ["in": 5])], keeping: &catalogue)
    #expect(written.problems.first?.contains("is missing; it was made anew") == true)
    #expect(files(store.folder) == [file])
    #expect(try store.values(catalogue[series("out")], from: start + 300, to: start + 360) == [nil])
    #expect(store.write([reading(start + 360, ["in": 6, "out": 7])], keeping: &catalogue).problems.isEmpty)
    #expect(try store.values(catalogue[series("out")], from: start + 300, to: start + 420) == [nil, 7])
  }

  @Test func `a file of other things in the place of ours is set aside`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue = begun(store)
    let path = store.path(files(store.folder)[0])
    _ = try output(
      of: "rrdtool", "create", path, "--start", "\(start)", "--step", "60", "DS:other:GAUGE:120:U:U",
      "RRA:AVERAGE:0.5:1:100")
    let written = store.write([reading(start + 300, ["in": 5, "out": 6])], keeping: &catalogue)
    #expect(written.problems.first?.contains("are not those of the series in it") == true)
    #expect(try store.values(catalogue[series("in")], from: start + 300, to: start + 360) == [5])
  }

  @Test func `other files are written as if nothing was wrong`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    let jobs = (0..<30).map { JobID(host: "host\($0)", job: "ping") }
    store.write(jobs.map { reading(start, ["loss": 0], job: $0) }, keeping: &catalogue)
    for file in files(store.folder).prefix(25) {
      try Data("x".utf8).write(to: URL(fileURLWithPath: store.path(file)))
    }
    let written = store.write(jobs.map { reading(start + 60, ["loss": 1], job: $0) }, keeping: &catalogue)
    #expect(written.rows == 30)
    #expect(written.problems.count == 21)
    #expect(written.problems.last == "and 5 more of the series")
    for job in jobs {
      #expect(try store.values(catalogue[series("loss", job: job)], from: start + 60, to: start + 120) == [1])
    }
  }

  @Test func `quarantine does not grow without end`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue = begun(store)
    let file = files(store.folder)[0]
    for number in 5..<70 {
      try Data("\(number)".utf8).write(to: URL(fileURLWithPath: store.path(file)))
      store.write([reading(start + number * 60, ["in": 1])], keeping: &catalogue, now: start + number * 60)
    }
    #expect(files(store.quarantine).count == 50)
  }

  @Test func `a clock that went back an hour stops writing and loses nothing`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue = begun(store)
    let written = store.write([reading(start - 3_600, ["in": 9])], keeping: &catalogue, now: start - 3_600)
    #expect(written.rows == 0)
    #expect(written.problems.count == 1)
    #expect(written.problems.first?.hasPrefix("1 series files were last updated after") == true)
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 300) == [0, 1, 2, 3, 4])
    #expect(files(store.quarantine).isEmpty)
    #expect(store.write([reading(start + 300, ["in": 5])], keeping: &catalogue).rows == 1)
  }

  @Test func `a file that a wrong clock took years ahead is set aside, so that measuring goes on`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue = begun(store)
    let future = start + 10 * 366 * 86_400
    store.write([reading(future, ["in": 1])], keeping: &catalogue, now: future)
    let written = store.write([reading(start + 300, ["in": 5])], keeping: &catalogue, now: start + 300)
    #expect(written.problems.count == 1)
    #expect(try store.values(catalogue[series("in")], from: start + 300, to: start + 360) == [5])
    #expect(files(store.quarantine).count == 1)
  }

  @Test func `a file with holes is written again`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder, .standard)
    var catalogue = begun(store)
    let path = store.path(files(store.folder)[0])
    _ = try output(of: "fallocate", "--punch-hole", "--offset", "524288", "--length", "65536", path)
    let written = store.write([reading(start + 300, ["in": 5])], keeping: &catalogue)
    #expect(written.problems == ["\(path) had holes and was written again without"])
    #expect(try store.values(catalogue[series("in")], from: start, to: start + 360) == [0, 1, 2, 3, 4, 5])
  }

  @Test func `a stranger's file in the way is left alone`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    _ = begun(store)
    let file = files(store.folder)[0]
    try Data("precious".utf8).write(to: URL(fileURLWithPath: store.path(file)))
    var catalogue: Catalogue = [:]
    let written = store.write([reading(start + 300, ["in": 5, "out": 1])], keeping: &catalogue)
    #expect(written.problems.isEmpty)
    #expect(try String(contentsOfFile: store.path(file), encoding: .utf8) == "precious")
    #expect(files(store.folder).count == 2)
    #expect(try store.values(catalogue[series("in")], from: start + 300, to: start + 360) == [5])
  }

  @Test func `a folder that cannot be made is a problem of its files alone`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    var catalogue: Catalogue = [:]
    let blocked = FileNames.file(for: RowID(job: router), number: 1).split(separator: "/")[0]
    try folder.write("series/\(blocked)", "a file where a folder should be")
    let other = JobID(host: "www", job: "ping")
    let written = store.write(
      [reading(start, ["in": 1]), reading(start, ["loss": 0], job: other)], keeping: &catalogue)
    #expect(written.problems.count == 1)
    #expect(written.problems.first?.contains("its folder cannot be made") == true)
    #expect(written.rows == 1)
    #expect(try store.values(catalogue[series("loss", job: other)], from: start, to: start + 60) == [0])
  }

  @Test func `faults are found without writing`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder)
    let catalogue = begun(store)
    #expect(store.faults(in: catalogue, now: Instant(start + 300)).isEmpty)
    let path = store.path(files(store.folder)[0])
    try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    #expect(store.faults(in: catalogue, now: Instant(start + 300)) == ["\(path) is damaged: it ends inside its header"])
    let entry = try #require(catalogue[series("in")])
    let error = #expect(throws: SeriesError.self) {
      try store.window(entry, Span(from: Instant(start), to: Instant(start + 60)))
    }
    #expect(error?.description == "router1/interfaces/in: \(path) is damaged: it ends inside its header")
  }
}
