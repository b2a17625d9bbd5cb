import ArgumentParser
import Config
import Model
import Platform
import State

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "One cycle: collect, judge, alert, mail, report. Cron calls this each minute.",
    discussion: """
      Says nothing from cron when all is well. At a terminal it shows how far it is and what came of it. Status 1 and a \
      last line that says what, when something was degraded.
      """)

  @Flag(name: .shortAndLong, help: "Say what was collected and where the report is.") var verbose = false
  @Flag(help: "Of what is degraded say only what the run before did not say, so that cron mails once.")
  var cron = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    try Stages.all.run(configuration, voice: Voice(verbose: verbose, onlyNews: cron))
  }
}

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Only measure what is due and write it to the journal.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws { try Stages.collect.run(configuration) }
}

struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge", abstract: "Only turn journal into series and ledger, and open or close incidents.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws { try Stages.judge.run(configuration) }
}

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Only draw and publish the site from what is known.")

  @Flag(help: "Draw and write all of it, not what moved alone.") var all = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws { try Stages.report.run(configuration, voice: Voice(verbose: true), drawsAnew: all) }
}

/// How much a run says.
struct Voice {
  var verbose = false
  var onlyNews = false
}

/// Which stages of a cycle to go through.
struct Stages: OptionSet {
  let rawValue: Int

  static let collect = Stages(rawValue: 1)
  static let judge = Stages(rawValue: 2)
  static let report = Stages(rawValue: 4)
  static let mail = Stages(rawValue: 8)
  static let all: Stages = [.collect, .judge, .report, .mail]

  /// Locks, goes through the stages, and ends with the status that tells the truth.
  func run(_ option: ConfigurationOption, voice: Voice = Voice(), drawsAnew: Bool = false) throws {
    let path = try option.path()
    // Before the configuration is read, for a run that finds the lock held should cost nothing.
    let early = try EarlyLock(path)
    let configuration = try RunningConfiguration.load(path)
    let installation = Installation(configuration.plan.settings)
    try installation.prepare()
    let lock = early.holds(installation.lockFile) ? nil : try installation.lock(now: Clock.now())
    defer { early.keep(and: lock) }
    try LastGood.refuseForeign(installation, for: configuration.plan)
    // A person who asks for one stage has the time; cron starts whole runs one after the other.
    let progress = RunProgress()
    defer { progress.end() }
    var cycle = try Cycle(
      configuration, installation, now: Process.now, isTimed: self == .all, progress: progress)
    cycle.drawsAnew = drawsAnew
    let before = try cycle.previousDegraded()
    if contains(.collect) { try cycle.stage("collect") { try $0.collect() } }
    if contains(.judge) { try cycle.stage("judge") { try $0.judge() } }
    try cycle.stage("commit") { try $0.commit() }
    if contains(.mail) { try cycle.stage("mail") { try $0.mail() } }
    if contains(.report) { try cycle.stage("report") { $0.report() } }
    cycle.keepHouse()
    try cycle.stage("finish") { try $0.commit() }
    progress.end()
    if voice.verbose || StandardStreams.isOutputSeen { StandardStreams.output(cycle.summary) }
    try cycle.end(voice, saidBefore: before)
  }
}

extension Cycle {
  fileprivate func previousDegraded() throws -> Set<String> {
    Set((try? store.runs(limit: 1).first?.degraded) ?? [])
  }

  /// What a person who started the run wants to know.
  fileprivate var summary: String {
    let asked = record.collected + record.failed
    let numbers =
      asked == 0
      ? "Nothing was due" : "Collected \(record.samples) samples from \(record.collected) of \(asked) jobs"
    let slot = "slot \(clockText(record.slot, zone: zone, now: now)) \(zone.abbreviation(at: now))"
    let left = waiting > 0 ? "\nThere was no time for \(waiting) pictures; the next run draws them first." : ""
    return """
      \(runTable(kinds, stages: record.stages))
      \(numbers) for \(slot) in \(durationText(milliseconds: finishedRecord.milliseconds)).
      Report: \(installation.reports)/index.html\(left)
      """
  }

  /// Status 1 and one line for each thing that was not as it should be.
  fileprivate func end(_ voice: Voice, saidBefore: Set<String>) throws {
    guard !record.degraded.isEmpty else { return }
    let lines = record.degraded.filter { !voice.onlyNews || !saidBefore.contains($0) }
    throw Ending(.degraded, lines.map { $0.printable(limit: 2_000) }.joined(separator: "\nredeye: "))
  }
}
