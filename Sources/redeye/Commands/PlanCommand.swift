import ArgumentParser
import Collect
import Config
import Model
import Platform
import State

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Print what the next run would do, and what the configuration does to what is kept.",
    discussion: "Nothing is measured, written or sent. No history is lost, whatever changed.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let path = try configuration.path()
    let loaded = Config.load(path: path)
    guard let plan = loaded.plan else {
      throw Ending(.refused, "the configuration has errors:\n\(render(loaded.problems))")
    }
    let installation = Installation(plan.settings)
    let store = Files.exists(installation.stateFile) ? try installation.sharedState() : nil
    let forecast = Forecast(plan: plan, installation: installation, store: store)
    StandardStreams.output(try forecast.text(at: Process.now))
  }
}

/// What a plan would do from here.
struct Forecast {
  let plan: Plan
  let installation: Installation
  let store: StateStore?

  func text(at now: Instant) throws -> String {
    let slot = now.slot(step: plan.settings.step) + plan.settings.step
    let last = try store?.jobRecords().mapValues(\.lastSlot) ?? [:]
    let disabled = try store?.disabled().filter { $0.value.holds(at: slot) } ?? [:]
    let jobs = due(plan.jobs, at: slot, baseStep: plan.settings.step, lastSlots: last).map(\.job)
    let lines = jobs.sorted { $0.id < $1.id }.map { job in
      [
        disabled[job.id] == nil ? "  run" : "  skip", job.id.description, job.probe.kind,
        disabled[job.id] == nil ? job.scheduleText(plan.settings.zone) : "disabled", "\(job.location)",
      ]
    }
    return """
      The run at \(stampText(slot, plan.settings.zone)), configuration \(plan.hash):
      \(table(lines))
        write    \(installation.data): \(try known().count) series known\(try unseen())
        judge    \(plan.objectives.count) objectives
        mail     \(try mail())
        publish  \(publications())
      \((try changes() + newSteps()).joined(separator: "\n"))
      """
  }

  private func known() throws -> Catalogue { try store?.catalogue() ?? [:] }

  private func unseen() throws -> String {
    let seen = Set(try known().keys.map(\.row.job))
    let count = plan.jobs.count { !seen.contains($0.id) }
    return count == 0 ? "" : ", \(count) jobs have none yet"
  }

  private func mail() throws -> String {
    let waiting = try store?.outbox().count { $0.sentAt == nil && $0.failedAt == nil } ?? 0
    let way =
      switch plan.settings.mail.transport {
      case .smtp(let url, _, _, _): url
      case .sendmail(let path): path
      case .folder(let folder): "files in \(folder)"
      case nil: "no way to send is configured"
      }
    return "\(way); \(waiting) messages wait"
  }

  /// Each site, those for the public below the internal one.
  private func publications() -> String {
    let own = plan.settings.isPublic ? [] : ["\(installation.reports)/index.html"]
    let others = plan.publicSites.map { "\($0.reports)/index.html, for the public: \($0.objectives.count) objectives" }
    return (own + others).joined(separator: "\n           ")
  }

  /// What differs from what is kept, and costs nothing.
  private func changes() throws -> [String] {
    let jobs = Set(plan.jobs.map(\.id))
    let gone = Dictionary(grouping: try known().keys.filter { !jobs.contains($0.row.job) }, by: \.row.job)
    return gone.sorted { $0.key < $1.key }.map { job, series in
      "  keep     \(series.count) series of \(job), which nothing measures any more"
    }
  }

  /// Series whose slots change.
  private func newSteps() throws -> [String] {
    let steps = Dictionary(plan.jobs.map { ($0.id, $0.step) }) { first, _ in first }
    let changed = try known().values.filter { steps[$0.series.row.job] ?? $0.step != $0.step }
    return Dictionary(grouping: changed, by: \.series.row.job).sorted { $0.key < $1.key }.map { job, entries in
      let (old, new) = (durationText(entries[0].step), durationText(steps[job] ?? 0))
      return
        "  begin    new files for \(entries.count) series of \(job), whose step goes from \(old) to \(new); what was "
        + "measured so far is shown before them"
    }
  }
}
