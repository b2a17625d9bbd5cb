import Config
import Markdown
import Model

extension Press {
  func textWidget(_ text: String, on page: OwnPage) -> ShownWidget {
    var shown = ShownWidget("Note")
    shown.isHeadingHidden = true
    let document = Document(text)
    let root = Press.root(of: ownPagePath(page))
    let markup = MarkdownMarkup { place in path(of: place).map { root + $0 } }
    shown.show(
      .prose, ["prose": markup.blocks(document.blocks)], rows: [PageData.Row(name: "text", text: text)])
    return shown
  }

  /// From the site's root.
  private func path(of place: SitePlace) -> String? {
    switch place {
    case .overview: PageHead.Section.overview.path
    case .onCall: PageHead.Section.onCall.path
    case .list(let section):
      switch section {
      case .hosts: PageHead.Section.hosts.path
      case .graphs: input.plan.ownGraphs.isEmpty ? nil : PageHead.Section.graphs.path
      case .objectives: PageHead.Section.objectives.path
      case .incidents: PageHead.Section.incidents.path
      case .pages: PageHead.Section.pages.path
      case .runs: PageHead.Section.runs.path
      }
    case .item(.incidents, let number):
      // Those that were closed long ago have no page any more.
      (input.openIncidents + input.closedIncidents).first { "\($0.number)" == number }.map(incidentPath)
    case .item(let section, let name): isThere(name, in: section) ? "\(section.rawValue)/\(fileName(name)).html" : nil
    }
  }

  private func isThere(_ name: String, in section: SitePlace.Section) -> Bool {
    switch section {
    case .hosts: known.hostNames[name] != nil
    case .graphs: input.plan.ownGraphs.contains { $0.name == name }
    case .objectives: known.objectiveNames[name] != nil
    case .pages: input.plan.ownPages.contains { $0.name == name }
    case .incidents, .runs: false
    }
  }
}
