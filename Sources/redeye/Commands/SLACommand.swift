import ArgumentParser
import Config
import Model
import Platform
import SLA
import State

struct SLACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sla", abstract: "Figures of the objectives.",
    subcommands: [SLAListCommand.self, SLAShowCommand.self])
}

struct SLAListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print every objective with its figure so far.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    guard !plan.objectives.isEmpty else { throw Ending(.refused, "the configuration has no objectives (“slas:”)") }
    let figures = Figures(plan, try Installation(plan.settings).sharedState())
    let rows = try plan.objectives.map { try row($0, figures.now($0, at: Process.now)) }
    StandardStreams.output(table([["objective", "state", "target", "so far", "left", "coverage", "window"]] + rows))
  }

  private func row(_ objective: Objective, _ figure: Figure?) -> [String] {
    guard let figure else {
      return [objective.name, "not judged yet", objective.targetText, noNumber, noNumber, noNumber, noNumber]
    }
    return [
      objective.name, figure.standing.words, objective.targetText, figure.markedAvailabilityText,
      "\(exactDurationText(figure.left)) of \(exactDurationText(figure.budget))", figure.coverageText,
      figure.windowLabel,
    ]
  }
}

struct SLAShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the sum of an objective's ledger over a window, and its bad and unknown time."
  )

  @Argument(help: "An objective.") var objective: String
  @Argument(help: "now, last, 2026, 2026-Q4, 2026-10, 2026-W43, 2026-10-31, or a rolling 30d.") var window = "now"
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    guard let objective = plan.objectives.first(where: { $0.name == self.objective }) else {
      let near = Nearest.candidate(to: self.objective, in: plan.objectives.map(\.name)).map {
        "; did you mean “\($0)”?"
      }
      throw Ending(.refused, "there is no objective “\(self.objective.printable(limit: 100))”" + (near ?? ""))
    }
    let figures = Figures(plan, try Installation(plan.settings).sharedState())
    do {
      let named = try namedWindow(window, of: objective.window, now: Process.now, zone: plan.settings.zone)
      StandardStreams.output(try describe(objective, named, figures))
    } catch let error as WindowNameError {
      throw Ending(.refused, "\(error)")
    }
  }

  private func describe(_ objective: Objective, _ named: NamedWindow, _ figures: Figures) throws -> String {
    let (figure, ledger) = try figures.figure(objective, named, at: Process.now)
    let zone = figures.plan.settings.zone
    guard let figure else { return "\(objective.title): nothing was judged in \(named.label)" }
    let sum = table(
      [
        ["service", exactDurationText(figure.service), stretch(figure, zone)],
        ["good", exactDurationText(figure.good), ""], ["bad", exactDurationText(figure.bad), ""],
        ["unknown", exactDurationText(figure.unknown), ""],
        ["excluded", exactDurationText(figure.excluded), "not part of the service time"],
        ["so far", figure.markedAvailabilityText, "target \(objective.targetText)"],
        ["coverage", figure.coverageText, figure.isVoid ? "under the agreed coverage: this figure is void" : ""],
        ["budget", exactDurationText(figure.budget), basis(objective, figure)],
        ["left", exactDurationText(figure.left), "the budget less the bad time"],
      ])
    let intervals = ledger.filter { $0.verdict == .bad || $0.verdict == .unknown }.map { interval in
      [
        interval.verdict.rawValue, stampText(interval.span.from, zone), exactDurationText(interval.span.seconds),
        interval.cause.printable(),
      ]
    }
    let detail = intervals.isEmpty ? "No bad and no unknown time." : table(intervals)
    return "\(objective.title.printable()): \(figure.standing.words), \(named.label)\n\(sum)\n\n\(detail)"
  }
}

/// What was counted; where that begins inside the window, since when.
private func stretch(_ figure: Figure, _ zone: Zone) -> String {
  let begins = figure.inServiceSince == nil ? "" : ", the first slot judged,"
  return "from \(stampText(figure.countedFrom, zone))\(begins) to \(stampText(figure.until, zone))"
}

/// What the budget is a share of.
private func basis(_ objective: Objective, _ figure: Figure) -> String {
  let whole = durationText(figure.wholeService)
  return "\(allowedShare(objective.target)) of \(whole), the service time in all of \(figure.windowLabel)"
}

/// Columns two blanks apart, cut at the end of each line.
func table(_ rows: [[String]]) -> String {
  (tableLines(rows) ?? []).joined().joined(separator: "\n")
}
