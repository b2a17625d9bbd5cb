import Foundation
internal import GRDB
package import Model

extension StateStore {
  /// Every series known.
  package func catalogue() throws(StateError) -> Catalogue {
    try reading { database in
      var catalogue: Catalogue = [:]
      let rows = try Row.fetchCursor(
        database, sql: "SELECT series, file, source, unit, scale, step, since, earlier FROM catalogue")
      while let row = try rows.next() {
        guard let series = SeriesID(row[0] as String) else { continue }
        let unit = Unit(row[3], scale: Unit.Scale(rawValue: row[4]) ?? .decimal)
        catalogue[series] = CatalogueEntry(
          series: series, file: row[1], source: row[2], unit: unit, step: row[5], since: Instant(row[6]),
          earlier: earlier(row[7]))
      }
      return catalogue
    }
  }

  private func earlier(_ text: String) -> [CatalogueEntry.Place] {
    text.isEmpty ? [] : (try? decoded([CatalogueEntry.Place].self, json: text)) ?? []
  }

  /// What each job remembered; one whose bytes make no sense has no memory.
  package func memories() throws(StateError) -> [JobID: JobMemory] {
    try reading { database in
      var memories: [JobID: JobMemory] = [:]
      let rows = try Row.fetchCursor(database, sql: "SELECT host, job, coded FROM memory")
      while let row = try rows.next() {
        memories[JobID(host: row[0], job: row[1])] = try? JobMemory(coded: [UInt8](row[2] as Data))
      }
      return memories
    }
  }

  /// How each job last went.
  package func jobRecords() throws(StateError) -> [JobID: JobRecord] {
    try reading { database in
      var records: [JobID: JobRecord] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT host, job, last_slot, last_success, failure, message, failures_in_a_row, failing_since, coded FROM job
          """)
      while let row = try rows.next() {
        let record = JobRecord(row: row)
        records[record.job] = record
      }
      return records
    }
  }

  /// Forgets all that runs have learned of jobs: how they last went, their counters, that they are switched off.
  package func forget(_ jobs: [JobID]) throws(StateError) {
    try writing { database in
      for job in jobs { try database.forget(job) }
    }
  }

  /// Forgets series: where they live, not the files.
  package func forget(series: [SeriesID]) throws(StateError) {
    try writing { database in
      for one in series {
        try database.execute(sql: "DELETE FROM catalogue WHERE series = ?", arguments: [one.description])
      }
    }
  }
}

extension Database {
  func forget(_ job: JobID) throws {
    for table in ["memory", "job", "disabled"] {
      try execute(sql: "DELETE FROM \(table) WHERE host = ? AND job = ?", arguments: [job.host, job.job])
    }
  }
}

extension JobRecord {
  fileprivate init(row: Row) {
    let details =
      (try? JobRecord.details(coded: [UInt8](row[8] as Data))) ?? (cost: Cost(), facts: [], learned: Learned())
    let kind = (row[4] as String?).flatMap(Failure.Class.init(rawValue:))
    self.init(
      job: JobID(host: row[0], job: row[1]), lastSlot: Instant(row[2]),
      lastSuccess: (row[3] as Int?).map(Instant.init),
      failure: kind.map { Failure($0, row[5] ?? "") }, failuresInARow: row[6],
      failingSince: (row[7] as Int?).map(Instant.init), cost: details.cost, facts: details.facts,
      learned: details.learned)
  }
}
