import Config
import Model

/// What is known of an interface beside its traffic; of a disk nothing of it is, and its columns are left out.
private struct Port {
  var alias: String?
  var state: StateMark?
  /// Bits a second.
  var speed: Double?
  /// The higher 95th percentile of both directions as a share of the speed.
  var use: Double?
  /// Of the last 24 hours, both directions.
  var errors: Int?
}

/// A series of a row, and its 95th percentile.
private struct Shown {
  var entry: CatalogueEntry
  var high: Double?
}

extension Press {
  static let aliasPrefix = "Alias of "

  /// The table of a group of instances: two numbers for each column, what is known of a port, and the first column's
  /// last 24 hours.
  mutating func instanceTable(
    _ group: Gallery.Group, host: Host, page: String, path: (Gallery.Instance) -> String?
  ) -> View {
    let columns = columns(group)
    let aliases = aliases(of: group.job)
    var rows: [View] = []
    var ports: [Port] = []
    for instance in group.instances {
      guard let plot = instance.plots.first else { continue }
      let (cells, shown) = instanceCells(plot, columns)
      let port = port(instance.name, group.job, aliases, shown)
      let picture = shown.first.map {
        sparkView($0.entry, root: Press.root(of: page), subject: "\(instance.name) \(columns.first ?? "")")
      }
      if let first = shown.first { drawSpark(first.entry) }
      ports.append(port)
      rows.append([
        "name": instance.name, "cells": cells, "spark": picture ?? "", "alias": port.alias ?? noNumber,
        "state": (port.state?.view).orFalse, "speed": numberText(port.speed, .bitsPerSecond),
        "use": port.use.map(useView).orFalse, "errors": port.errors.map(countText) ?? noNumber,
        "link": path(instance).map { Press.root(of: page) + $0 } ?? "#\(plot.name)", "way": seriesPath(plot),
      ])
    }
    return [
      "columns": columns, "rows": rows, "aliases": ports.contains { $0.alias != nil },
      "states": ports.contains { $0.state != nil }, "speeds": ports.contains { $0.speed != nil },
      "faults": ports.contains { $0.errors != nil },
    ]
  }

  /// The labels of the first two lines of the group's first picture.
  func columns(_ group: Gallery.Group) -> [String] {
    var seen: Set<String> = []
    let labels = group.instances.compactMap(\.plots.first).flatMap { $0.lines.map(\.label) }
    return Array(labels.filter { seen.insert($0).inserted }.prefix(2))
  }

  private mutating func instanceCells(_ plot: Plot, _ columns: [String]) -> ([View], [Shown]) {
    var cells: [View] = []
    var shown: [Shown] = []
    for label in columns {
      guard let entry = plot.lines.first(where: { $0.label == label })?.entry else {
        cells.append(["now": noNumber, "high": noNumber])
        continue
      }
      let one = Shown(entry: entry, high: high(entry))
      cells.append(["now": valueText(spark(entry).now, entry.unit), "high": valueText(one.high, entry.unit)])
      shown.append(one)
    }
    return (cells, shown)
  }

  private func port(_ name: String, _ job: JobID, _ aliases: [String: String], _ shown: [Shown]) -> Port {
    func entry(_ metric: String) -> CatalogueEntry? {
      input.catalogue[SeriesID(host: job.host, job: job.job, instance: name, metric: metric)]
    }
    let speed = entry("speed").flatMap { $0.unit == .bitsPerSecond ? latest($0) : nil }
    let high = shown.filter { $0.entry.unit == .bitsPerSecond }.compactMap(\.high).max()
    let errors = ["errors-in", "errors-out"].compactMap(entry).compactMap(total)
    return Port(
      alias: aliases[name],
      state: entry("up").flatMap(latest).map { $0 == 1 ? .init(.good, "up") : .init(.off, "down") },
      speed: speed, use: speed.flatMap { speed in high.flatMap { speed > 0 ? $0 / speed : nil } },
      errors: errors.isEmpty ? nil : errors.reduce(0, +))
  }

  /// The alias of each instance, as the job's facts tell them.
  private func aliases(of job: JobID) -> [String: String] {
    let facts = (known.records[job]?.facts ?? []).filter { $0.name.hasPrefix(Press.aliasPrefix) && !$0.text.isEmpty }
    return Dictionary(
      facts.map { (String($0.name.dropFirst(Press.aliasPrefix.count)), $0.text.printable(limit: 80)) }
    ) { first, _ in first }
  }

  /// How many there were in the last 24 hours, from a rate a second.
  private func total(_ entry: CatalogueEntry) -> Int? {
    let end = end(step: entry.step)
    let window = input.window(entry.series, Span(from: end - 86_400, to: end), 300)
    let values = window.samples.compactMap(\.value)
    return values.isEmpty ? nil : Int(min(values.reduce(0, +) * Double(window.step), 1e15).rounded())
  }

  private func useView(_ share: Double) -> View {
    ["width": pixels(min(max(share, 0), 1) * 48), "text": numberText(share * 100, .percent)]
  }
}
