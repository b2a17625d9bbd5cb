import Collect
import Config
import Model

/// What is told of a device in comments.
enum Listing {
  private static let mostRows = 1_000

  /// Who it says it is, on as many lines as it has to say something.
  static func identity(_ device: Surveyed, at target: Target) -> [String] {
    let more = [device.location.map { "at \($0.told())" }, device.object.map { "sysObjectID \($0.told())" }]
    let second = more.compactMap { $0 }.joined(separator: "; ")
    let first = device.description.map { "\(target.description): \($0.told(limit: 255))" } ?? target.description
    return second.isEmpty ? [first] : [first, second]
  }

  /// Which field sets it answers, with how much of each.
  static func answered(_ device: Surveyed, _ offers: Offers) -> String {
    let sets = offers.fieldSets.compactMap { set -> String? in
      guard let part = device.part(set), part.isAnswered else { return nil }
      let rows = part.rows.isEmpty ? nil : counted(part.rows.count, "row")
      let silent = part.silent.isEmpty ? nil : "not \(part.silent.joined(separator: ", "))"
      let more = [rows, silent, part.isComplete ? nil : "the rest did not come"].compactMap { $0 }
      return more.isEmpty ? set.name : "\(set.name) (\(more.joined(separator: "; ")))"
    }
    return sets.isEmpty ? "It answers none of the field sets." : "It answers \(sets.joined(separator: ", "))."
  }

  /// The interfaces: `+` is kept, `-` is left out, and why.
  static func interfaces(_ device: Surveyed, _ offers: Offers) -> [String] {
    guard let set = interfaces(offers), let part = device.part(set), !part.rows.isEmpty else { return [] }
    let kept = part.rows.count { $0.exclusion == nil }
    let lines = tableLines(part.rows.prefix(mostRows).map(cells)) ?? []
    let more = part.rows.count > mostRows ? ["… and \(part.rows.count - mostRows) more"] : []
    return ["\(counted(part.rows.count, "interface")), \(kept) kept (+) as \(why(set)):"]
      + lines.map { "  " + $0.joined() } + more
  }

  /// The monitor's own, whose filters are what the first run will go by.
  private static func interfaces(_ offers: Offers) -> FieldSet? {
    offers.monitors.lazy.flatMap(\.jobs).map(\.fieldSet).first { $0.name == "interfaces" }
      ?? offers.fieldSets.first { $0.name == "interfaces" }
  }

  private static func why(_ set: FieldSet) -> String {
    let filters = [
      ("only", !set.only.isEmpty), ("except", !set.except.isEmpty), ("include", !set.include.isEmpty),
      ("exclude", !set.exclude.isEmpty),
    ].filter(\.1).map { "“\($0.0)”" }
    let enabled = set.enabled.isEmpty ? "they are there" : "they are switched on"
    return filters.isEmpty ? enabled : "\(enabled) and pass \(filters.joined(separator: ", "))"
  }

  static func cells(_ row: Surveyed.Row) -> [String] {
    [
      row.exclusion == nil ? "+" : "-", row.name.told(limit: 100),
      row.speed.map { "\(numberText($0, Unit("bit/s")))".replacing(thinSpace, with: " ") } ?? "",
      row.status.map(status) ?? "", row.type.flatMap { types[$0] } ?? "",
      row.note.map { "“\($0.told(limit: 100))”" } ?? "", row.exclusion.map(reason) ?? "",
    ]
  }

  static func reason(_ exclusion: Exclusion) -> String {
    exclusion == .onlyEnabled ? "switched off, left out by “only enabled”" : "left out by “\(exclusion.rawValue)”"
  }

  /// ifOperStatus (RFC 2863).
  private static func status(_ number: Int) -> String {
    let words = ["up", "down", "testing", "unknown", "dormant", "not present", "lower layer down"]
    return words.indices.contains(number - 1) ? words[number - 1] : "status \(number)"
  }

  /// What is no wire, by IANAifType: what people leave out by `except: {type: ^24$}`.
  private static let types = [
    24: "loopback (type 24)", 53: "virtual (type 53)", 131: "tunnel (type 131)", 135: "VLAN (type 135)",
    136: "VLAN (type 136)", 161: "aggregate (type 161)", 209: "bridge (type 209)", 1: "other (type 1)",
  ]
}
