internal import GRDB
import Model

extension StateStore {
  /// Runs kept for the run journal: two days of one a minute.
  static let runsKept = 2_880
  /// Seconds a message is kept after it was sent or given up.
  static let outboxKept = 30 * 86_400

  /// Makes a run's changes, all or none of them; safe on the disk when it returns.
  package func commit(_ change: StateChange) throws(StateError) {
    try translating(path) {
      try database.write { database in
        for (key, value) in change.meta { try database.put(meta: value, for: key) }
        for entry in change.catalogue { try database.put(entry) }
        for (job, memory) in change.memories { try database.put(memory, of: job) }
        for record in change.jobRecords { try database.put(record) }
        for job in change.forgotten { try database.forget(job) }
        for removed in change.removed { try database.put(removed) }
        for returned in change.returned { try database.forget(returned) }
        for interval in change.ledger { try database.append(interval) }
        for (objective, until) in change.judgedUntil { try database.put(judged: objective, until: until) }
        for incident in change.incidents { try database.put(incident) }
        for message in change.outbox { try database.put(message) }
        if change.forgetsChapters { try database.execute(sql: "DELETE FROM chapter") }
        for (name, chapter) in change.chapters { try database.put(chapter: name, chapter) }
        if let run = change.run { try database.put(run) }
      }
    }
  }
}

extension Database {
  fileprivate func put(_ entry: CatalogueEntry) throws {
    try cachedStatement(
      sql: """
        INSERT INTO catalogue (series, file, source, unit, scale, step, since, earlier) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (series) DO UPDATE SET file = excluded.file, source = excluded.source, unit = excluded.unit,
          scale = excluded.scale, step = excluded.step, since = excluded.since, earlier = excluded.earlier
        """
    )
    .execute(arguments: [
      entry.series.description, entry.file, entry.source, entry.unit.symbol, entry.unit.scale.rawValue, entry.step,
      entry.since.seconds, entry.earlier.isEmpty ? "" : try jsonText(entry.earlier),
    ])
  }

  fileprivate func put(_ memory: JobMemory, of job: JobID) throws {
    try cachedStatement(
      sql: """
        INSERT INTO memory (host, job, coded) VALUES (?, ?, ?)
        ON CONFLICT (host, job) DO UPDATE SET coded = excluded.coded
        """
    )
    .execute(arguments: [job.host, job.job, memory.coded])
  }

  fileprivate func put(_ record: JobRecord) throws {
    try cachedStatement(
      sql: """
        INSERT INTO job (host, job, last_slot, last_success, failure, message, failures_in_a_row, failing_since, coded)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (host, job) DO UPDATE SET last_slot = excluded.last_slot, last_success = excluded.last_success,
          failure = excluded.failure, message = excluded.message, failures_in_a_row = excluded.failures_in_a_row,
          failing_since = excluded.failing_since, coded = excluded.coded
        """
    )
    .execute(arguments: [
      record.job.host, record.job.job, record.lastSlot.seconds, record.lastSuccess?.seconds,
      record.failure?.kind.rawValue, record.failure?.message, record.failuresInARow, record.failingSince?.seconds,
      record.codedDetails,
    ])
  }

  fileprivate func put(judged objective: String, until: Instant) throws {
    try cachedStatement(
      sql: """
        INSERT INTO judged (objective, until) VALUES (?, ?)
        ON CONFLICT (objective) DO UPDATE SET until = excluded.until
        """
    )
    .execute(arguments: [objective, until.seconds])
  }

  fileprivate func put(_ run: RunRecord) throws {
    try execute(
      sql: "INSERT OR REPLACE INTO run (number, slot, details) VALUES (?, ?, ?)",
      arguments: [run.number, run.slot.seconds, try jsonText(run)])
    try execute(sql: "DELETE FROM run WHERE number <= ?", arguments: [run.number - StateStore.runsKept])
    try execute(
      sql: "DELETE FROM outbox WHERE coalesce(sent_at, failed_at) < ?",
      arguments: [run.startedAt.seconds - StateStore.outboxKept])
  }
}
