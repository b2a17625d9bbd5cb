import Config
import Foundation
import Graph
import Model

extension Press {
  /// `pages/index.html`: the pages somebody put together.
  mutating func ownPageList() {
    let pages = input.plan.ownPages
    guard !pages.isEmpty else { return }
    page(
      PageHead(path: "pages/index.html", title: "Pages", section: .pages, template: "ownpages"),
      [
        "count": counted(pages.count, "page"),
        "pages": pages.map { page in
          [
            "title": page.title, "path": ownPagePath(page), "tabs": listed(page.tabs.map(\.title)).orFalse,
            "where": page.location.description,
          ] as View
        },
      ])
  }

  /// `pages/NAME.html`, the pictures only it has, and a JSON file beside it.
  mutating func ownPageChapter(_ page: OwnPage) {
    let needs = needs(of: page)
    chapter(chapterName(page), needs.definition) { press in
      press.ownPage(page, needs)
    }
  }

  func ownPagePath(_ page: OwnPage) -> String { "pages/\(fileName(page.name)).html" }

  func chapterName(_ page: OwnPage) -> String { "/pages/\(page.name)" }

  private mutating func ownPage(_ page: OwnPage, _ needs: PageNeeds) {
    var made = MadePage(page: page)
    let body = part(page.part, of: page, in: &made, tab: nil)
    var tabs: [View] = []
    for (index, tab) in page.tabs.enumerated() {
      let view = part(tab.part, of: page, in: &made, tab: tab.title)
      tabs.append(view.merging(["id": "tab-\(index + 1)", "title": tab.title]) { $1 })
    }
    self.page(
      PageHead(
        path: ownPagePath(page), title: page.title, section: .pages, template: "ownpage", until: needs.until,
        next: needs.next),
      [
        "crumbs": crumbs(page), "name": page.title, "body": [body], "tabs": tabs.orFalse, "columns": page.columns,
        "file": fileName(page.name), "where": page.location.description,
      ])
    put("pages/\(fileName(page.name)).json", json(made.data(input, title: page.title)))
  }

  private func crumbs(_ page: OwnPage) -> [View] {
    [fileNameOfConfiguration, "pages", page.name].enumerated().map { index, part in
      let link: Any = [0: "index.html", 1: "pages/index.html"][index].orFalse
      return ["text": part, "link": link, "first": index == 0]
    }
  }

  // MARK: Widgets

  /// A page while it is put together.
  private struct MadePage {
    let page: OwnPage
    /// Widgets so far; their numbers are their places on the page.
    var widgets: [PageData.Widget] = []

    func data(_ input: SiteInput, title: String) -> PageData {
      PageData(
        name: page.name, title: title, generated: stampText(input.builtAt),
        dataUntil: input.dataUntil.map(stampText), widgets: widgets)
    }
  }

  /// For `widgets.mustache`.
  private mutating func part(_ part: OwnPage.Part, of page: OwnPage, in made: inout MadePage, tab: String?) -> View {
    let widgets = self.widgets(part.widgets, of: page, in: &made, tab: tab, fold: nil)
    var folds: [View] = []
    for fold in part.folds {
      folds.append([
        "title": fold.title, "open": fold.isOpen,
        "inner": self.widgets(fold.widgets, of: page, in: &made, tab: tab, fold: fold.title),
      ])
    }
    return ["widgets": widgets.orFalse, "folds": folds.orFalse, "haswidgets": !widgets.isEmpty]
  }

  private mutating func widgets(
    _ widgets: [Widget], of page: OwnPage, in made: inout MadePage, tab: String?, fold: String?
  ) -> [String] {
    var views: [String] = []
    for widget in widgets {
      var shown = shown(widget, on: page)
      if let title = widget.title {
        shown.heading = title
        shown.isHeadingHidden = false
      }
      made.widgets.append(
        PageData.Widget(
          kind: widget.content.word, title: shown.heading, tab: tab, fold: fold, problem: shown.problem,
          rows: shown.rows))
      views.append(markup(of: shown, widget, number: made.widgets.count, on: page))
    }
    return views
  }

  /// By `widget.mustache`, by itself, so that nothing it leaves out is looked for further out.
  private mutating func markup(of shown: ShownWidget, _ widget: Widget, number: Int, on page: OwnPage) -> String {
    var view: View = [
      "id": "w\(number)", "span": widget.span, "heading": shown.heading, "link": shown.link.orFalse,
      "hidden": shown.isHeadingHidden, "note": shown.note.orFalse, "problem": shown.problem.orFalse,
      "root": Press.root(of: ownPagePath(page)),
    ]
    for kind in ShownWidget.Kind.allCases {
      view["is" + kind.rawValue] = shown.body?.kind == kind ? (shown.body?.view ?? [:]).withFlags as Any : false
    }
    guard let text = templates.text(view, with: "widget") else {
      complain("\(ownPagePath(page)) lacks a widget: its template is missing")
      return ""
    }
    return text
  }
}
