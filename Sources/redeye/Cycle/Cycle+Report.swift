import Alert
import Config
import Foundation
import Model
import Platform
import SLA
import Series
import Site
import State

extension Cycle {
  /// Makes the pages and pictures from what is known and publishes them as a whole. The run goes on without them if
  /// they cannot be written: what was measured and who has to be told come first.
  mutating func report() {
    attempt("report") { cycle in
      cycle.progress.begin("report", of: nil, "pictures", until: cycle.drawingEnd)
      let drawn = cycle.progress.tally
      let site = render(try cycle.siteInput()) { drawn.add() }
      cycle.record.degraded += site.problems
      cycle.change.meta[Self.waitingKey] = Waiting.text(site.waiting)
      cycle.waiting = site.waiting.count
      let pages = site.files.mapValues { file -> Page in
        switch file {
        case .bytes(let bytes): .bytes(bytes)
        case .keep: .keep
        }
      }
      let published = try Publication.publish(pages, into: cycle.installation.reports)
      cycle.record.degraded += published.problems
      cycle.record.degraded += published.missing.prefix(3).map { "report: \($0) was to be kept and is gone" }
    }
  }

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

  private func siteInput() throws -> SiteInput {
    let earlier = try store.runs(limit: 1_440).filter { $0.number != record.number }
    let end = drawingEnd
    let incidents = try store.recentIncidents(limit: 500)
    let waiting = try store.outbox().filter { $0.sentAt == nil && $0.failedAt == nil }
    let records = try store.jobRecords()
    return SiteInput(
      plan: plan, now: now, builtAt: Process.now, dataUntil: records.values.compactMap(\.lastSuccess).max(),
      nextExpected: record.slot + plan.settings.step, version: Redeye.version,
      run: shownRecord(after: earlier), runs: earlier,
      jobRecords: records.values.sorted { $0.job < $1.job }, catalogue: catalogue,
      objectives: try plan.objectives.map(status), openIncidents: incidents.filter { $0.phase == .open },
      closedIncidents: incidents.filter { $0.phase == .closed }, onCall: duties,
      outbox: OutboxCount(queued: waiting.count, oldest: waiting.map(\.createdAt).min()),
      configurationProblem: broken?.problems, moved: measured, existing: publishedPaths(installation.reports),
      waiting: Waiting.pictures(try store.meta(Self.waitingKey) ?? ""), remaining: { end - Clock.monotonic() },
      peaks: peaks, window: windows)
  }

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

  /// The highest values behind averages of half an hour and more; finer ones have none.
  private var peaks: SiteInput.Peaks {
    let (catalogue, series) = (catalogue, series)
    return { name, span, resolution in
      guard resolution >= 1_800, let entry = catalogue[name] else { return [] }
      return (try? series.envelope(entry, span, resolution: resolution).high) ?? []
    }
  }

  /// Samples for the pages; a series that cannot be read has none.
  private var windows: SiteInput.Window {
    let (catalogue, series) = (catalogue, series)
    return { name, span, resolution in
      guard let entry = catalogue[name], let window = try? series.window(entry, span, resolution: resolution) else {
        return SeriesWindow(series: name, step: resolution ?? 60, unit: .none, samples: [])
      }
      return window
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

/// The files of the generation that shows now.
private func publishedPaths(_ reports: String) -> Set<String> {
  let current = URL(fileURLWithPath: reports).appendingPathComponent("current").resolvingSymlinksInPath()
  guard let found = FileManager.default.enumerator(atPath: current.path) else { return [] }
  return Set(found.compactMap { $0 as? String })
}
