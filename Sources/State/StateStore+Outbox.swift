import Foundation
internal import GRDB
package import Model

extension StateStore {
  /// Messages whose next attempt is due, each after what waits for the same recipient since before: nobody is to hear
  /// of an end before its beginning. Oldest first.
  package func outbox(dueAt now: Instant, limit: Int = 1_000) throws(StateError) -> [OutboxMessage] {
    try messages(
      """
      JOIN (
        SELECT recipient AS name, max(created_at) AS newest FROM outbox
        WHERE sent_at IS NULL AND failed_at IS NULL AND next_attempt <= ? GROUP BY recipient
      ) ON recipient = name AND created_at <= newest
      WHERE sent_at IS NULL AND failed_at IS NULL ORDER BY created_at, id LIMIT ?
      """, [now.seconds, limit])
  }

  /// Every message kept, newest first.
  package func outbox(limit: Int = 1_000) throws(StateError) -> [OutboxMessage] {
    try messages("ORDER BY created_at DESC, id LIMIT ?", [limit])
  }

  /// Puts a message on its way outside of a run's commit; an id that is known already changes nothing.
  package func enqueue(_ message: OutboxMessage) throws(StateError) {
    try writing { try $0.put(message) }
  }

  /// Marks a message as handed over.
  package func markSent(_ id: String, at now: Instant) throws(StateError) {
    try writing {
      try $0.execute(
        sql: """
          UPDATE outbox SET sent_at = ?, attempts = attempts + 1, last_error = NULL
          WHERE id = ? AND sent_at IS NULL
          """,
        arguments: [now.seconds, id])
    }
  }

  /// Marks a try that failed: to be repeated at `next`, or given up where that is `nil`.
  package func markFailed(_ id: String, error: String, at now: Instant, next: Instant?) throws(StateError) {
    try writing {
      try $0.execute(
        sql: """
          UPDATE outbox SET attempts = attempts + 1, last_error = ?, next_attempt = coalesce(?, next_attempt),
            failed_at = ? WHERE id = ? AND sent_at IS NULL
          """,
        arguments: [error, next?.seconds, next == nil ? now.seconds : nil, id])
    }
  }

  private func messages(
    _ condition: String, _ arguments: StatementArguments
  ) throws(StateError) -> [OutboxMessage] {
    try reading { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, recipient, subject, bytes, created_at, attempts, next_attempt, sent_at, failed_at, last_error
          FROM outbox \(condition)
          """, arguments: arguments
      )
      .map(OutboxMessage.init(row:))
    }
  }
}

extension Database {
  func put(_ message: OutboxMessage) throws {
    try execute(
      sql: """
        INSERT INTO outbox
          (id, recipient, subject, bytes, created_at, attempts, next_attempt, sent_at, failed_at, last_error)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
        """,
      arguments: [
        message.id, message.recipient, message.subject, Data(message.bytes), message.createdAt.seconds,
        message.attempts, message.nextAttempt.seconds, message.sentAt?.seconds, message.failedAt?.seconds,
        message.lastError,
      ])
  }
}

extension OutboxMessage {
  fileprivate init(row: Row) {
    self.init(
      id: row[0], recipient: row[1], subject: row[2], bytes: [UInt8](row[3] as Data), createdAt: Instant(row[4]))
    attempts = row[5]
    nextAttempt = Instant(row[6])
    sentAt = (row[7] as Int?).map(Instant.init)
    failedAt = (row[8] as Int?).map(Instant.init)
    lastError = row[9]
  }
}
