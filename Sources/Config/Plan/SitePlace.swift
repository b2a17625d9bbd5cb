/// A page of the site as people name it in a text: `hosts/router1`, `graphs`, `index`.
package enum SitePlace: Hashable, Sendable {
  package enum Section: String, Hashable, Sendable, CaseIterable {
    case hosts, graphs, objectives, incidents, pages, runs
  }

  case overview
  case onCall
  case list(Section)
  /// By the name it has in the configuration; an incident by its number.
  case item(Section, String)

  /// `nil` for what is no page.
  package init?(_ path: [String]) {
    if path == ["index"] {
      self = .overview
    } else if path == ["oncall"] {
      self = .onCall
    } else if let section = path.first.flatMap(Section.init(rawValue:)), path.count <= 2 {
      guard let name = path.dropFirst().first, name != "index" else {
        self = .list(section)
        return
      }
      guard section != .runs, section != .incidents || Int(name).map({ $0 > 0 && "\($0)" == name }) ?? false else {
        return nil
      }
      self = .item(section, name)
    } else {
      return nil
    }
  }

  /// What a first part can be.
  package static let words = ["index", "oncall"] + Section.allCases.map(\.rawValue)
}
