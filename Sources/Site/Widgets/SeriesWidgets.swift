import Config
import Graph
import Model

extension Press {
  /// A series in a table or among bars.
  private struct Ranked {
    var label: String
    var entry: CatalogueEntry
    var now: Double?
  }

  mutating func tableWidget(
    _ selector: Selector, _ columns: [Widget.Column], _ ranking: Widget.Ranking, on page: OwnPage
  ) -> ShownWidget {
    var shown = ShownWidget(selector.text)
    let (ranked, rest) = ranked(selector, ranking)
    guard !ranked.isEmpty else {
      shown.problem = noSeries(selector)
      return shown
    }
    var rows: [View] = []
    for one in ranked { rows.append(tableRow(one, columns, on: page)) }
    shown.note = left(rest)
    shown.show(
      .table,
      [
        "heads": columns.map { ["name": title(of: $0), "spark": $0 == .sparkline] as View }, "rows": rows,
      ], rows: ranked.map(row))
    return shown
  }

  private func title(of column: Widget.Column) -> String {
    switch column {
    case .now: "Now"
    case .average: "Average"
    case .highest: "Highest"
    case .lowest: "Lowest"
    case .sparkline: "24 h"
    }
  }

  private mutating func tableRow(_ one: Ranked, _ columns: [Widget.Column], on page: OwnPage) -> View {
    let isOfDay = columns.contains { $0 != .now && $0 != .sparkline }
    let day = isOfDay ? day(of: one.entry).compactMap(\.value) : []
    var cells: [View] = []
    for column in columns {
      let text: String? =
        switch column {
        case .now: valueText(one.now, one.entry.unit)
        case .average:
          valueText(day.isEmpty ? nil : day.reduce(0) { $0 + $1 / Double(day.count) }, one.entry.unit)
        case .highest: valueText(day.max(), one.entry.unit)
        case .lowest: valueText(day.min(), one.entry.unit)
        case .sparkline: nil
        }
      let spark = text == nil ? widgetSpark(one.entry, on: page, now: one.now, subject: one.label) : ""
      cells.append(["text": text.orFalse, "now": column == .now, "spark": spark])
    }
    return ["label": one.label, "path": path(of: one.entry), "cells": cells]
  }

  func topWidget(_ selector: Selector, _ ranking: Widget.Ranking) -> ShownWidget {
    var shown = ShownWidget(selector.text)
    let (ranked, rest) = ranked(selector, ranking)
    guard !ranked.isEmpty else {
      shown.problem = noSeries(selector)
      return shown
    }
    let most = ranked.compactMap(\.now).max() ?? 0
    shown.note = left(rest)
    shown.show(
      .bars,
      [
        "rows": ranked.map { one in
          let share = most > 0 ? min(max((one.now ?? 0) / most, 0), 1) : 0
          return [
            "label": one.label, "path": path(of: one.entry), "value": valueText(one.now, one.entry.unit),
            "width": pixels(share * 100),
          ] as View
        }
      ], rows: ranked.map(row))
    return shown
  }

  // MARK: Which come first

  /// Those that come first, and how many are left.
  private func ranked(_ selector: Selector, _ ranking: Widget.Ranking) -> ([Ranked], rest: Int) {
    let entries = known.series(of: selector, in: input.catalogue)
    let labels = seriesLabels(entries) { known.hostNames[$0]?.title ?? $0 }
    let shown = ranking.order == .name ? ranking.count : entries.count
    let all = zip(entries, labels).prefix(shown).map { Ranked(label: $1, entry: $0, now: latest($0)) }
    let first = ordered(all, ranking.order).prefix(ranking.count)
    return (Array(first), entries.count - first.count)
  }

  /// What is not known now comes last.
  private func ordered(_ all: [Ranked], _ order: Widget.Ranking.Order) -> [Ranked] {
    guard order != .name else { return all }
    return all.enumerated().sorted { one, other in
      switch (one.element.now, other.element.now) {
      case (let left?, let right?) where left != right: (left < right) == (order == .least)
      case (.some, nil): true
      case (nil, .some): false
      default: one.offset < other.offset
      }
    }.map(\.element)
  }

  private func left(_ rest: Int) -> String? { rest > 0 ? "and \(countText(rest)) more" : nil }

  private func noSeries(_ selector: Selector) -> String {
    selector.isExact
      ? "Nothing of “\(selector.text)” has been measured yet." : "No series fits “\(selector.text)” yet."
  }

  private func path(of entry: CatalogueEntry) -> Any {
    known.hostNames[entry.series.host].map { hostPath($0.name) }.orFalse
  }

  private func row(_ one: Ranked) -> PageData.Row {
    PageData.Row(
      name: one.entry.series.description, value: one.now, unit: one.entry.unit.symbol,
      page: known.hostNames[one.entry.series.host].map { hostPath($0.name) })
  }
}
