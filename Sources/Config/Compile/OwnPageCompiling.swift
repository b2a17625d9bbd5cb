internal import Model
internal import YAML

extension Workshop {
  /// The pages of `pages:`, each held against everything it names.
  func ownPages(_ targets: PageTargets) -> [OwnPage] {
    items(of: "pages", noun: "pages").filter { !$0.isBroken }.compactMap { ownPage($0, targets) }
  }

  private func ownPage(_ item: Item, _ targets: PageTargets) -> OwnPage? {
    if item.name == "index" {
      findings.error(
        "“index” is the page that lists them all", at: item.place, in: item.crumb, help: "call it otherwise")
    }
    let before = findings.errorCount
    let record = record(item, of: "pages")
    let desk = WidgetDesk(workshop: self, targets: targets, columns: record.int("columns") ?? 3)
    let tabs = record.records("tabs").map { OwnPage.Tab(title: $0.text("title") ?? "", part: part($0, desk)) }
    let page = OwnPage(
      name: item.name, title: record.text("title") ?? item.name, columns: desk.columns, part: part(record, desk),
      tabs: tabs, location: findings.location(item.place, in: item.crumb))
    checkContents(record)
    checkTabs(record)
    return findings.errorCount == before ? page : nil
  }

  private func part(_ record: Record, _ desk: WidgetDesk) -> OwnPage.Part {
    let folds = record.records("folds").map { fold in
      if !fold.hasUnknown, fold.said.contains("widgets"), fold.list("widgets").isEmpty { isEmpty("a fold", fold) }
      return OwnPage.Fold(
        title: fold.text("title") ?? "", isOpen: fold.bool("open"), widgets: desk.widgets(fold))
    }
    return OwnPage.Part(widgets: desk.widgets(record), folds: folds)
  }

  /// The stylesheet knows as many.
  private static let mostTabs = 8

  private func checkTabs(_ record: Record) {
    let tabs = record.records("tabs")
    guard tabs.count > Self.mostTabs else { return }
    findings.error(
      "\(tabs.count) tabs are too many", at: tabs[Self.mostTabs].place, in: tabs[Self.mostTabs].crumb,
      help: "\(Self.mostTabs) are the most; make a further page of the others")
  }

  private func checkContents(_ record: Record) {
    let fields = ["widgets", "folds", "tabs"]
    if !record.hasUnknown, !fields.contains(where: { record.said.contains($0) && !isEmptyList($0, record) }) {
      isEmpty("a page", record)
    }
    for tab in record.records("tabs") where !tab.hasUnknown {
      if !["widgets", "folds"].contains(where: { tab.said.contains($0) && !isEmptyList($0, tab) }) {
        isEmpty("a tab", tab)
      }
    }
  }

  /// A list that could not be read is none.
  private func isEmptyList(_ field: String, _ record: Record) -> Bool {
    if case .list(let list)? = record.given[field]?.value { list.isEmpty } else { false }
  }

  private func isEmpty(_ what: String, _ record: Record) {
    findings.error(
      "\(what) without a widget", at: record.place, in: record.crumb,
      help: "write widgets: [{graph: NAME}, {value: HOST/JOB/METRIC}]")
  }
}
