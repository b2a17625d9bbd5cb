package import Config
import Model

/// What the site is made with: redeye's own templates, stylesheet and icons, and what packages put in their place.
package struct Look: Sendable {
  let templates: TemplateChoice
  /// The chosen stylesheet, and what packages add to it.
  let stylesheet: [UInt8]
  /// `eye.svg`, while all is well, and `eye-open.svg`.
  let icons: [String: [UInt8]]
  /// Published as they are, under their own names.
  let further: [SiteFile]
  /// Everything wrong with the files of packages.
  package let problems: [Problem]
  private let folders: [SiteFolder]

  static let extraName = "extra.css"
  static let furtherFolder = "files/"

  private static let builtIn: [String: [UInt8]] = [
    "redeye.css": PackageResources.redeye_css, "eye.svg": PackageResources.eye_svg,
    "eye-open.svg": PackageResources.eye_open_svg,
  ]

  package init(_ folders: [SiteFolder]) {
    self.folders = folders
    templates = TemplateChoice(folders, builtIn: Templates.sources)
    let first = { (name: String) in folders.lazy.compactMap { $0[name] }.first }
    let chosen = Look.builtIn.mapValues { $0 }.merging(
      Look.builtIn.keys.compactMap { name in first(name).map { (name, $0.bytes) } }
    ) { _, own in own }
    stylesheet = Look.stylesheet(
      chosen["redeye.css"] ?? [], extra: folders.reversed().compactMap { $0[Look.extraName] })
    icons = chosen.filter { $0.key != "redeye.css" }
    further = Look.further(of: folders)
    let strangers = folders.flatMap(\.files).filter { !Look.isKnown($0.name) }.map(Look.stranger)
    problems = (templates.faults.map { $0.fault.problem(in: $0.file) } + strangers).sorted {
      ($0.location.file, $0.location.line, $0.location.column) < (
        $1.location.file, $1.location.line, $1.location.column
      )
    }
  }

  /// What is written last has its way: the package asked first comes last.
  private static func stylesheet(_ sheet: [UInt8], extra: [SiteFile]) -> [UInt8] {
    extra.reduce(sheet) { $0 + Array("\n".utf8) + $1.bytes }
  }

  private static func further(of folders: [SiteFolder]) -> [SiteFile] {
    var seen: Set<String> = []
    return folders.flatMap(\.files).filter { $0.name.hasPrefix(furtherFolder) && seen.insert($0.name).inserted }
  }

  private static func isKnown(_ name: String) -> Bool {
    builtIn[name] != nil || name == extraName || name.hasPrefix(furtherFolder) || TemplateChoice.isTemplate(name)
  }

  private static func stranger(_ file: SiteFile) -> Problem {
    let known = Templates.sources.keys.map { $0 + TemplateChoice.ending } + builtIn.keys + [extraName]
    return Problem(
      at: SourceLocation(file: file.path, line: 0, column: 0, breadcrumb: [file.path]), line: "",
      message: "nothing of the site is made with a file of this name",
      help: Nearest.candidate(to: file.name, in: known).map { "did you mean “\($0)”?" }
        ?? "what is to be published as it is belongs into site/files; “redeye which” lists the other names")
  }
}

extension Look {
  /// Every name that can be asked for, by what it is.
  package var names: [(kind: String, names: [String])] {
    let own = folders.flatMap(\.files).map(\.name).filter(TemplateChoice.isTemplate)
    let templates = Set(Templates.sources.keys.map { $0 + TemplateChoice.ending } + own).sorted()
    return [
      ("templates", templates), ("stylesheets", ["redeye.css", Look.extraName]), ("icons", icons.keys.sorted()),
      ("files", further.map(\.name).sorted()),
    ].filter { !$0.1.isEmpty }
  }

  /// Where a file of the site is looked for; `nil` where there is none of the name. A template may be named without its
  /// ending.
  package func chain(of name: String) -> Chain? {
    let all = names.flatMap(\.names)
    guard let name = [name, name + TemplateChoice.ending].first(where: all.contains) else { return nil }
    var isTaken = false
    var steps = folders.map { folder in step(name, in: folder, &isTaken) }
    if let last = builtInStep(name, isTaken) { steps.append(last) }
    return Chain(name: name, steps: steps)
  }

  private func step(_ name: String, in folder: SiteFolder, _ isTaken: inout Bool) -> Chain.Step {
    guard let path = folder.path else {
      return Chain.Step(package: folder.package, place: "has no folder of its own", state: .missing)
    }
    var state = Chain.State.missing
    if let file = folder[name] {
      if let reason = reason(file) {
        state = .refused(reason)
      } else if name == Look.extraName {
        state = .used
      } else {
        state = isTaken ? .shadowed : .used
        isTaken = true
      }
    }
    return Chain.Step(package: folder.package, place: "\(path)/\(name)", state: state)
  }

  private func reason(_ file: SiteFile) -> String? {
    guard templates.refused.contains(file.path) else { return nil }
    let problem = problems.first { $0.location.file == file.path && $0.severity == .error }
    return problem.map { "line \($0.location.line): \($0.message)" } ?? "it has errors"
  }

  private func builtInStep(_ name: String, _ isTaken: Bool) -> Chain.Step? {
    let isTemplate = Templates.sources[String(name.dropLast(TemplateChoice.ending.count))] != nil
    guard Look.builtIn[name] != nil || isTemplate && TemplateChoice.isTemplate(name) else {
      return Chain.Step(package: "base", place: "built in", state: .missing)
    }
    return Chain.Step(package: "base", place: "built in", state: isTaken ? .shadowed : .used)
  }

  /// What a site for the public gets: what pages are made with, and of the further files those meant for it.
  static func isPublic(_ name: String) -> Bool {
    !name.hasPrefix(furtherFolder) || name.hasPrefix(furtherFolder + "public/")
  }

  /// What has to be told of a run: files that were passed over.
  package var complaints: [String] {
    problems.filter { $0.severity == .error }.map { problem in
      let place = problem.location.line > 0 ? "\(problem.location)" : problem.location.file
      return "\(place): \(problem.message), so redeye goes on without this file"
    }
  }
}
