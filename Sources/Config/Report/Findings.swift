internal import Model
internal import YAML

/// A file as it was read, by its number.
struct Source {
  /// Absolute; `base.yaml` of the built-in package has none.
  var path: String?
  /// Relative to the folder of the configuration where possible.
  var name: String
  var bytes: [UInt8]

  /// The folder relative paths in the file start from.
  var folder: String { path.map(Path.folder(of:)) ?? "/" }
}

/// A stretch of a file that something can be said about.
struct Place: Hashable, Sendable {
  var source: Int
  var start: YAMLMark
  /// Only on the line of the start; `nil` for one character.
  var end: YAMLMark?

  init(_ source: Int, _ start: YAMLMark, _ end: YAMLMark? = nil) {
    self.source = source
    self.start = start
    self.end = end
  }

  /// All of a scalar, the first character of a list or mapping.
  init(_ node: YAMLNode) {
    self.init(node.source, node.start, node.scalar == nil ? nil : node.end)
  }

  init(_ key: YAMLKey) { self.init(key.source, key.start, key.end) }

  fileprivate var width: Int {
    guard let end, end.line == start.line else { return 1 }
    return max(1, end.column - start.column)
  }
}

/// Where somebody is in the tree: `hosts >>> core >>> router1`, the file left out.
typealias Crumb = [String]

/// Collects what is wrong while loading; it is handed around, and loading is done when it is asked for the problems.
final class Findings {
  private(set) var sources: [Source] = []
  private var found: [Finding] = []
  private var known: Set<Finding> = []
  /// Errors told so far, also those told twice.
  private(set) var errorCount = 0
  /// A part of the configuration could not be read: what is missed may be in it, and nobody can say it is not there.
  var isIncomplete = false
  /// The folder of the configuration.
  let root: String

  /// What more than this many problems have to say, nobody reads.
  private static let limit = 1_000

  private struct Finding: Hashable {
    var severity: Problem.Severity
    var place: Place
    var message: String
    var help: String?
  }

  /// Breadcrumbs stand beside the findings: two ways to the same place are one problem.
  private var crumbs: [Crumb] = []

  init(root: String) { self.root = root }

  var hasErrors: Bool { errorCount > 0 }

  /// Tells that something named is nowhere; told only where all there is was read.
  func missing(
    _ message: String, at place: Place, in crumb: Crumb = [], isWarning: Bool = false, help: String? = nil
  ) {
    guard !isIncomplete else { return }
    isWarning ? warning(message, at: place, in: crumb, help: help) : error(message, at: place, in: crumb, help: help)
  }

  /// Where `fault` was told something.
  private var faulty: Set<Place> = []

  /// Where secrets stand in plain text, with their ends: shown to nobody.
  private(set) var hidden: [Place: YAMLMark] = [:]

  /// Keeps a value out of every line and explanation.
  func hide(_ node: YAMLNode) { hidden[Place(node.source, node.start)] = node.end }

  /// Registers a file; its number is what nodes carry.
  func add(_ source: Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  func error(_ message: String, at place: Place, in crumb: Crumb = [], help: String? = nil) {
    errorCount += 1
    record(Finding(severity: .error, place: place, message: message, help: help), crumb)
  }

  /// The same for a value or key that is wrong in itself: one that is used in several ways is told once.
  func fault(_ message: String, at place: Place, in crumb: Crumb = [], help: String? = nil) {
    errorCount += 1
    guard faulty.insert(Place(place.source, place.start)).inserted else { return }
    error(message, at: place, in: crumb, help: help)
  }

  func warning(_ message: String, at place: Place, in crumb: Crumb = [], help: String? = nil) {
    record(Finding(severity: .warning, place: place, message: message, help: help), crumb)
  }

  private func record(_ finding: Finding, _ crumb: Crumb) {
    guard found.count < Findings.limit, known.insert(finding).inserted else { return }
    found.append(finding)
    crumbs.append(crumb)
  }

  func location(_ place: Place, in crumb: Crumb = []) -> SourceLocation {
    let name = sources[place.source].name
    return SourceLocation(file: name, line: place.start.line, column: place.start.column, breadcrumb: [name] + crumb)
  }

  /// `redeye.yaml:12`, for messages that name a second place.
  func short(_ place: Place) -> String { "\(sources[place.source].name):\(place.start.line)" }

  /// All problems by file, line and column, with their lines, secrets masked.
  func problems(hiding mask: Mask) -> [Problem] {
    let lines = SourceLines(sources, of: Set(found.map(\.place.source)))
    return zip(found, crumbs).map { finding, crumb in
      let location = self.location(finding.place, in: crumb)
      let text = lines.line(finding.place.start.line, of: finding.place.source)
      let line = mask.applied(
        to: text, column: location.column, width: finding.place.width,
        also: hiddenColumns(finding.place.source, finding.place.start.line, text))
      return Problem(
        finding.severity,
        at: SourceLocation(
          file: location.file, line: location.line, column: line.column, breadcrumb: location.breadcrumb),
        line: line.text, width: line.width, message: finding.message, help: finding.help)
    }.sorted {
      ($0.location.file, $0.location.line, $0.location.column) < (
        $1.location.file, $1.location.line, $1.location.column
      )
    }
  }
}

extension Findings {
  /// The columns of a line that are hidden.
  private func hiddenColumns(_ source: Int, _ line: Int, _ text: String) -> [Range<Int>] {
    let length = text.unicodeScalars.count
    return hidden.compactMap { place, end in
      guard place.source == source, place.start.line <= line, line <= end.line else { return nil }
      let first = place.start.line == line ? place.start.column - 1 : 0
      let last = end.line == line ? end.column - 1 : length
      return first < min(last, length) ? first..<min(last, length) : nil
    }
  }
}

/// The lines of the files problems were found in.
private struct SourceLines {
  private var lines: [Int: [ArraySlice<UInt8>]] = [:]

  init(_ sources: [Source], of numbers: Set<Int>) {
    for number in numbers { lines[number] = SourceLines.split(sources[number].bytes) }
  }

  func line(_ number: Int, of source: Int) -> String {
    guard let lines = lines[source], lines.indices.contains(number - 1) else { return "" }
    return String(decoding: lines[number - 1], as: UTF8.self)
  }

  /// At LF, CR LF and a lone CR; a byte order mark belongs to no line.
  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var result: [ArraySlice<UInt8>] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var index = start
    while index < bytes.count {
      let unit = bytes[index]
      if unit == 0x0A || unit == 0x0D {
        result.append(bytes[start..<index])
        if unit == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        start = index + 1
      }
      index += 1
    }
    result.append(bytes[start...])
    return result
  }
}
