import Config
import Model

extension Press {
  /// Rows on one page of the list of hosts.
  static let rowsPerPage = 500

  /// `hosts/index.html`, `hosts/index-2.html` …: every host by group.
  mutating func hostLists() {
    let hosts = input.plan.hosts
    let pages = max(1, (hosts.count + Press.rowsPerPage - 1) / Press.rowsPerPage)
    for number in 1...pages {
      let first = (number - 1) * Press.rowsPerPage
      let shown = Array(hosts[first..<min(first + Press.rowsPerPage, hosts.count)])
      hostList(shown, number: number, of: pages)
    }
  }

  private mutating func hostList(_ hosts: [Host], number: Int, of pages: Int) {
    let definition = definition(of: hosts, pages)
    if keeps(hostListPath(number), definition) { return }
    let head = PageHead(
      path: hostListPath(number), title: "Hosts", section: .hosts, template: "hosts", data: "index")
    let links = (1...pages).map { page -> View in
      ["number": page, "path": hostListPath(page), "current": page == number]
    }
    page(
      head,
      [
        "groups": hostGroups(hosts, root: "../").orFalse,
        "hostnote": "\(counted(input.plan.hosts.count, "host")); small graphs show the last 24 hours",
        "pages": pages > 1 ? links as Any : false,
        "removed": number == pages ? removedLinks(.host).orFalse : false,
      ], definition: definition)
  }

  /// What a list of hosts shows is in their chapters too.
  private func definition(of hosts: [Host], _ pages: Int) -> UInt64 {
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(edition)))
    definition.add(pages)
    for removed in shownRemoved where removed.kind == .host {
      definition.add(removed.title)
      definition.add(removed.missedAt)
    }
    for host in hosts { definition.add(Int(bitPattern: UInt(definitions[host.name] ?? 0))) }
    return definition.value
  }

  private func hostListPath(_ number: Int) -> String {
    number == 1 ? "hosts/index.html" : "hosts/index-\(number).html"
  }

  /// The place in the list where a group begins.
  func hostListPath(ofGroup group: [String]) -> String {
    let first = input.plan.hosts.firstIndex { $0.group == group } ?? 0
    return "\(hostListPath(first / Press.rowsPerPage + 1))#\(groupID(group))"
  }

  private func groupID(_ group: [String]) -> String { "g-\(fileName(group.joined(separator: "/")))" }

  private func groupTitle(_ group: [String]) -> String { group.isEmpty ? "hosts" : group.joined(separator: " › ") }

  /// Groups in the order of the plan, for `hosttable.mustache`; inside a group what is not ok comes first.
  mutating func hostGroups(_ hosts: [Host], root: String) -> [View] {
    var views: [View] = []
    for (group, hosts) in grouped(hosts) {
      let rows = hosts.enumerated().map { ($0.offset, $0.element, state(of: $0.element)) }
        .sorted { ($0.2.order, $0.0) < ($1.2.order, $1.0) }
      let keys = rows.map { keySeries(of: $0.1) }
      let width = max(keys.map(\.count).max() ?? 0, 1)
      let titles = (0..<width).map { column in columnTitle(keys.map { $0.dropFirst(column).first?.label }) }
      var cells: [View] = []
      for (row, keys) in zip(rows, keys) { cells.append(hostRow(row.1, row.2, keys, titles, root: root)) }
      views.append([
        "id": groupID(group), "group": groupTitle(group), "summary": summary(rows.map(\.2)),
        "titles": titles.map { ["name": $0.orFalse] as View }, "hosts": cells,
      ])
    }
    return views
  }

  private func grouped(_ hosts: [Host]) -> [([String], [Host])] {
    var order: [[String]] = []
    var groups: [[String]: [Host]] = [:]
    for host in hosts {
      if groups[host.group] == nil { order.append(host.group) }
      groups[host.group, default: []].append(host)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  /// `5 hosts, 1 degraded`
  func summary(_ states: [HostState]) -> String {
    let words = states.map(\.mark.word)
    let others = ["down", "degraded", "unknown", "not measured", "no data yet"].compactMap { word -> String? in
      let number = words.count { $0 == word }
      return number == 0 ? nil : "\(number) \(word)"
    }
    let hosts = counted(states.count, "host")
    if Set(words).count == 1, let word = words.first { return "\(hosts), \(states.count == 1 ? "" : "all ")\(word)" }
    return ([hosts] + others).joined(separator: ", ")
  }

  /// One line a group, for an overview that has too many hosts to name each.
  var groupSummary: [View] {
    grouped(input.plan.hosts).map { group, hosts in
      let states = hosts.map { ($0, state(of: $0)) }
      let troubled = states.filter { $0.1.mark.shape != .good }.sorted { $0.1.order < $1.1.order }
      return [
        "group": groupTitle(group), "path": hostListPath(ofGroup: group), "summary": summary(states.map(\.1)),
        "troubled": troubled.prefix(12).map { host, state in
          ["title": host.title, "path": hostPath(host.name), "state": state.mark.view] as View
        }.orFalse,
      ]
    }
  }
}

/// A series that stands for a host in a list.
struct KeySeries {
  var label: String
  var entry: CatalogueEntry
}

extension Press {
  /// The first lines of the first two pictures that have data.
  func keySeries(of host: Host) -> [KeySeries] {
    let gallery = gallery(of: host.name)
    let all = gallery.plots + gallery.groups.compactMap(\.plots.first)
    // How long a host is up stands for nothing that changes.
    let plots = all.filter { $0.lines.first?.entry?.series.metric != "uptime" }
    let keys = plots.compactMap { plot in
      plot.lines.first.flatMap { line in line.entry.map { KeySeries(label: label(of: plot, line), entry: $0) } }
    }
    let loss = plots.compactMap(\.loss).map { KeySeries(label: "Loss", entry: $0) }
    return Array((keys + loss).prefix(2))
  }

  func gallery(of host: String) -> Gallery {
    Site.gallery(
      of: host, jobs: known.jobs[host] ?? [], definitions: known.graphs[host] ?? [],
      entries: known.entries[host] ?? [])
  }

  private func label(of plot: Plot, _ line: Plot.Line) -> String {
    if plot.kind == .latency { return "Round trip" }
    return plot.lines.count == 1 ? plot.title : "\(plot.title) \(line.label.lowercased())"
  }

  /// What the hosts of a group share; else each says it for itself.
  private func columnTitle(_ labels: [String?]) -> String {
    let known = Set(labels.compactMap { $0 })
    return known.count == 1 ? known.first ?? "" : ""
  }

  private mutating func hostRow(
    _ host: Host, _ state: HostState, _ keys: [KeySeries], _ titles: [String], root: String
  ) -> View {
    var cells: [View] = []
    for column in titles.indices {
      guard column < keys.count else {
        cells.append(["value": false, "label": false, "spark": ""])
        continue
      }
      let key = keys[column]
      cells.append([
        "value": valueText(spark(key.entry).now, key.entry.unit),
        "label": titles[column].isEmpty ? key.label as Any : false,
        "spark": sparkView(key.entry, root: root, subject: "\(host.title) \(key.label)"),
      ])
    }
    return [
      "title": host.title, "path": hostPath(host.name), "state": state.mark.view,
      "calm": state.mark.shape == .good, "cells": cells,
      "since": state.since.map { durationText(input.now - $0) }.orFalse,
    ]
  }
}
