import Config
import Graph
import Model

/// A rendering under way: what it is given, what can be looked up in it, and the files that are finished.
struct Press {
  typealias Drawing = (Chart, ChartFormat, _ scale: Int) -> Picture

  let drawing: Drawing
  let input: SiteInput
  let templates: Templates
  private(set) var words: Words
  let known: Known
  /// The numbers of open incidents whose host is out altogether.
  private(set) var outages: Set<Int> = []
  /// Jobs whose last slot was measured as bad: they are down, which is not unknown.
  private(set) var badJobs: Set<JobID> = []
  private(set) var files: [String: SiteFile] = [:]
  private(set) var problems: [String] = []
  var turns: Turns
  /// Sparklines that are drawn already.
  var sparks: [SeriesID: Spark] = [:]
  /// Pictures without a series that are drawn already.
  var blanks: [Blank: Picture] = [:]

  init(_ input: SiteInput, templates: Templates, drawing: @escaping Drawing) {
    self.drawing = drawing
    self.input = input
    self.templates = templates
    self.words = Words(
      zone: input.plan.settings.zone, now: input.now, isFine: !input.plan.settings.step.isMultiple(of: 60))
    self.known = Known(input)
    self.turns = Turns(input)
    self.outages = Set(input.openIncidents.filter(isOutage).map(\.number))
    self.badJobs = Set(input.jobRecords.filter(isMeasuredBad).map(\.job))
  }

  mutating func put(_ path: String, _ file: SiteFile) {
    if files.updateValue(file, forKey: path) != nil { problems.append("two things want to be \(path); one is missing") }
  }

  /// Notes a problem, once.
  mutating func complain(_ problem: String) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  mutating func put(_ path: String, _ text: String) { put(path, .bytes(Array(text.utf8))) }

  /// Writes a page: the frame around what its own template makes of `view`.
  mutating func page(_ page: PageHead, _ view: View) {
    let whole = view.withFlags.merging(frame(of: page)) { _, frame in frame }
    guard let bytes = templates.render(whole, with: "layout") else {
      problems.append("\(page.path) could not be rendered: the layout is missing")
      return
    }
    put(page.path, .bytes(bytes))
  }

  /// Does something with times that have their dates.
  mutating func dated(_ work: (inout Press) -> Void) {
    let usual = words
    words = words.dated
    work(&self)
    words = usual
  }

  /// `../` for each folder the path lies in.
  static func root(of path: String) -> String {
    String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
  }
}

/// The input, ordered for looking up.
struct Known: Sendable {
  let hostNames: [String: Host]
  let jobs: [String: [Job]]
  let jobNames: [JobID: Job]
  let records: [JobID: JobRecord]
  let entries: [String: [CatalogueEntry]]
  let incidents: [String: [Incident]]
  /// Objectives whose series lie on the host; those of globs under every host that fits.
  let objectives: [String: [ObjectiveStatus]]
  let objectiveNames: [String: ObjectiveStatus]
  let graphs: [String: [GraphDefinition]]

  init(_ input: SiteInput) {
    hostNames = Dictionary(input.plan.hosts.map { ($0.name, $0) }) { first, _ in first }
    jobs = Dictionary(grouping: input.plan.jobs, by: \.id.host)
    jobNames = Dictionary(input.plan.jobs.map { ($0.id, $0) }) { first, _ in first }
    objectiveNames = Dictionary(input.objectives.map { ($0.objective.name, $0) }) { first, _ in first }
    records = Dictionary(input.jobRecords.map { ($0.job, $0) }) { _, last in last }
    entries = Dictionary(grouping: input.catalogue.values.sorted { $0.series < $1.series }, by: \.series.host)
    let all = input.openIncidents + input.closedIncidents
    incidents = Dictionary(grouping: all.filter { $0.host != nil }) { $0.host ?? "" }
    graphs = Dictionary(grouping: input.plan.graphs, by: \.job.host)
    objectives = Known.objectives(jobs.mapValues { $0.map(\.id) }, input.objectives)
  }

  private static func objectives(
    _ jobs: [String: [JobID]], _ all: [ObjectiveStatus]
  ) -> [String: [ObjectiveStatus]] {
    var result: [String: [ObjectiveStatus]] = [:]
    for status in all {
      let parts = status.objective.series.text.split(separator: "/").map(String.init)
      let host = parts.first ?? ""
      let job = parts.count > 1 ? parts[1] : "**"
      let isPattern = host.contains("*") || host.contains("?")
      let names =
        isPattern
        ? jobs.filter { name, jobs in
          (host == "**" || glob(host, name)) && (job == "**" || jobs.contains { glob(job, $0.job) })
        }.keys.map { $0 } : [host]
      for name in names { result[name, default: []].append(status) }
    }
    return result
  }

  func series(of selector: Selector, in catalogue: Catalogue) -> [CatalogueEntry] {
    if selector.isExact { return SeriesID(selector.text).flatMap { catalogue[$0] }.map { [$0] } ?? [] }
    let host = selector.text.split(separator: "/").first.map(String.init) ?? ""
    let hosts = entries.keys.filter { host == "**" || glob(host, $0) }.sorted()
    return hosts.flatMap { (entries[$0] ?? []).filter { selector.matches($0.series) } }
  }
}
