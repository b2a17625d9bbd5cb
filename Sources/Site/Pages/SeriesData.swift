import Config
import Foundation
import Model
import SLA

extension Press {
  /// `series/HOST/PLOT.json`
  func data(_ subject: SeriesSubject, _ figures: [SeriesFigures]) -> some Encodable {
    SeriesData(
      host: subject.plot.job.host, title: subject.plot.title, instance: subject.plot.instance,
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
      series: figures.map { one in
        SeriesData.Series(
          series: one.entry.series.description, label: one.label, unit: one.entry.unit.symbol,
          stepSeconds: one.entry.step, file: one.entry.file, source: one.entry.source, now: one.now,
          periods: one.rows.map(period))
      },
      objectives: subject.judges.map {
        SeriesData.Objective(
          name: $0.objective.name, title: $0.objective.title, standing: StateMark($0.figure?.standing).word,
          page: objectivePath($0.objective))
      })
  }

  private func period(_ row: SeriesFigures.Row) -> SeriesData.Period {
    SeriesData.Period(
      seconds: row.period.seconds, lowest: row.lowest, average: row.average, percentile95: row.percentile95,
      highest: row.highest, highestAt: row.highestAt.map(stampText), samples: row.count, expected: row.expected,
      sampleSeconds: row.step)
  }

  /// Single slots of the last 24 hours, a row for each time a series has one; an empty field is unknown.
  func table(of figures: [SeriesFigures]) -> String {
    let columns = figures.map { one in
      Dictionary(one.day.map { ($0.slot, $0.value) }) { first, _ in first }
    }
    let head = ["time"] + figures.map { csvField($0.entry.series.description.printable()) }
    let slots = Set(figures.flatMap { $0.day.map(\.slot) }).sorted()
    return csvText(
      [head]
        + slots.map { slot in
          [stampText(slot)] + columns.map { column in (column[slot] ?? nil).map { "\($0)" } ?? "" }
        })
  }
}

private struct SeriesData: Encodable {
  struct Period: Encodable {
    var seconds: Int
    var lowest: Double?
    var average: Double?
    /// Nearest rank over single slots, where these are kept for all of the time.
    var percentile95: Double?
    var highest: Double?
    var highestAt: String?
    var samples: Int
    var expected: Int
    var sampleSeconds: Int
  }

  struct Series: Encodable {
    var series: String
    var label: String
    var unit: String
    var stepSeconds: Int
    var file: String
    var source: String
    var now: Double?
    var periods: [Period]
  }

  struct Objective: Encodable {
    var name: String
    var title: String
    var standing: String
    var page: String
  }

  var schema = 1
  var host: String
  var title: String
  var instance: String?
  var generated: String
  var dataUntil: String?
  var series: [Series]
  var objectives: [Objective]
}
