import Config
import Model

/// What the frame of a page needs to know of it.
struct PageHead {
  enum Section: String, CaseIterable {
    case overview = "Overview"
    case problems = "Problems"
    case pages = "Pages"
    case hosts = "Hosts"
    case metrics = "Metrics"
    case graphs = "Graphs"
    case objectives = "Objectives"
    case incidents = "Incidents"
    case onCall = "On call"
    case runs = "Runs"
    case search = "Search"
    /// Not among the sections of the header: the footer leads there.
    case configuration = "Configuration"

    var path: String {
      switch self {
      case .overview: "index.html"
      case .problems: "problems.html"
      case .pages: "pages/index.html"
      case .hosts: "hosts/index.html"
      case .metrics: "metrics/index.html"
      case .graphs: "graphs/index.html"
      case .objectives: "objectives/index.html"
      case .incidents: "incidents/index.html"
      case .onCall: "oncall.html"
      case .runs: "runs/index.html"
      case .search: "search.html"
      case .configuration: "config/index.html"
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
  /// True for a page that shows nothing of any time.
  var isTimeless = false
  /// Whether a script filters its index; no other page has one.
  var hasSearch = false
  /// Of what it shows, where that is not the newest of all: up to when, and when there will be more.
  var until: Instant?
  var next: Instant?
  /// What it tells, for programs: a JSON and a CSV file of this name beside it.
  var data: String?
}

extension Press {
  /// What every template may ask for.
  func surroundings(of page: PageHead) -> View {
    if isPublic { return ["title": page.title, "site": input.plan.title, "root": Press.root(of: page.path)] }
    return [
      "title": page.title, "site": input.plan.title, "root": Press.root(of: page.path), "version": input.version,
      "configuration": fileNameOfConfiguration, "hash": hashText,
    ]
  }

  /// The layout around a page's content.
  mutating func framed(_ content: String, _ page: PageHead) -> String? {
    let root = Press.root(of: page.path)
    let age = page.isFinal || page.isTimeless ? nil : age(of: page)
    let run = page.isFinal || page.isTimeless ? nil : input.run ?? input.runs.first
    let flags: [(String, Bool)] = [
      ("age", age != nil), ("final", page.isFinal), ("until", age?.until != nil), ("stale", age?.staleness != nil),
      ("next", age?.next != nil), ("lastrun", run != nil), ("data", page.data != nil),
      ("configpages", showsConfiguration), ("script", page.hasSearch),
    ]
    let key = "\(page.section.rawValue) \(root.utf8.count) " + flags.map { $0.1 ? "1" : "0" }.joined()
    var texts = age.map(texts) ?? ["finalstamp": words.stamp(input.builtAt), "finaltext": words.moment(input.builtAt)]
    texts["title"] = page.title
    texts["datafile"] = page.data ?? ""
    texts["self"] = page.path.split(separator: "/").last.map(String.init) ?? page.path
    texts["runnumber"] = run.map { countText($0.number) } ?? ""
    texts["runat"] = run.map { words.slot($0.slot) } ?? ""
    var view = surroundings(of: page).merging(flags.map { ($0.0, $0.1 as Any) }) { $1 }
    view["sections"] = sections(on: page)
    let complete = view
    return filled(
      isPublic ? "publiclayout" : "layout", key: key, flags: complete, texts,
      markup: ["content": content])
  }

  /// How old what a page shows is.
  private struct Age {
    var until: Instant?
    var staleness: Int?
    var next: Instant?
  }

  private func age(of page: PageHead) -> Age {
    let stale = staleness
    return Age(
      until: page.until ?? input.dataUntil, staleness: stale, next: stale == nil ? page.next ?? input.nextExpected : nil
    )
  }

  private func texts(_ age: Age) -> [String: String] {
    [
      "untiltext": age.until.map(words.slot) ?? "", "untilstamp": age.until.map(words.stamp) ?? "",
      "staleage": age.staleness.map { durationText($0) } ?? "", "expected": ruleText(interval),
      "built": words.exactClock(input.builtAt), "builtstamp": words.stamp(input.builtAt),
      "nexttext": age.next.map(words.slot) ?? "", "nextstamp": age.next.map(words.stamp) ?? "",
      "zone": input.plan.settings.zone.abbreviation(at: input.now), "zonename": input.plan.settings.zone.identifier,
    ]
  }

  /// Whether this is a site for the public, made from what the public may know.
  var isPublic: Bool { input.plan.settings.isPublic }

  private func sections(on page: PageHead) -> [View] {
    if isPublic {
      return [("Overview", "index.html", PageHead.Section.overview), ("Incidents", "incidents.html", .incidents)].map {
        ["name": $0, "path": $1, "current": $2 == page.section]
      }
    }
    return shownSections.map { ["name": $0.rawValue, "path": $0.path, "current": $0 == page.section] }
  }

  /// Those the header leads to.
  var shownSections: [PageHead.Section] { Press.sections(of: input.plan) }

  /// Those there is something to show of.
  static func sections(of plan: Plan) -> [PageHead.Section] {
    PageHead.Section.allCases.filter { section in
      switch section {
      case .configuration: false
      case .graphs: !plan.ownGraphs.isEmpty
      case .pages: !plan.ownPages.isEmpty
      default: true
      }
    }
  }

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
