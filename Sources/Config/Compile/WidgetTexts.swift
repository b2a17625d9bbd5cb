internal import Markdown
internal import Model
internal import YAML

extension WidgetDesk {
  func text(_ record: Record) -> Widget.Content? {
    guard let text = record.text("text") else { return nil }
    let place = record.place(of: "text")
    let crumb = record.crumb + ["text"]
    guard text.unicodeScalars.count <= Document.longest else {
      findings.error(
        "a text of \(text.unicodeScalars.count) characters is too long", at: place, in: crumb,
        help: "\(Document.longest) are the most; make several widgets of it")
      return nil
    }
    for link in Document(text).links { check(link, of: text, at: place, in: crumb) }
    return .text(text)
  }

  private func check(_ link: Link, of text: String, at place: Place, in crumb: Crumb) {
    let here = findings.place(of: link.place, in: text, at: place)
    switch link.target {
    case .elsewhere: return
    case .refused(let reason):
      findings.error(
        "“\(link.text.printable(limit: 80))” is nothing to link to", at: here, in: crumb, help: reason)
    case .page(let path, _):
      guard let page = SitePlace(path) else { return noPage(link, path, at: here, in: crumb) }
      if case .item(let section, let name) = page { check(name, of: section, at: here, in: crumb) }
    }
  }

  private func noPage(_ link: Link, _ path: [String], at place: Place, in crumb: Crumb) {
    let known = "pages of the site are \(SitePlace.words.listed), and hosts/NAME and the like"
    findings.error(
      "the site has no page “\(link.text.printable(limit: 80))”", at: place, in: crumb,
      help: path.first.flatMap { Nearest.help($0, in: SitePlace.words) } ?? known)
  }

  private func check(_ name: String, of section: SitePlace.Section, at place: Place, in crumb: Crumb) {
    let known: [String]
    switch section {
    case .hosts: known = targets.hosts.map(\.name)
    case .graphs: known = targets.ownGraphs
    case .objectives: known = targets.objectives.map(\.name)
    case .pages: known = targets.pages
    // Incidents come and go.
    case .incidents, .runs: return
    }
    guard !known.contains(name) else { return }
    findings.missing(
      "there is no “\(name.printable(limit: 80))” among \(section.rawValue)", at: place, in: crumb,
      help: Nearest.help(name, in: known))
  }
}
