import Config
import Model

/// What the frame of a page needs to know of it.
struct PageHead {
  enum Section: String, CaseIterable {
    case overview = "Overview"
    case hosts = "Hosts"
    case graphs = "Graphs"
    case objectives = "Objectives"
    case incidents = "Incidents"
    case onCall = "On call"
    case runs = "Runs"

    var path: String {
      switch self {
      case .overview: "index.html"
      case .hosts: "hosts/index.html"
      case .graphs: "graphs/index.html"
      case .objectives: "objectives/index.html"
      case .incidents: "incidents/index.html"
      case .onCall: "oncall.html"
      case .runs: "runs/index.html"
      }
    }
  }

  /// Of the file, from the site's root.
  var path: String
  /// Of the tab; leads with the state.
  var title: String
  var section: Section
  /// The template of the page's content.
  var template: String
  /// True for a page that is never written again: it shows nothing that would be wrong tomorrow.
  var isFinal = false
}

extension Press {
  /// Everything the layout asks for.
  func frame(of page: PageHead) -> View {
    [
      "page": page.template,
      "title": page.title,
      "site": input.plan.title,
      "root": Press.root(of: page.path),
      "self": page.path.split(separator: "/").last.map(String.init) ?? page.path,
      "alarm": !page.isFinal && !input.openIncidents.isEmpty,
      "sections": sections.map { section($0, on: page) },
      "age": page.isFinal ? false : age,
      "final": page.isFinal ? time(input.builtAt) : false,
      "version": input.version,
      "configuration": fileNameOfConfiguration,
      "hash": hashText,
      "lastrun": page.isFinal ? false : lastRun.orFalse,
    ]
  }

  /// Those there is a page of.
  private var sections: [PageHead.Section] {
    PageHead.Section.allCases.filter { $0 != .graphs || !input.plan.ownGraphs.isEmpty }
  }

  private func section(_ section: PageHead.Section, on page: PageHead) -> View {
    ["name": section.rawValue, "path": section.path, "current": section == page.section]
  }

  private var age: View {
    [
      "until": input.dataUntil.map(slotTime).orFalse,
      "stale": staleness.map { ["age": durationText($0), "expected": ruleText(interval)] as View }.orFalse,
      "built": words.exactClock(input.builtAt),
      "builtstamp": words.stamp(input.builtAt),
      "next": staleness == nil ? input.nextExpected.map(slotTime).orFalse : false,
      "zone": input.plan.settings.zone.abbreviation(at: input.now),
      "zonename": input.plan.settings.zone.identifier,
    ]
  }

  private func slotTime(_ instant: Instant) -> View { ["text": words.slot(instant), "stamp": words.stamp(instant)] }

  /// A moment for `<time>`.
  func time(_ instant: Instant) -> View { ["text": words.moment(instant), "stamp": words.stamp(instant)] }

  /// Seconds between runs that bring something new.
  var interval: Int { input.plan.jobs.map(\.step).min() ?? input.plan.settings.step }

  /// How old the newest sample is, where it is older than two intervals.
  var staleness: Int? {
    guard let until = input.dataUntil else { return nil }
    let age = input.now - until
    return age > 2 * interval ? age : nil
  }

  var fileNameOfConfiguration: String {
    input.plan.path.split(separator: "/").last.map(String.init) ?? input.plan.path
  }

  /// The configuration's hash as people compare it: `3f9a c1d0`.
  private var hashText: String {
    let head = input.plan.hash.prefix(8)
    return head.count == 8 ? "\(head.prefix(4)) \(head.suffix(4))" : String(head)
  }

  private var lastRun: View? {
    (input.run ?? input.runs.first).map { ["number": countText($0.number), "at": words.slot($0.slot)] }
  }
}

/// A state as it is shown: a shape by its class, and a word.
struct StateMark: Hashable {
  enum Shape: String {
    case good = "ok"
    case warning = "warn"
    case bad = "bad"
    case unknown = "unk"
    case planned = "mnt"
    case off = "off"
  }

  var shape: Shape
  var word: String

  init(_ shape: Shape, _ word: String) {
    self.shape = shape
    self.word = word
  }

  var view: View { ["shape": shape.rawValue, "word": word] }
}
