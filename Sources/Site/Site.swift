import Graph
import Model

/// A file of the site.
package enum SiteFile: Hashable, Sendable {
  case bytes([UInt8])
  /// As it was in the generation before.
  case keep
}

/// The site as paths and their files, and what could not be rendered, one line each.
package struct Rendering: Hashable, Sendable {
  package var files: [String: SiteFile]
  package var problems: [String]
  /// Pictures there was no time for, with how many runs each has waited; the next rendering is given them.
  package var waiting: [String: Int]

  package init(files: [String: SiteFile] = [:], problems: [String] = [], waiting: [String: Int] = [:]) {
    self.files = files
    self.problems = problems
    self.waiting = waiting
  }
}

/// Every page, picture and data file of the site.
package func render(_ input: SiteInput, each: @escaping () -> Void = {}) -> Rendering {
  render(input) { chart, format, scale in
    defer { each() }
    return draw(chart, format: format, scale: scale)
  }
}

func render(_ input: SiteInput, drawing: @escaping Press.Drawing) -> Rendering {
  do {
    var press = Press(input, templates: try Templates(), drawing: drawing)
    for part in parts { part(&press) }
    return Rendering(files: press.files, problems: press.problems, waiting: press.turns.waiting)
  } catch {
    return Rendering(problems: ["the templates of the site cannot be read: \(error)"])
  }
}

/// What the site is made of. A further page is one file in `Pages`, one template and one line here.
private let parts: [@Sendable (inout Press) -> Void] = [
  { $0.fixedFiles() },
  { $0.overview() },
  { $0.hostLists() },
  { $0.hostPages() },
  { $0.objectiveList() },
  { $0.objectivePages() },
  { $0.incidentList() },
  { $0.incidentPages() },
  { $0.onCallPage() },
  { $0.dataFiles() },
  { $0.feed() },
  // The last, for it tells what there was no time for.
  { $0.runJournal() },
]
