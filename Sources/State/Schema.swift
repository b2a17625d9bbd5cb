internal import GRDB

/// The tables. Times are whole seconds since 1970; `details` columns are JSON, `coded` columns the compact form of
/// `ByteWriter`.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: the first tables") { database in try database.execute(sql: first) }
    migrator.registerMigration("2: history with another step") { database in try database.execute(sql: second) }
    migrator.registerMigration("3: jobs switched off") { database in try database.execute(sql: third) }
    migrator.registerMigration("4: what the site was made from") { database in try database.execute(sql: fourth) }
    migrator.registerMigration("5: notes") { database in try database.execute(sql: notes) }
    migrator.registerMigration("6: what is gone from the configuration") { database in
      try database.execute(sql: removed)
    }
    return migrator
  }

  private static let removed = """
    -- Hosts and objectives that were measured and are no longer in the configuration.
    CREATE TABLE removed (
      kind TEXT NOT NULL, name TEXT NOT NULL, missed_at INTEGER NOT NULL, details TEXT NOT NULL,
      PRIMARY KEY (kind, name)) WITHOUT ROWID
    """

  private static let notes = """
    -- What people wrote down: kind and name say about what, "at" when that was.
    CREATE TABLE note (
      number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL,
      "by" TEXT NOT NULL, text TEXT NOT NULL, written_at INTEGER NOT NULL);
    CREATE INDEX note_by_subject ON note (kind, name, at);
    CREATE INDEX note_by_time ON note (at)
    """

  private static let fourth = """
    -- What the pages and pictures of each host were made from; signed as the bits are.
    CREATE TABLE chapter (name TEXT PRIMARY KEY, definition INTEGER NOT NULL, coded BLOB NOT NULL) WITHOUT ROWID
    """

  private static let third = """
    -- Jobs that somebody switched off, until when ("until" NULL: until somebody switches them on), and why.
    CREATE TABLE disabled (
      host TEXT NOT NULL, job TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER, "by" TEXT NOT NULL,
      why TEXT NOT NULL, PRIMARY KEY (host, job)) WITHOUT ROWID
    """

  /// JSON; empty where there is none.
  private static let second = "ALTER TABLE catalogue ADD COLUMN earlier TEXT NOT NULL DEFAULT ''"

  private static let first = """
    -- Texts by key: how far the journal was read, the last good configuration.
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    -- Where each series lives.
    CREATE TABLE catalogue (
      series TEXT PRIMARY KEY, file TEXT NOT NULL, source TEXT NOT NULL, unit TEXT NOT NULL, scale TEXT NOT NULL,
      step INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;

    -- The counters each job read last.
    CREATE TABLE memory (host TEXT NOT NULL, job TEXT NOT NULL, coded BLOB NOT NULL, PRIMARY KEY (host, job))
      WITHOUT ROWID;

    -- How each job last went.
    CREATE TABLE job (
      host TEXT NOT NULL, job TEXT NOT NULL, last_slot INTEGER NOT NULL, last_success INTEGER,
      failure TEXT, message TEXT, failures_in_a_row INTEGER NOT NULL, failing_since INTEGER, coded BLOB NOT NULL,
      PRIMARY KEY (host, job)) WITHOUT ROWID;

    -- Verdicts: for each objective stretches that never overlap.
    CREATE TABLE ledger (
      id INTEGER PRIMARY KEY, objective TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
      verdict TEXT NOT NULL, cause TEXT NOT NULL, configuration TEXT NOT NULL, CHECK (start < "end"));
    CREATE UNIQUE INDEX ledger_by_objective ON ledger (objective, start);

    -- Up to when each objective is judged.
    CREATE TABLE judged (objective TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;

    CREATE TABLE incident (
      number INTEGER PRIMARY KEY, phase TEXT NOT NULL, objective TEXT NOT NULL, since INTEGER NOT NULL,
      details TEXT NOT NULL);
    CREATE INDEX incident_by_phase ON incident (phase, number);

    -- Each answer as it was given; an incident takes it in when it is read.
    CREATE TABLE acknowledgement (
      id INTEGER PRIMARY KEY, incident INTEGER NOT NULL REFERENCES incident (number), "by" TEXT NOT NULL,
      at INTEGER NOT NULL, until INTEGER, note TEXT NOT NULL);
    CREATE INDEX acknowledgement_by_incident ON acknowledgement (incident, id);

    -- Messages, from the change they tell of until they are sent or given up, and a month longer.
    CREATE TABLE outbox (
      id TEXT PRIMARY KEY, recipient TEXT NOT NULL, subject TEXT NOT NULL, bytes BLOB NOT NULL,
      created_at INTEGER NOT NULL, attempts INTEGER NOT NULL, next_attempt INTEGER NOT NULL, sent_at INTEGER,
      failed_at INTEGER, last_error TEXT) WITHOUT ROWID;
    CREATE INDEX outbox_waiting ON outbox (next_attempt) WHERE sent_at IS NULL AND failed_at IS NULL;

    -- The last runs.
    CREATE TABLE run (number INTEGER PRIMARY KEY, slot INTEGER NOT NULL, details TEXT NOT NULL);
    """
}
