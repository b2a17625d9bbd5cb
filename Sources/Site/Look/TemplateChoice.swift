import Config
import Model

/// The template of each name: that of the package asked first which has one that can be used.
struct TemplateChoice: Sendable {
  struct Candidate: Sendable {
    /// `nil` for the built-in one.
    var file: SiteFile?
    var bytes: [UInt8]
    var tags: TemplateTags
  }

  private(set) var chosen: [String: Candidate] = [:]
  /// What is wrong, by the path of the file.
  private(set) var faults: [(file: SiteFile, fault: TemplateFault)] = []
  /// Files that were passed over, by their paths.
  private(set) var refused: Set<String> = []

  private var candidates: [String: [Candidate]] = [:]
  private let builtIn: Set<String>

  /// Whether packages bring templates that are used.
  var hasOwn: Bool { chosen.contains { $0.value.file != nil } }

  static let ending = ".mustache"

  init(_ folders: [SiteFolder], builtIn: [String: [UInt8]]) {
    self.builtIn = Set(builtIn.keys)
    guard folders.contains(where: { !$0.files.isEmpty }) else {
      chosen = builtIn.mapValues { Candidate(bytes: $0, tags: TemplateTags("")) }
      return
    }
    let rules = TemplateRules(builtIn: builtIn)
    for (name, bytes) in builtIn { candidates[name] = [Candidate(bytes: bytes)] }
    for folder in folders.reversed() {
      for file in folder.files where TemplateChoice.isTemplate(file.name) { add(file, rules) }
    }
    choose()
    while let (name, tag, message, help) = brokenLink() { refuse(name, TemplateFault(message, at: tag, help: help)) }
    while let (name, tag, message, help) = tooMany() { refuse(name, TemplateFault(message, at: tag, help: help)) }
    tellUnused()
  }

  static func isTemplate(_ name: String) -> Bool { name.hasSuffix(ending) && !name.contains("/") }

  private mutating func add(_ file: SiteFile, _ rules: TemplateRules) {
    let name = String(file.name.dropLast(TemplateChoice.ending.count))
    let candidate = Candidate(file: file, bytes: file.bytes)
    let found = rules.faults(of: name, file.bytes, candidate.tags)
    faults += found.map { (file, $0) }
    if found.contains(where: { !$0.isWarning }) {
      refused.insert(file.path)
    } else {
      candidates[name, default: []].insert(candidate, at: 0)
    }
  }

  private mutating func choose() { chosen = candidates.compactMapValues(\.first) }

  private mutating func refuse(_ name: String, _ fault: TemplateFault) {
    guard let file = candidates[name]?.first?.file else { return }
    faults.append((file, fault))
    refused.insert(file.path)
    candidates[name]?.removeFirst()
    choose()
  }

  // MARK: Templates in templates

  private typealias BrokenLink = (name: String, tag: TemplateTag, message: String, help: String?)

  /// A template of a package that asks for one there is not, or in the end for itself.
  private func brokenLink() -> BrokenLink? {
    for name in chosen.keys.sorted() where chosen[name]?.file != nil {
      for tag in partials(of: name) {
        guard chosen[tag.name] != nil else {
          return (
            name, tag, "there is no template “\(tag.name.printable(limit: 60))”",
            Nearest.candidate(to: tag.name, in: chosen.keys.sorted()).map { "did you mean “\($0)”?" }
          )
        }
        var seen: Set<String> = []
        if let way = way(from: tag.name, to: name, &seen) {
          let circle = ([name] + way).joined(separator: " → ")
          return (name, tag, "templates in a circle: \(circle)", "take one of them out")
        }
      }
    }
    return nil
  }

  private func way(from name: String, to goal: String, _ seen: inout Set<String>) -> [String]? {
    if name == goal { return [name] }
    guard seen.insert(name).inserted else { return nil }
    for tag in partials(of: name) {
      if let rest = way(from: tag.name, to: goal, &seen) { return [name] + rest }
    }
    return nil
  }

  private func partials(of name: String) -> [TemplateTag] {
    (chosen[name]?.tags.all ?? []).filter { $0.kind == .partial }
  }

  /// A template that asks twice for one that asks twice for another, and so on, would fill the disk.
  private func tooMany() -> BrokenLink? {
    var counts: [String: Int] = [:]
    for name in chosen.keys.sorted() where chosen[name]?.file != nil {
      if count(name, &counts) > TemplateChoice.most, let tag = partials(of: name).first {
        return (name, tag, "more than \(TemplateChoice.most) templates in one", nil)
      }
    }
    return nil
  }

  private static let most = 1_000

  private func count(_ name: String, _ counts: inout [String: Int]) -> Int {
    if let count = counts[name] { return count }
    var sum = 1
    for tag in partials(of: name) where sum <= TemplateChoice.most { sum += count(tag.name, &counts) }
    counts[name] = sum
    return sum
  }

  /// A template no page asks for would be there for nothing: most likely its name is misspelt.
  private mutating func tellUnused() {
    var used = builtIn
    var next = Array(builtIn)
    while let name = next.popLast() {
      for tag in partials(of: name) where used.insert(tag.name).inserted { next.append(tag.name) }
    }
    for name in chosen.keys.sorted() where !used.contains(name) {
      guard let file = chosen[name]?.file else { continue }
      let near = Nearest.candidate(to: name, in: builtIn).map { "did you mean “\($0)\(TemplateChoice.ending)”?" }
      faults.append(
        (
          file,
          TemplateFault(
            "no page is made with “\(name)”, and no template asks for it", line: 0, column: 0,
            help: near ?? "“redeye which” lists the names")
        ))
    }
  }
}

extension TemplateChoice.Candidate {
  fileprivate init(file: SiteFile? = nil, bytes: [UInt8]) {
    self.init(file: file, bytes: bytes, tags: TemplateTags(String(decoding: bytes, as: UTF8.self)))
  }
}
