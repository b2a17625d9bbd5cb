import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import State

struct DisabledTests {
  private let job = JobID(host: "www", job: "ping")

  @Test func `what is switched off stays so until it is switched on`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let off = Disabled(job: job, since: now, until: now + 60, by: "alice", why: "it’s “new”; DROP TABLE job")
    try store.disable([off, Disabled(job: JobID(host: "a", job: "b/c"), since: now, by: "bob")])
    let again = try opened(folder)
    #expect(try again.disabled()[job] == off)
    #expect(try again.disabled().count == 2)
    #expect(off.holds(at: now + 59) && !off.holds(at: now + 60))
    try again.enable([job, JobID(host: "never", job: "there")])
    #expect(try store.disabled().keys.map(\.description) == ["a/b/c"])
  }

  @Test func `what was learned of a job reads back, and a row of the layout before has learned nothing`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let learned = Learned(milliseconds: 120, silent: 3, isConfirmed: true, leftOut: 7)
    let record = JobRecord(
      job: job, lastSlot: now, cost: Cost(milliseconds: 5), facts: [Fact("a", "b")], learned: learned)
    try store.commit(StateChange(jobRecords: [record]))
    #expect(try opened(folder).jobRecords() == [job: record])
    try store.database.write { database in
      let blob = try #require(try Data.fetchOne(database, sql: "SELECT coded FROM job"))
      let old = [1] + blob.dropFirst().dropLast(4)
      try database.execute(sql: "UPDATE job SET coded = ?", arguments: [Data(old)])
    }
    var before = record
    before.learned = Learned()
    #expect(try store.jobRecords() == [job: before])
  }

  @Test func `a job that is forgotten leaves nothing behind`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let other = JobID(host: "www", job: "http")
    let series = [job, other].map { SeriesID(row: RowID(job: $0), metric: "up") }
    let entries = series.map { CatalogueEntry(series: $0, file: "f", source: "up", unit: .none, step: 60, since: now) }
    let records = [job, other].map { JobRecord(job: $0, lastSlot: now) }
    try store.commit(
      StateChange(catalogue: entries, memories: [job: JobMemory(readAt: 1)], jobRecords: records))
    try store.disable([Disabled(job: job, since: now, by: "x")])
    var change = StateChange(jobRecords: [records[1]])
    change.forgotten = [job]
    try store.commit(change)
    #expect(try store.jobRecords().keys.sorted() == [other])
    #expect(try store.memories().isEmpty && store.disabled().isEmpty)
    try store.forget(series: [series[0]])
    #expect(try store.catalogue().keys.sorted() == [series[1]])
  }
}
