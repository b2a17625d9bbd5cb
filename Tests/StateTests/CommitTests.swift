import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import State

struct CommitTests {
  @Test func `all of a change reads back as it was given`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let job = JobID(host: "www", job: "web/site")
    let series = SeriesID(host: "www", job: "if", instance: "xe-0/0/0", metric: "in")
    let entry = CatalogueEntry(
      series: series, file: "a/b.rrd", source: "in", unit: Unit("bit/s", scale: .binary), step: 60, since: now)
    let row = CounterRow(["in", "out"], [CounterReading(.max, bits: 64), CounterReading(0, bits: 32)])
    let memory = JobMemory(
      readAt: 1_700_006_400.25, uptime: 12.5,
      counters: ["a": CounterReading(.max, bits: 64), "": CounterReading(0, bits: 32)],
      rows: ["eth0": row, "eth1": CounterRow([], [])], notes: ["engine": "8000"])
    var record = JobRecord(job: job, lastSlot: now, lastSuccess: now - 60, failure: Failure(.timeout, "no answer"))
    record.failuresInARow = 3
    record.failingSince = now - 180
    record.cost = Cost(startedAfter: 1, milliseconds: 2, bytes: 3, retries: 4)
    record.facts = [Fact("Status", "200"), Fact("", "\u{1F441}")]
    var run = RunRecord(number: 7, slot: now, startedAt: now + 2, degraded: ["a line"])
    run.stages = [RunRecord.Stage("collect", milliseconds: 12)]
    try store.commit(
      StateChange(
        meta: ["journal": "1:20"], catalogue: [entry], memories: [job: memory], jobRecords: [record],
        ledger: [interval(0, 60)], judgedUntil: ["www": now + 60], incidents: [incident(1)],
        outbox: [message("<1@x>")], run: run))
    let again = try opened(folder)
    #expect(try again.meta("journal") == "1:20")
    #expect(try again.catalogue() == [series: entry])
    #expect(try again.memories() == [job: memory])
    #expect(try again.jobRecords() == [job: record])
    #expect(try again.ledger("www", over: Span(from: now, to: now + 60)) == [interval(0, 60)])
    #expect(try again.lastVerdicts() == ["www": interval(0, 60)])
    #expect(try again.judgedUntil() == ["www": now + 60])
    #expect(try again.openIncidents() == [incident(1)])
    #expect(try again.outbox(dueAt: now) == [message("<1@x>")])
    #expect(try again.runs(limit: 10) == [run])
    #expect(try again.nextRunNumber() == 8)
    #expect(try again.nextIncidentNumber() == 2)
  }

  @Test func `a state of the first layout is brought to this one, and its series have no older files`() throws {
    let folder = try TemporaryFolder()
    var store = try opened(folder)
    let series = SeriesID(host: "www", job: "ping", metric: "loss")
    let entry = CatalogueEntry(series: series, file: "a/c.rrd", source: "x", unit: .percent, step: 60, since: now)
    try store.commit(StateChange(catalogue: [entry]))
    try store.database.write { database in
      try database.execute(sql: "ALTER TABLE catalogue DROP COLUMN earlier")
      try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '2:%'")
    }
    try store.database.close()
    store = try opened(folder)
    #expect(try store.catalogue().values.map(\.earlier) == [[]])
    var later = entry
    later.earlier = [CatalogueEntry.Place(file: "a/b.rrd", source: "x", step: 300)]
    try store.commit(StateChange(catalogue: [later]))
    #expect(try store.catalogue() == [series: later])
  }

  @Test func `a new state is empty`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    #expect(try store.catalogue().isEmpty)
    #expect(try store.memories().isEmpty)
    #expect(try store.jobRecords().isEmpty)
    #expect(try store.lastVerdicts().isEmpty)
    #expect(try store.openIncidents().isEmpty)
    #expect(try store.recentIncidents(limit: 5).isEmpty)
    #expect(try store.outbox().isEmpty)
    #expect(try store.runs(limit: 5).isEmpty)
    #expect(try store.meta("x") == nil)
    #expect(try store.nextIncidentNumber() == 1)
    #expect(try store.nextRunNumber() == 1)
  }

  @Test func `what a later change gives takes the place of the old, and the rest stays`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let (a, b) = (JobID(host: "a", job: "j"), JobID(host: "b", job: "j"))
    try store.commit(
      StateChange(meta: ["x": "1", "y": "1"], memories: [a: JobMemory(readAt: 1), b: JobMemory(readAt: 1)]))
    try store.commit(StateChange(meta: ["x": "2"], memories: [a: JobMemory(readAt: 2)]))
    #expect(try store.memories() == [a: JobMemory(readAt: 2), b: JobMemory(readAt: 1)])
    #expect(try store.meta("x") == "2")
    #expect(try store.meta("y") == "1")
    try store.setMeta("x", nil)
    #expect(try store.meta("x") == nil)
    try store.forget([a])
    #expect(try Array(store.memories().keys) == [b])
  }

  @Test func `a change that fails leaves nothing of itself`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.commit(StateChange(meta: ["x": "1"]))
    // The last thing a commit writes is refused here; all before it must be gone as well.
    try store.database.write {
      try $0.execute(sql: "CREATE TRIGGER no BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'no more runs'); END")
    }
    let error = #expect(throws: StateError.self) {
      try store.commit(
        StateChange(
          meta: ["x": "2"], ledger: [interval(0, 60)], incidents: [incident(1)], outbox: [message("<1@x>")],
          run: RunRecord(number: 1, slot: now, startedAt: now)))
    }
    #expect(error?.description == "state \(store.path): no more runs")
    #expect(try store.meta("x") == "1")
    #expect(try store.lastVerdicts().isEmpty)
    #expect(try store.openIncidents().isEmpty)
    #expect(try store.outbox().isEmpty)
  }

  @Test func `only the last runs and a month of messages are kept`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.enqueue(message("<sent@x>"))
    try store.enqueue(message("<waiting@x>"))
    try store.markSent("<sent@x>", at: now)
    try store.commit(StateChange(run: RunRecord(number: 1, slot: now, startedAt: now)))
    #expect(try store.outbox().count == 2)
    let later = now + 31 * 86_400
    try store.commit(StateChange(run: RunRecord(number: 2_881, slot: later, startedAt: later)))
    #expect(try store.runs(limit: 5).map(\.number) == [2_881])
    #expect(try store.outbox().map(\.id) == ["<waiting@x>"])
  }
}

struct LedgerTests {
  private func spans(_ store: StateStore, _ from: Int, _ to: Int) throws -> [String] {
    try store.ledger("www", over: Span(from: now + from, to: now + to)).map {
      "\($0.span.from - now)-\($0.span.to - now) \($0.verdict.rawValue)"
    }
  }

  @Test func `an interval that goes on lengthens the last`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    for slot in 0..<5 { try store.commit(StateChange(ledger: [interval(slot * 60, slot * 60 + 60)])) }
    #expect(try spans(store, 0, 600) == ["0-300 good"])
    try store.commit(StateChange(ledger: [interval(300, 360, .bad), interval(360, 420, .bad)]))
    #expect(try spans(store, 0, 600) == ["0-300 good", "300-420 bad"])
  }

  @Test func `another cause, configuration or a gap begins a new interval`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.commit(
      StateChange(ledger: [
        interval(0, 60), interval(60, 120, cause: "other"), interval(120, 180, cause: "other", configuration: "c2"),
        interval(240, 300, cause: "other", configuration: "c2"), interval(0, 60, of: "db"),
      ]))
    #expect(try spans(store, 0, 600) == ["0-60 good", "60-120 good", "120-180 good", "240-300 good"])
    #expect(try store.lastVerdicts().keys.sorted() == ["db", "www"])
  }

  @Test func `time judged already is not judged again`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.commit(StateChange(ledger: [interval(0, 120)]))
    try store.commit(
      StateChange(ledger: [interval(0, 60, .bad), interval(60, 180, .bad), interval(30, 90), interval(200, 200)]))
    #expect(try spans(store, -600, 600) == ["0-120 good", "120-180 bad"])
  }

  @Test func `a ledger is cut to the span asked for`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let verdicts: [Verdict] = [.good, .bad, .unknown, .excluded]
    try store.commit(
      StateChange(ledger: verdicts.enumerated().map { interval($0.offset * 60, $0.offset * 60 + 60, $0.element) }))
    #expect(try spans(store, 30, 150) == ["30-60 good", "60-120 bad", "120-150 unknown"])
    #expect(try spans(store, 60, 120) == ["60-120 bad"])
    #expect(try spans(store, 239, 900) == ["239-240 excluded"])
    #expect(try spans(store, 240, 900) == [])
    #expect(try spans(store, -60, 0) == [])
    try store.pruneLedger(before: now + 120)
    #expect(try spans(store, -60, 900) == ["120-180 unknown", "180-240 excluded"])
  }

  @Test func `random appends never overlap and lose no time`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    var random = SeededRandom(9)
    var truth: [Int: Verdict] = [:]
    var end = 0
    var change = StateChange()
    for _ in 0..<300 {
      let from = max(0, end + Int.random(in: -3...2, using: &random))
      let to = from + Int.random(in: 1...4, using: &random)
      let verdict = Verdict.allCases.randomElement(using: &random) ?? .good
      for minute in max(from, end)..<max(to, end) { truth[minute] = verdict }
      end = max(end, to)
      change.ledger.append(interval(from * 60, to * 60, verdict))
    }
    try store.commit(change)
    var read: [Int: Verdict] = [:]
    for interval in try store.ledger("www", over: Span(from: now, to: now + end * 60)) {
      for minute in (interval.span.from - now) / 60..<(interval.span.to - now) / 60 {
        #expect(read.updateValue(interval.verdict, forKey: minute) == nil)
      }
    }
    #expect(read == truth)
  }
}
