import ArgumentParser
import Config
import Model
import Platform
import Site

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Draw a picture of anything, into a PNG file or the terminal.",
    discussion: """
      A subject is a series, host/job/metric or host/job/instance/metric; a pattern with “*” and “**” for a line each; \
      host/job for the picture the job has on its host's page, host/job/graph, host/job/instance or the host alone for \
      some or all of them; or the name of a graph under “graphs:”. Instead of it --formula takes a formula.

      Several pictures are written into a folder: --output pictures/. Times are like 2026-12-24 18:00, 2026-12-24, \
      18:00, yesterday, or 2h for so long before now, in the timezone of the settings.
      """)

  @Argument(help: "What to draw.") var subject: String?
  @Option(help: ArgumentHelp("A formula to draw instead, such as “'www/ping/median' * 1000”.", valueName: "formula"))
  var formula: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far back: 6h, 1d, 4w; a day if nothing is given.", valueName: "duration"),
    transform: DurationArgument.parse)
  var last: DurationArgument?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("When it begins.", valueName: "time"), transform: TimeArgument.parse)
  var from: TimeArgument?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("When it ends; now if not given.", valueName: "time"),
    transform: TimeArgument.parse)
  var to: TimeArgument?
  @OptionGroup var output: GraphOutput
  @Option(help: ArgumentHelp("Another title.", valueName: "text")) var title: String?
  @Flag(help: "A logarithmic axis.") var log = false
  @OptionGroup var configuration: ConfigurationOption

  mutating func validate() throws {
    // “--terminal SUBJECT” is read as its value.
    if subject == nil, formula == nil { subject = output.takeSubject() }
    try output.validateTerminal()
    if subject == nil, formula == nil {
      throw ValidationError("what to draw is missing: a series, a job as host/job, a graph, or --formula")
    }
    if subject != nil, formula != nil { throw ValidationError("a subject and --formula exclude each other") }
    if last != nil, from != nil, to != nil { throw ValidationError("of --last, --from and --to two are enough") }
  }

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let now = Process.now
    let span = try span(plan.settings, now)
    let desk = try DrawingDesk(plan, over: span, now: now)
    let request = ChartRequest(
      formula.map { .formula($0) } ?? .named(subject ?? ""), span: span, title: title, isLogarithmic: log)
    let found: [RequestedChart]
    do {
      found = try charts(request, from: desk.input(for: subject))
    } catch let error as ChartRequestError {
      throw Ending(.refused, error.description)
    }
    try output.deliver(found, of: subject ?? "the formula")
    for note in Set(found.flatMap(\.notes)).sorted() { StandardStreams.error("redeye: \(note.printable())") }
    let problems = found.flatMap(\.problems)
    if let first = problems.first {
      let more = problems.count > 1 ? ", and \(problems.count - 1) more" : ""
      throw Ending(.degraded, "a line is missing: \(first.printable())\(more)")
    }
  }

  private func span(_ settings: Settings, _ now: Instant) throws -> Span {
    // Just after the newest slot there can be, so that it is in.
    let end = try to?.instant(in: settings.zone, now: now) ?? now.slot(step: min(settings.step, 60)) + 1
    let length = last?.seconds ?? 86_400
    guard let start = try from?.instant(in: settings.zone, now: now) else { return Span(from: end - length, to: end) }
    let span = Span(from: start, to: last.map { start + $0.seconds } ?? end)
    guard !span.isEmpty else {
      throw Ending(
        .refused,
        "the picture would end (\(stampText(span.to, settings.zone))) before it begins "
          + "(\(stampText(span.from, settings.zone)))")
    }
    return span
  }
}
