import Config
import Foundation
import Model

/// Something that has a page, by its name.
struct SearchEntry: Hashable {
  var title: String
  /// `host`, `incident`, …
  var kind: String
  /// From the site's root.
  var path: String

  /// What the index is ordered by.
  fileprivate var order: String { title.lowercased() }

  /// `A` to `Z`, `0–9`, or `…` for all else.
  var letter: String {
    guard
      let first = title.unicodeScalars.first(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    else { return "…" }
    if ("0"..."9").contains(first) { return "0–9" }
    let letter = String(first).decomposedStringWithCompatibilityMapping.uppercased().unicodeScalars.first ?? first
    return ("A"..."Z").contains(letter) ? String(letter) : "…"
  }
}

/// A page of the index: whole letters, or a part of one that is too long for a page.
private struct SearchLeaf {
  var groups: [(letter: String, goesOn: Bool, entries: [SearchEntry])] = []
  var size = 0
}

/// An index of everything that has a page, which a small script filters where there is one: `search.html`, and
/// `search/2.html` and so on where it is long.
extension Press {
  /// Bytes of entries on one page of the index.
  private static let leafSize = 200_000

  mutating func searchPages() {
    let definition = searchDefinition
    put("search.js", PackageResources.search_js)
    let count = searchPageCount
    if count > 0, keepsSearch(count, definition) { return }
    let entries = searchEntries.sorted { ($0.order, $0.kind, $0.path) < ($1.order, $1.kind, $1.path) }
    put("search-index.js", script(entries), definition)
    let leaves = leaves(of: entries)
    let letters = letters(of: leaves)
    for place in leaves.indices { searchPage(leaves, place, letters, entries.count, definition) }
  }

  /// How many pages there were before; 0 where there was none.
  private var searchPageCount: Int {
    guard making("search.html") != nil else { return 0 }
    var count = 1
    while making(searchPath(count)) != nil { count += 1 }
    return count
  }

  private mutating func keepsSearch(_ count: Int, _ definition: UInt64) -> Bool {
    guard ["search.html", "search-index.js"].allSatisfy({ making($0)?.definition == definition }) else { return false }
    for path in (0..<count).map(searchPath) + ["search-index.js"] { _ = keeps(path, making(path)?.definition ?? 0) }
    return true
  }

  /// What has a page changes with the configuration, with series that come and go, and with incidents.
  private var searchDefinition: UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(input.plan.hash)
    definition.add(Int(bitPattern: UInt(templates.digest)))
    definition.add(input.catalogue.count)
    definition.add(showsConfiguration ? 1 : 0)
    for removed in shownRemoved { definition.add(removed.title) }
    for incident in input.openIncidents + shownClosedIncidents {
      definition.add(incident.number)
      definition.add(incident.title)
    }
    return definition.value
  }

  // MARK: What there is

  private var searchEntries: [SearchEntry] {
    let plan = input.plan
    let hosts = plan.hosts.map { host in
      let name = host.title == host.name ? host.name : "\(host.title) (\(host.name))"
      return SearchEntry(
        title: name, kind: (["host"] + (host.address.map { [$0] } ?? [])).joined(separator: ", "),
        path: hostPath(host.name))
    }
    var seen: Set<[String]> = []
    let groups = plan.hosts.map(\.group).filter { !$0.isEmpty && seen.insert($0).inserted }.map {
      SearchEntry(title: $0.joined(separator: " › "), kind: "group", path: hostListPath(ofGroup: $0))
    }
    let objectives = plan.objectives.map {
      SearchEntry(title: $0.title, kind: "objective", path: objectivePath($0))
    }
    let graphs = plan.ownGraphs.map { SearchEntry(title: $0.title, kind: "graph", path: ownGraphPath($0)) }
    let incidents = (input.openIncidents + shownClosedIncidents).map {
      SearchEntry(title: "\($0.title), \($0.number)", kind: "incident", path: incidentPath($0))
    }
    let removed = shownRemoved.map {
      SearchEntry(title: $0.title, kind: "removed \($0.kind.rawValue)", path: removedPath($0))
    }
    return hosts + groups + objectives + graphs + incidents + removed + pageEntries
  }

  /// The pages there is one of.
  private var pageEntries: [SearchEntry] {
    shownSections.filter { $0 != .search }.map { SearchEntry(title: $0.rawValue, kind: "page", path: $0.path) }
      + (showsConfiguration
        ? [SearchEntry(title: "Configuration", kind: "page", path: PageHead.Section.configuration.path)] : [])
  }

  /// A script that is nothing but data: `globalThis.redeyeIndex = [[TITLE, KIND, PATH], …]`.
  private func script(_ entries: [SearchEntry]) -> String {
    let rows = entries.map { entry in
      "[" + [entry.title, entry.kind, entry.path].map { jsonString($0.printable()) }.joined(separator: ",") + "]"
    }
    return "globalThis.redeyeIndex = [\n\(rows.joined(separator: ",\n"))\n];\n"
  }

  // MARK: Pages

  private func searchPath(_ place: Int) -> String { place == 0 ? "search.html" : "search/\(place + 1).html" }

  private func leaves(of entries: [SearchEntry]) -> [SearchLeaf] {
    var leaves = [SearchLeaf()]
    for entry in entries.sorted(by: { Press.place($0.letter) < Press.place($1.letter) }) {
      let size = Press.size(of: entry)
      let last = leaves.last?.groups.last?.letter ?? leaves.dropLast().last?.groups.last?.letter
      if leaves[leaves.count - 1].size + size > Press.leafSize { leaves.append(SearchLeaf()) }
      let leaf = leaves.count - 1
      if leaves[leaf].groups.last?.letter != entry.letter {
        leaves[leaf].groups.append((entry.letter, last == entry.letter, []))
      }
      leaves[leaf].groups[leaves[leaf].groups.count - 1].entries.append(entry)
      leaves[leaf].size += size
    }
    return leaves
  }

  /// Digits, letters, then all else.
  private static func place(_ letter: String) -> Int {
    letter == "0–9" ? 0 : letter == "…" ? 200 : Int(letter.utf8.first ?? 0)
  }

  private func letters(of leaves: [SearchLeaf]) -> [View] {
    leaves.enumerated().flatMap { place, leaf in
      leaf.groups.filter { !$0.goesOn }.map { group in
        ["letter": group.letter, "path": "\(searchPath(place))#\(anchor(group.letter))"] as View
      }
    }
  }

  private func anchor(_ letter: String) -> String {
    letter == "0–9" ? "digits" : letter == "…" ? "others" : "letter-\(letter.lowercased())"
  }

  private mutating func searchPage(
    _ leaves: [SearchLeaf], _ place: Int, _ letters: [View], _ count: Int, _ definition: UInt64
  ) {
    var head = PageHead(path: searchPath(place), title: "Search", section: .search, template: "search")
    head.isTimeless = true
    head.hasSearch = place == 0
    page(
      head,
      [
        "count": "everything that has a page: \(counted(count, "name"))", "first": place == 0, "letters": letters,
        "groups": leaves[place].groups.map { group in
          [
            "id": anchor(group.letter), "letter": group.letter, "goeson": group.goesOn,
            "entries": group.entries.map { ["title": $0.title, "kind": $0.kind, "path": $0.path] as View },
          ] as View
        },
        "pages": leaves.count > 1 ? ranges(leaves, place) as Any : false,
      ], definition: definition)
  }

  /// Bytes of a row, tags included.
  private static func size(of entry: SearchEntry) -> Int {
    let texts = [entry.title, entry.kind, entry.path].map(Markup().escapeText)
    return texts.reduce(60) { $0 + $1.utf8.count }
  }

  /// The pages of the index by the first name on each.
  private func ranges(_ leaves: [SearchLeaf], _ current: Int) -> [View] {
    leaves.enumerated().map { place, leaf in
      let first = leaf.groups.first?.entries.first?.title ?? ""
      return [
        "path": searchPath(place), "current": place == current,
        "range": "\(place + 1): from \(first.printable(limit: 30))",
      ]
    }
  }
}
