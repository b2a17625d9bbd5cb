package import Model

/// Everything a run wants kept, in one transaction; what is left out stays as it was.
package struct StateChange: Sendable {
  /// Texts by key: the journal position reached, the last good configuration.
  package var meta: [String: String]
  package var catalogue: [CatalogueEntry]
  package var memories: [JobID: JobMemory]
  package var jobRecords: [JobRecord]
  /// Jobs of which nothing is kept any more.
  package var forgotten: [JobID] = []
  /// What is gone from the configuration since the run before.
  package var removed: [Removed] = []
  /// What is in it again.
  package var returned: [Removed] = []
  /// Appended; what overlaps the ledger's end is cut off, what continues its last interval lengthens it.
  package var ledger: [LedgerInterval]
  /// Up to when each objective is judged.
  package var judgedUntil: [String: Instant]
  package var incidents: [Incident]
  package var outbox: [OutboxMessage]
  package var run: RunRecord?
  /// Chapters of the site that were made anew, by name; `nil` for those that are gone.
  package var chapters: [String: CodedChapter?] = [:]
  /// Nothing is known of any chapter but those above.
  package var forgetsChapters = false

  package init(
    meta: [String: String] = [:], catalogue: [CatalogueEntry] = [], memories: [JobID: JobMemory] = [:],
    jobRecords: [JobRecord] = [], ledger: [LedgerInterval] = [], judgedUntil: [String: Instant] = [:],
    incidents: [Incident] = [], outbox: [OutboxMessage] = [], run: RunRecord? = nil
  ) {
    self.meta = meta
    self.catalogue = catalogue
    self.memories = memories
    self.jobRecords = jobRecords
    self.ledger = ledger
    self.judgedUntil = judgedUntil
    self.incidents = incidents
    self.outbox = outbox
    self.run = run
  }
}
