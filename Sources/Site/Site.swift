import Config
package import Model

/// What becomes of a file of the site; all others stay as they are.
package enum SiteChange: Hashable, Sendable {
  case write(String, [UInt8])
  case remove(String)
}

/// Where the files of the site go as they are finished: two thousand hosts have more than a memory should hold.
package typealias SiteSink = (SiteChange) throws -> Void

/// What is to be remembered of a rendering, and what could not be rendered, one line each.
package struct Rendering: Sendable {
  package var problems: [String] = []
  /// Pictures there was no time for, with how many runs each has waited; the next rendering is given them.
  package var waiting: [String: Int] = [:]
  /// Chapters that are others than before; `nil` for those that are gone.
  package var chapters: [String: CodedChapter?] = [:]
}

/// Every page, picture and data file of the site that is not as it was made before.
package func render(_ input: SiteInput, into sink: @escaping SiteSink) throws -> Rendering {
  let templates: Templates
  do {
    templates = try Templates(Look(input.plan.site))
  } catch {
    return Rendering(problems: ["the templates of the site cannot be read: \(error)"])
  }
  var press = Press(input, templates: templates, sink: sink)
  for complaint in templates.look.complaints { press.complain(complaint) }
  press.configurationPages()
  for host in input.plan.hosts { press.hostChapter(host) }
  press.removedHosts()
  for graph in input.plan.ownGraphs { press.ownGraphChapter(graph) }
  press.metricsChapter()
  for page in input.plan.ownPages { press.ownPageChapter(page) }
  press.chapter(Press.generalChapter, Press.always) { press in
    for part in parts { part(&press) }
  }
  press.drawWanted()
  press.drawQueue()
  press.chapter(Press.lastChapter, Press.always) { $0.runJournal() }
  press.drawQueue()
  press.closeBook()
  if let failure = press.failure { throw failure }
  return Rendering(problems: press.problems, waiting: press.turns.waiting, chapters: press.chapters)
}

/// What the site is made of beside its hosts and graphs. A further page is one file in `Pages`, one template and one line here.
private let parts: [@Sendable (inout Press) -> Void] = [
  { $0.fixedFiles() },
  { $0.overview() },
  { $0.searchPages() },
  { $0.problemsPage() },
  { $0.hostLists() },
  { $0.ownGraphList() },
  { $0.ownPageList() },
  { $0.objectiveList() },
  { $0.objectivePages() },
  { $0.removedObjectives() },
  { $0.incidentList() },
  { $0.incidentPages() },
  { $0.onCallPage() },
  { $0.shiftCalendars() },
  { $0.dataFiles() },
  { $0.objectiveBadges() },
  { $0.exposition() },
  { $0.feed() },
]
