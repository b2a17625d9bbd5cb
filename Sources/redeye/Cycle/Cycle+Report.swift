import Alert
import Config
import Foundation
import Model
import Platform
import SLA
import Site
import State

extension Cycle {
  /// Makes the pages and pictures that are not as they were made before, and publishes them as a whole. The run goes on
  /// without them if they cannot be written: what was measured and who has to be told come first.
  mutating func report() {
    attempt("report") { cycle in
      cycle.progress.begin("report", of: nil, "pictures", until: cycle.drawingEnd)
      Memory.keep()
      let input = try cycle.siteInput()
      if cycle.plan.settings.isPublic {
        cycle.record.degraded += Look(cycle.plan.site).complaints
        try cycle.forgetTheInternalSite()
      } else {
        try cycle.publish(input)
      }
      try cycle.publishForThePublic(input)
    }
  }

  private mutating func publish(_ input: SiteInput) throws {
    let known = try publishedGeneration
    let shown = Publication.shown(in: installation.reports)
    // A run that was killed after it published has kept nothing of it: what it made is looked through again.
    let isAhead = known.map { $0 + 1 == shown } ?? false
    let publication = try Publication(into: installation.reports, after: isAhead ? shown : known)
    var input = input
    if publication.isContinued, !drawsAnew { input.memory = try memory(isExact: !isAhead) }
    let site = try render(input) { try publication.take($0) }
    let published = try publication.finish()
    keep(site, published, isContinued: publication.isContinued)
  }

  /// Where the whole site is public, nothing goes on from an internal one.
  private mutating func forgetTheInternalSite() throws {
    change.meta[Self.publishedKey] = ""
    for name in try store.chapterDefinitions().keys where !PublicChapters.isOne(name) {
      change.chapters.updateValue(nil, forKey: name)
    }
  }

  private mutating func keep(_ site: Rendering, _ published: Published, isContinued: Bool) {
    record.degraded += site.problems + published.problems
    waiting = site.waiting.count
    change.meta[Self.waitingKey] = Waiting.text(site.waiting)
    change.meta[Self.publishedKey] = "\(published.generation) \(installation.reports)"
    change.chapters = site.chapters
    change.forgetsChapters = !isContinued
  }

  /// The generation the state tells of.
  private var publishedGeneration: Int? {
    get throws {
      let parts = (try store.meta(Self.publishedKey) ?? "").split(separator: " ", maxSplits: 1)
      return parts.count == 2 && parts[1] == installation.reports ? Int(parts[0]) : nil
    }
  }

  /// What the published site was made from.
  private func memory(isExact: Bool) throws -> SiteMemory {
    let store = store
    let definitions = try store.chapterDefinitions().filter { !PublicChapters.isOne($0.key) }
    return SiteMemory(definitions: isExact ? definitions : definitions.mapValues { ~$0 }) { try? store.chapter($0) }
  }

  /// Charts are drawn by a thread for each processor.
  private func studio(_ drawn: Tally) -> Studio {
    let workers = Limits.processors
    return { drawings in
      concurrently(drawings.count, workers: workers) { place in
        defer { drawn.add() }
        return drawings[place].pictures()
      }
    }
  }

  /// The generation that was published, and where to.
  private static let publishedKey = "published"
  private static let waitingKey = "pictures waiting"

  /// What the pages tell of this run. One that had nothing to measure, the second in a slot for one, keeps the figures of
  /// the last that had.
  private func shownRecord(after earlier: [RunRecord]) -> RunRecord {
    var shown = finishedRecord
    let hadNothing = shown.collected + shown.failed == 0 && shown.leftOut == nil && shown.disabled == nil
    guard hadNothing, let last = earlier.first(where: { $0.collected + $0.failed > 0 }) else {
      return shown
    }
    (shown.collected, shown.failed) = (last.collected, last.failed)
    (shown.skipped, shown.samples, shown.slot) = (last.skipped, last.samples, last.slot)
    (shown.leftOut, shown.disabled) = (last.leftOut, last.disabled)
    return shown
  }

  private mutating func siteInput() throws -> SiteInput {
    let earlier = try store.runs(limit: 1_440).filter { $0.number != record.number }
    let (end, samples) = (drawingEnd, Samples(series, catalogue))
    let incidents = try store.recentIncidents(limit: 500)
    let waiting = try store.outbox().filter { $0.sentAt == nil && $0.failedAt == nil }
    let records = try store.jobRecords()
    var input = SiteInput(
      plan: plan, now: now, builtAt: now + Int(Clock.monotonic() - started),
      dataUntil: records.values.compactMap(\.lastSuccess).max(),
      nextExpected: record.slot + plan.settings.step, version: Redeye.version,
      run: shownRecord(after: earlier), runs: earlier,
      jobRecords: records.values.sorted { $0.job < $1.job }, catalogue: catalogue,
      objectives: try plan.objectives.map(status), openIncidents: incidents.filter { $0.phase == .open },
      closedIncidents: incidents.filter { $0.phase == .closed }, onCall: duties,
      outbox: OutboxCount(queued: waiting.count, oldest: waiting.map(\.createdAt).min()),
      configurationProblem: broken?.problems,
      waiting: Waiting.pictures(try store.meta(Self.waitingKey) ?? ""), remaining: { end - Clock.monotonic() },
      studio: studio(progress.tally),
      peaks: samples.rows, window: samples.windows)
    input.removed = try removed(records)
    input.configuration = configurationTree
    input.notes = try store.notes(limit: Self.shownNotes)
    return input
  }

  /// Read anew: nobody needs it but for pages that are made when the configuration is another.
  private var configurationTree: @Sendable () -> EffectiveTree? {
    let (path, hash) = (plan.path, plan.hash)
    return { RunningConfiguration.tree(path, hash: hash) }
  }

  /// The newest notes, which are those on the pages.
  private static let shownNotes = 5_000

  private func status(of objective: Objective) throws -> ObjectiveStatus {
    let figures = Figures(plan, store)
    let span = window(objective.window, containing: now, zone: zone)
    let earlier = SLA.previous(objective.window, before: span, zone: zone)
    let named = NamedWindow(
      window: objective.window, span: earlier, label: label(of: objective.window, earlier, zone: zone))
    let from = min(span.from, now - 32 * 86_400)
    return ObjectiveStatus(
      objective: objective, figure: try figures.now(objective, at: now),
      previous: [try figures.figure(objective, named, at: now).figure].compactMap { $0 },
      ledger: try store.ledger(objective.name, over: Span(from: from, to: now + objective.step)))
  }

  private var duties: [OnDuty] {
    plan.roles.values.sorted { $0.name < $1.name }.map { role in
      let duty = onCall(role, at: now)
      func title(_ name: String) -> String { plan.contacts[name]?.title ?? name }
      return OnDuty(role: role.name, contact: duty.contact.map(title), until: duty.until, next: duty.next.map(title))
    }
  }
}

extension Publication {
  func take(_ change: SiteChange) throws {
    switch change {
    case .write(let path, let bytes): try write(path, bytes)
    case .remove(let path): try remove(path)
    }
  }
}

/// Pictures that were left to a later run, as lines of the state: how many runs each has waited, and its name.
private enum Waiting {
  static func text(_ pictures: [String: Int]) -> String {
    pictures.map { "\($0.value) \($0.key)" }.sorted().joined(separator: "\n")
  }

  static func pictures(_ text: String) -> [String: Int] {
    let pairs = text.split(separator: "\n").compactMap { line -> (String, Int)? in
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let runs = Int(parts[0]) else { return nil }
      return (String(parts[1]), runs)
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
