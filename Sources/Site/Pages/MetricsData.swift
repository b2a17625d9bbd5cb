import Foundation
import Model

extension Press {
  /// `metrics/NAME.json`
  func metricData(_ name: String, _ figures: [DayFigure]) -> some Encodable {
    MetricData(
      metric: name, generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
      series: figures.map {
        MetricData.Series(
          series: $0.entry.series.description, unit: $0.entry.unit.symbol, now: $0.now, average: $0.average,
          highest: $0.highest, staleSince: $0.staleSince.map(stampText))
      })
  }

  func csv(_ figures: [DayFigure]) -> String {
    func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }
    let rows = figures.map { figure -> [String] in
      let series = figure.entry.series
      let names = [series.host, series.job, series.instance ?? "", series.metric, figure.entry.unit.symbol]
      return names.map { csvField($0.printable()) } + [figure.now, figure.average, figure.highest].map(text)
    }
    return csvText([["host", "job", "instance", "metric", "unit", "now", "average", "highest"]] + rows)
  }

  /// `metrics/index.json`
  func listData(_ metrics: ArraySlice<Metric>) -> some Encodable {
    MetricListData(
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
      metrics: metrics.map {
        MetricListData.Metric(
          name: $0.name, units: $0.units, series: $0.entries.count, hosts: $0.hosts, page: metricPath($0.name))
      })
  }

  func csv(_ metrics: ArraySlice<Metric>) -> String {
    let rows = metrics.map { metric -> [String] in
      [csvField(metric.name.printable()), csvField(metric.units.joined(separator: " ").printable())]
        + ["\(metric.entries.count)", "\(metric.hosts)"]
    }
    return csvText([["metric", "units", "series", "hosts"]] + rows)
  }
}

private struct MetricData: Encodable {
  struct Series: Encodable {
    var series: String
    var unit: String
    var now: Double?
    /// Of the last 24 hours.
    var average: Double?
    /// The highest mean of five minutes.
    var highest: Double?
    var staleSince: String?
  }

  var schema = 1
  var metric: String
  var generated: String
  var dataUntil: String?
  var series: [Series]
}

private struct MetricListData: Encodable {
  struct Metric: Encodable {
    var name: String
    var units: [String]
    var series: Int
    var hosts: Int
    var page: String
  }

  var schema = 1
  var generated: String
  var dataUntil: String?
  var metrics: [Metric]
}
