import Config
import Graph
import Model

/// A rendering under way: what it is given, what can be looked up in it, and where finished files go.
struct Press {
  let input: SiteInput
  let templates: Templates
  private(set) var words: Words
  let known: Known
  /// The numbers of open incidents whose host is out altogether.
  private(set) var outages: Set<Int> = []
  /// Jobs whose last slot was measured as bad: they are down, which is not unknown.
  private(set) var badJobs: Set<JobID> = []
  private(set) var problems: [String] = []
  /// Why files cannot be written, after which none are.
  private(set) var failure: (any Error)?
  var turns: Turns
  /// Numbers of series that were looked up already.
  var sparks: [SeriesID: Spark] = [:]
  /// Series with small pictures, of hosts whose chapter was passed over.
  var sparksOfKept: [String: Set<SeriesID>] = [:]
  /// Series without new samples, as pages of metrics met them.
  var stale: [MetricNote.Stale] = []
  /// Pictures without a series that are drawn already.
  var blanks: [Blank: [Picture]] = [:]
  let restarts = Restarts()
  /// Whether there are pages of the configuration.
  var showsConfiguration = false
  /// Templates that are rendered many times.
  var forms: [String: Form] = [:]
  /// Charts that wait to be drawn, several at a time.
  var queue: [Drawing] = []
  /// What every page depends on.
  let edition: UInt64
  /// What the frame of a page depends on that is kept over days and other configurations.
  let skin: UInt64

  /// The chapter that is gone through.
  var current = Press.generalChapter
  var openChapters: [String: OpenChapter] = [:]
  /// Chapters as they are now; `nil` for what is gone.
  var chapters: [String: CodedChapter?] = [:]
  /// Of the chapters that were gone through or passed over in this rendering.
  var definitions: [String: UInt64] = [:]
  /// Chapters nobody has to look into.
  var kept: Set<String> = []

  private let sink: SiteSink

  init(_ input: SiteInput, templates: Templates, sink: @escaping SiteSink) {
    self.input = input
    self.templates = templates
    self.sink = sink
    self.words = Words(
      zone: input.plan.settings.zone, now: input.now, isFine: !input.plan.settings.step.isMultiple(of: 60))
    self.known = Known(input)
    self.turns = Turns(input)
    self.edition = Press.edition(of: input, templates: templates.digest)
    self.skin = Press.skin(of: input, templates: templates.digest)
    self.outages = Set(input.openIncidents.filter(isOutage).map(\.number))
    self.badJobs = Set(input.jobRecords.filter(isMeasuredBad).map(\.job))
  }

  /// Hands a finished file over, without a note of what it was made from.
  mutating func write(_ path: String, _ bytes: [UInt8]) { hand(.write(path, bytes)) }

  mutating func remove(_ path: String) { hand(.remove(path)) }

  private mutating func hand(_ change: SiteChange) {
    guard failure == nil else { return }
    do { try sink(change) } catch { failure = error }
  }

  /// Hands over a file that belongs to the chapter.
  ///
  /// - Parameter definition: what it was made from, where that tells whether it has to be made again.
  mutating func put(_ path: String, _ bytes: [UInt8], _ definition: UInt64 = 0) {
    note(path, Making(definition: definition, slot: newestSlot, madeAt: input.now))
    write(path, bytes)
  }

  mutating func put(_ path: String, _ text: String, _ definition: UInt64 = 0) {
    put(path, Array(text.utf8), definition)
  }

  /// Leaves a file as it is, if it was made from just this; `every` so many seconds it is made again all the same.
  mutating func keeps(_ path: String, _ definition: UInt64, every period: Int = .max) -> Bool {
    guard let making = making(path), making.definition == definition else { return false }
    if period < .max, isDue(path, every: period, last: making.madeAt, now: input.now) { return false }
    note(path, making)
    return true
  }

  private var newestSlot: Instant { input.dataUntil ?? Instant(0) }

  /// Notes a problem, once.
  mutating func complain(_ problem: String) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Writes a page: the frame around what its own template makes of `view`.
  mutating func page(_ page: PageHead, _ view: View, definition: UInt64 = 0) {
    if let text = text(of: page, view) { put(page.path, text, definition) }
  }

  /// A page without a note of it in the chapter.
  mutating func text(of page: PageHead, _ view: View) -> String? {
    let whole = view.withFlags.merging(surroundings(of: page)) { _, outer in outer }
    if let content = templates.text(whole, with: page.template), let text = framed(content, page) { return text }
    problems.append("\(page.path) could not be rendered: its template is missing")
    return nil
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
