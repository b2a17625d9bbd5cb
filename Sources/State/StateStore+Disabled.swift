internal import GRDB
package import Model

/// Jobs that are switched off. Each has a row of its own, so that switching needs no lock of a run: the next run reads
/// it.
extension StateStore {
  /// By job; those whose time is over too, until they are switched on or forgotten.
  package func disabled() throws(StateError) -> [JobID: Disabled] {
    try reading { database in
      let rows = try Row.fetchAll(database, sql: "SELECT host, job, since, until, \"by\", why FROM disabled")
      return Dictionary(
        rows.map { row in
          let job = JobID(host: row[0], job: row[1])
          let until = (row[3] as Int?).map(Instant.init)
          return (job, Disabled(job: job, since: Instant(row[2]), until: until, by: row[4], why: row[5]))
        }
      ) { first, _ in first }
    }
  }

  /// Switches jobs off, all or none of them; one that is off already is so anew.
  package func disable(_ jobs: [Disabled]) throws(StateError) {
    try writing { database in
      for job in jobs {
        try database.execute(
          sql: """
            INSERT OR REPLACE INTO disabled (host, job, since, until, "by", why) VALUES (?, ?, ?, ?, ?, ?)
            """,
          arguments: [job.job.host, job.job.job, job.since.seconds, job.until?.seconds, job.by, job.why])
      }
    }
  }

  /// Switches jobs on; one that is on stays so.
  package func enable(_ jobs: [JobID]) throws(StateError) {
    try writing { database in
      for job in jobs {
        try database.execute(sql: "DELETE FROM disabled WHERE host = ? AND job = ?", arguments: [job.host, job.job])
      }
    }
  }
}
