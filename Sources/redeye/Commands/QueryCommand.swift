import ArgumentParser
import Config
import Model
import Platform
import Series
import State

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Print samples of series.",
    discussion: """
      A selector is a series, host/job/metric or host/job/instance/metric, with “*” for any run of characters in one
      part and “**” for all that follows: “localhost/system/load1”, “*/ping/loss”, “router1/**”.
      """)

  @Argument(help: "Which series.") var selector: String
  // Unconditional, so that “-1h” is told what is wrong with it.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far back from now: 5m, 1h, 30d; an hour if not given.", valueName: "duration"),
    transform: DurationArgument.parse)
  var last = DurationArgument(seconds: 3_600)
  @Flag(help: "One JSON object a line for each series.") var json = false
  @Flag(help: "Comma-separated values: series, slot, value.") var csv = false
  @Flag(help: "Not the samples but the RRD file and data source of each series.") var files = false
  @OptionGroup var configuration: ConfigurationOption

  func validate() throws {
    guard [json, csv, files].count(where: { $0 }) <= 1 else {
      throw ValidationError("--json, --csv and --files exclude each other")
    }
  }

  func run() throws {
    let running = try RunningConfiguration.load(try configuration.path())
    let installation = Installation(running.plan.settings)
    let catalogue = try installation.sharedState().catalogue()
    let selector = Selector(selector)
    let entries = catalogue.values.filter { selector.matches($0.series) }.sorted { $0.series < $1.series }
    guard !entries.isEmpty else { throw Ending(.refused, nothing(among: catalogue)) }
    let store = installation.series(running.plan.settings.retention)
    if csv { StandardStreams.output("series,slot,value") }
    for entry in entries {
      if files {
        StandardStreams.output("\(entry.series)\t\(store.path(entry.file))\t\(entry.source)")
      } else {
        for window in try store.windows(entry, span(step: entry.step)) where !window.samples.isEmpty {
          StandardStreams.output(json ? window.json : csv ? window.csv : window.text(running.plan.settings.zone))
        }
      }
    }
  }

  /// The slots of the last so many seconds, the running one included.
  private func span(step: Int) -> Span {
    let end = Process.now.slot(step: step) + step
    let slots = max(1, (last.seconds + step - 1) / step)
    return Span(from: end - slots * step, to: end)
  }

  private func nothing(among catalogue: Catalogue) -> String {
    let what = "no series is called “\(selector.printable(limit: 200))”"
    guard let near = Nearest.candidate(to: selector, in: catalogue.keys.map(\.description)) else {
      return catalogue.isEmpty
        ? "\(what): nothing has been collected yet" : "\(what); “redeye query '**' --files” lists them"
    }
    return "\(what); did you mean “\(near)”?"
  }
}

extension SeriesWindow {
  /// `{"series": …, "step": …, "unit": …, "samples": [[slot, value or null], …]}` on one line.
  var json: String {
    let samples = samples.map { "[\($0.slot.seconds), \($0.value.map { "\($0)" } ?? "null")]" }
    return "{\"series\": \(jsonString(series.description)), \"step\": \(step), \"unit\": \(jsonString(unit.symbol)), "
      + "\"samples\": [\(samples.joined(separator: ", "))]}"
  }

  var csv: String {
    let name = csvField(series.description)
    return samples.map { "\(name),\($0.slot.seconds),\($0.value.map { "\($0)" } ?? "")" }.joined(separator: "\n")
  }

  func text(_ zone: Zone) -> String {
    let lines = samples.map { sample in
      "  \(stampText(sample.slot, zone))  \(sample.value.map { "\($0)" } ?? "unknown")"
    }
    let unit = unit.symbol.isEmpty ? "" : " (\(unit.symbol))"
    return (["\(series.description.printable())\(unit)"] + lines).joined(separator: "\n")
  }
}

/// `2026-05-21 14:05:00 CEST`.
func stampText(_ instant: Instant, _ zone: Zone) -> String {
  let civil = zone.civil(instant)
  return
    "\(dateText(civil)) \(padded(civil.hour, to: 2)):\(padded(civil.minute, to: 2)):\(padded(civil.second, to: 2)) "
    + zone.abbreviation(at: instant)
}
