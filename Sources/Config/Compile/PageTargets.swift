internal import Model
internal import YAML

/// Everything a widget or a link of a page can name.
struct PageTargets {
  let jobs: JobIndex
  let hosts: [Host]
  let graphs: [GraphDefinition]
  /// Of `graphs:`, also of those in which something is wrong.
  let ownGraphs: [String]
  let objectives: [Grouped]
  let pages: [String]

  /// An item by its groups and its name.
  struct Grouped {
    var groups: [String]
    var name: String

    var path: [String] { groups + [name] }
  }

  var groupedHosts: [Grouped] { hosts.map { Grouped(groups: $0.group, name: $0.name) } }
}

extension Workshop {
  func names(of section: String) -> [String] { items(of: section, noun: section).map(\.name) }

  func objectiveNames(_ made: [Made]) -> [PageTargets.Grouped] {
    items(of: "slas", noun: "objectives").map { PageTargets.Grouped(groups: $0.groups, name: $0.name) }
      + made.map { PageTargets.Grouped(groups: $0.group, name: $0.name) }
  }
}

extension [PageTargets.Grouped] {
  /// What a text names: an item, a group, or everything that fits a pattern.
  ///
  /// `router1`, `core`, `core/*`, `office/**`, `sw-*`, `**`
  func named(_ text: String) -> [String] {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts == ["**"] { return map(\.name) }
    if parts.count == 1 { return filter { glob(text, $0.name) || $0.groups.contains(text) }.map(\.name) }
    if parts.last == "**" {
      let above = parts.dropLast()
      return filter { $0.path.count > above.count && zip(above, $0.path).allSatisfy(glob) }.map(\.name)
    }
    return filter { $0.path.count == parts.count && zip(parts, $0.path).allSatisfy(glob) }.map(\.name)
  }

  /// Names somebody may have meant.
  var candidates: [String] {
    let groups = Set(flatMap(\.groups)).sorted()
    return map(\.name) + groups + filter { !$0.groups.isEmpty }.map { $0.path.joined(separator: "/") }
  }
}
