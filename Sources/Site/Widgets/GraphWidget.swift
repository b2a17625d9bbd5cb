import Config
import Graph
import Model

extension Press {
  mutating func graphWidget(
    _ name: Widget.GraphName, _ period: Widget.Period, isWide: Bool, on page: OwnPage
  ) -> ShownWidget {
    let period = Period(rawValue: period.rawValue) ?? .day
    switch name {
    case .own(let name): return ownGraphWidget(name, period, isWide: isWide, on: page)
    case .ofJob(let row, let name): return jobGraphWidget(row, name, period, isWide: isWide, on: page)
    }
  }

  // MARK: Graphs without a job

  private mutating func ownGraphWidget(
    _ name: String, _ period: Period, isWide: Bool, on page: OwnPage
  ) -> ShownWidget {
    guard let graph = input.plan.ownGraphs.first(where: { $0.name == name }) else {
      var shown = ShownWidget(name)
      shown.problem = "There is no graph “\(name)”."
      return shown
    }
    var shown = ShownWidget(graph.title, link: ownGraphPath(graph))
    shown.isHeadingHidden = true
    let read = entries(of: graph)
    let other = OtherPicture(chapter: chapterName(graph), base: "\(folder(graph))/view-\(period.rawValue)")
    let picture = widgetPicture(
      other, isWide: isWide, name: "graph-\(fileName(name))-\(period.rawValue)",
      definition: looks(of: graph, read).value,
      slot: newest(read), every: period.renewal, alt: "\(graph.title), \(period.words)", on: page
    ) { $0.ownChart(graph, period).chart(zone: $0.words.zone) }
    shown.show(.picture, ["picture": picture], rows: [row(graph.title, period, ownGraphPath(graph))])
    return shown
  }

  private func row(_ name: String, _ period: Period, _ page: String) -> PageData.Row {
    PageData.Row(name: name, text: period.words, page: page)
  }

  // MARK: Graphs of jobs

  private mutating func jobGraphWidget(
    _ row: RowID, _ name: String, _ period: Period, isWide: Bool, on page: OwnPage
  ) -> ShownWidget {
    let host = row.job.host
    guard let plot = plot(row, name) else {
      var shown = ShownWidget("\(row)/\(name)", link: hostPath(host))
      shown.problem = "Nothing of “\(row)/\(name)” has been measured yet."
      return shown
    }
    let title = title(of: plot, host: host)
    var shown = ShownWidget(title, link: hostPath(host))
    shown.isHeadingHidden = true
    let base = "\(fileName(host))/\(plot.name)-\(period.rawValue)"
    let picture = widgetPicture(
      OtherPicture(chapter: host, base: "g/\(base)"), isWide: isWide,
      name: "host-\(fileName("\(row)/\(name)"))-\(period.rawValue)", definition: definition(of: plot, host: host).value,
      slot: slot(of: plot.job), every: period.renewal, alt: "\(title), \(period.words)", on: page
    ) { $0.chart(plot, host: host, period) }
    shown.show(.picture, ["picture": picture], rows: [self.row(title, period, hostPath(host))])
    return shown
  }

  /// The picture of a graph definition by its name, or the one that shows a metric.
  private func plot(_ row: RowID, _ name: String) -> Plot? {
    let gallery = gallery(of: row.job.host)
    let all = gallery.plots + gallery.helpers + gallery.groups.flatMap(\.allPlots)
    let own = all.filter { $0.job == row.job && $0.instance == row.instance }
    let definition = (known.graphs[row.job.host] ?? []).first { $0.job == row.job && $0.name == name }
    let named = own.first { plot in definition.map { plot.name == plotName($0, row.instance) } ?? false }
    return named
      ?? own.first { plot in
        (plot.entries + [plot.loss].compactMap(\.self)).contains { $0.series.metric == name }
      }
  }
}
