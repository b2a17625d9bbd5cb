import Config
import Foundation
import Platform

/// The plan a run works by: the one just read, or the last good one when that is broken.
struct RunningConfiguration {
  var plan: Plan
  /// What is wrong with the configuration, while the last good one runs.
  var broken: Broken?

  struct Broken {
    /// As `check` prints them.
    var problems: String
    /// The first error in one line; a warning that stands before it is not the reason.
    var reason: String

    init(_ problems: [Problem]) {
      self.problems = render(problems)
      let error = problems.first { $0.severity == .error }
      reason = error?.rendered.split(separator: "\n").first.map(String.init) ?? "it has errors"
    }
  }

  /// Reads the configuration; status 2 when it is broken and there is no good one from before.
  static func load(_ path: String) throws -> RunningConfiguration {
    let loaded = Config.load(path: path)
    if let plan = loaded.plan { return RunningConfiguration(plan: plan) }
    let broken = Broken(loaded.problems)
    guard let plan = LastGood(of: path).plan() else {
      throw Ending(.refused, "nothing was done, the configuration has errors:\n\(broken.problems)")
    }
    return RunningConfiguration(plan: plan, broken: broken)
  }
}

extension RunningConfiguration {
  /// The effective values of a configuration that was loaded before; `nil` where it is another by now.
  static func tree(_ path: String, hash: String) -> EffectiveTree? {
    let loaded = Config.load(path: path)
    if let plan = loaded.plan { return plan.hash == hash ? loaded.tree : nil }
    let kept = LastGood(of: path).loaded()
    return kept?.plan?.hash == hash ? kept?.tree : nil
  }
}

/// The configuration of the last run that could read it, kept byte for byte in the data folder.
struct LastGood {
  /// The configuration file it belongs to.
  let path: String

  init(of path: String) { self.path = path }

  private struct Index: Codable {
    var path: String
    var hash: String
    /// Path of each file; its bytes are in the file named by its place.
    var files: [String]
  }

  /// Keeps the plan's files if they changed.
  static func keep(_ plan: Plan, in installation: Installation) throws {
    let folder = installation.lastGood
    if let index = try? read(folder), index.hash == plan.hash, index.path == plan.path { return }
    try Files.makeFolder(folder, mode: 0o700)
    for (place, file) in plan.files.enumerated() {
      try Files.replace("\(folder)/\(plan.hash)-\(place)", with: file.bytes, mode: 0o600)
    }
    let index = Index(path: plan.path, hash: plan.hash, files: plan.files.map(\.path))
    // Last: from here on the new files count.
    try Files.replace("\(folder)/index.json", with: Array(try JSONEncoder().encode(index)), mode: 0o600)
    for name in try Files.list(folder) where name != "index.json" && !name.hasPrefix("\(plan.hash)-") {
      try Files.remove("\(folder)/\(name)")
    }
  }

  /// The kept plan, if there is one for this file.
  func plan() -> Plan? { loaded()?.plan }

  /// The same with what else came of loading it.
  func loaded() -> Loaded? {
    for folder in DataFolder.candidates(of: path).map({ "\($0)/last-good" }) {
      guard let index = try? LastGood.read(folder), index.path == path else { continue }
      let files = index.files.enumerated().compactMap { place, file in
        (try? Files.read("\(folder)/\(index.hash)-\(place)")).map { SourceFile(path: file, bytes: $0) }
      }
      let loaded = Config.load(path: path, files: .remembered(files, others: .disk))
      if loaded.plan != nil { return loaded }
    }
    return nil
  }

  /// Refuses a data folder that another configuration works in: each would close the incidents of the other.
  static func refuseForeign(_ installation: Installation, for plan: Plan) throws {
    guard let owner = try? read(installation.lastGood).path, owner != plan.path, Files.exists(owner),
      !Files.areSame(owner, plan.path)
    else { return }
    throw Ending(
      .refused,
      "nothing was done: \(installation.data) belongs to \(owner); give \(plan.path) a folder of its own with "
        + "“settings: data:”, or remove \(installation.lastGood) if it is to take this one over")
  }

  private static func read(_ folder: String) throws -> Index {
    try JSONDecoder().decode(Index.self, from: Data(try Files.read("\(folder)/index.json", limit: 1 << 20)))
  }
}
