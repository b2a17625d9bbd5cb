import Config
import Model

/// What became of a widget: what it shows, and the same for programs.
struct ShownWidget {
  var heading: String
  /// From the site's root.
  var link: String?
  /// A picture says its heading itself.
  var isHeadingHidden = false
  var note: String?
  /// What stands in its place, for `widget.mustache`: by its kind, all else is left out.
  var body: (kind: Kind, view: View)?
  var rows: [PageData.Row] = []
  /// Why there is nothing to show.
  var problem: String?

  enum Kind: String, CaseIterable { case picture, number, table, bars, hosts, problems, objectives, prose }

  init(_ heading: String, link: String? = nil) {
    self.heading = heading
    self.link = link
  }

  mutating func show(_ kind: Kind, _ view: View, rows: [PageData.Row]) {
    body = (kind, view)
    self.rows = rows
  }
}

/// A page of one's own for programs, `pages/NAME.json`; `schema` counts up when a key changes its meaning or goes.
struct PageData: Encodable {
  struct Row: Encodable {
    var name: String
    var state: String?
    var value: Double?
    var unit: String?
    var text: String?
    /// From the site's root.
    var page: String?
  }

  struct Widget: Encodable {
    var kind: String
    var title: String
    var tab: String?
    var fold: String?
    var problem: String?
    var rows: [Row]
  }

  var schema = 1
  var name: String
  var title: String
  var generated: String
  var dataUntil: String?
  var widgets: [Widget]
}

extension Widget.Content {
  /// Its word in the configuration.
  var word: String {
    switch self {
    case .graph: "graph"
    case .value: "value"
    case .formula: "formula"
    case .table: "table"
    case .top: "top"
    case .status: "status"
    case .problems: "problems"
    case .objectives: "objectives"
    case .calendar: "calendar"
    case .text: "text"
    }
  }
}

extension Press {
  /// A widget on a page, worked out; its pictures are seen to, and the chapter of the page is open.
  mutating func shown(_ widget: Widget, on page: OwnPage) -> ShownWidget {
    let isWide = page.width(of: widget) >= 700
    switch widget.content {
    case .graph(let name, let period): return graphWidget(name, period, isWide: isWide, on: page)
    case .value(let series, let thresholds): return valueWidget(series, thresholds, on: page)
    case .formula(let formula, let unit, let thresholds):
      return formulaWidget(formula, unit, thresholds, on: page)
    case .table(let selector, let columns, let ranking): return tableWidget(selector, columns, ranking, on: page)
    case .top(let selector, let ranking): return topWidget(selector, ranking)
    case .status(let hosts): return statusWidget(hosts)
    case .problems(let hosts): return problemsWidget(hosts)
    case .objectives(let names): return objectivesWidget(names, isWide: page.width(of: widget) >= 500)
    case .calendar(let name, let cells): return calendarWidget(name, cells, isWide: isWide, on: page)
    case .text(let text): return textWidget(text, on: page)
    }
  }
}

extension OwnPage {
  /// In CSS pixels, on a wide screen: content is 1160 wide, with 40 between columns.
  func width(of widget: Widget) -> Int {
    let column = (1_160 - 40 * (columns - 1)) / columns
    return column * widget.span + 40 * (widget.span - 1)
  }
}
