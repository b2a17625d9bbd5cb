import ArgumentParser
import Model
import Platform

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Live through five weeks of a simulated fleet, and show its site.",
    discussion: """
      Nothing is measured and nothing sent: readings of routers, switches, web sites, mail and power supplies are made \
      up, with failures among them, and go through journal, series, verdicts, incidents, mail and pages as others do. \
      Mail is written into files. What a demo of before has left in the folder is made anew; a folder with anything \
      else in it is left alone.
      """)

  @Argument(help: "The folder; made if need be.") var folder = "redeye-demo"
  @Option(help: ArgumentHelp("Days to live through, 1 to 40.", valueName: "N")) var days = 35
  @Option(
    help: ArgumentHelp(
      "When the last run was, such as 2026-05-21T14:04:00Z, in the zone of Berlin without an offset; just now if not given.",
      valueName: "TIME"))
  var until: String?
  @Option(help: ArgumentHelp("Another number is another fleet's noise; the story stays.", valueName: "N"))
  var seed: UInt64 = 1

  func run() throws {
    guard (1...40).contains(days) else { throw Ending(.refused, "--days goes from 1 to 40") }
    let started = Clock.monotonic()
    let end = try end()
    let home = DemoFolder(Paths.absolute(folder))
    let progress = RunProgress()
    defer { progress.end() }
    var rehearsal = try home.rehearsal(until: end, days: days, seed: seed, progress)
    defer { withExtendedLifetime(rehearsal.lock) {} }
    try rehearsal.live()
    try rehearsal.show()
    progress.end()
    StandardStreams.output(
      try rehearsal.summary(seconds: Clock.monotonic() - started) + "\nReport: \(home.path)/reports/index.html")
    if let problem = rehearsal.problems.first { throw Ending(.degraded, problem) }
  }

  private func end() throws -> Instant {
    // By then every job of five minutes has had its turn.
    guard let until else { return Process.now.slot(step: 300) - 60 }
    let shown = until.printable(limit: 60)
    guard let zone = Zone("Europe/Berlin"), let end = Moment(until)?.instant(in: zone) else {
      throw Ending(.refused, "“\(shown)” is no point in time; write it like 2026-12-24 18:00, or 2026-12-24T18:00:00Z")
    }
    // Years whose every date has four digits, with room to look back.
    guard end > Instant(31_536_000), end < Instant(4_102_444_800) else {
      throw Ending(.refused, "--until goes from 1971 to 2099")
    }
    return end
  }
}
