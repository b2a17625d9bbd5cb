import Config
import Model
import SNMP

/// Which rows of a table are kept, what they are called, and what else is known of each.
struct RowPlan {
  let noun: String
  let identity: [Int]
  let facts: [(title: String, column: Int)]
  let discontinuity: Int?
  let line: (metric: String, when: [ConditionPlan], nominal: Double?)?
  private let enabled: [ConditionPlan]
  private let only: [(column: Int, pattern: Pattern)]
  private let except: [(column: Int, pattern: Pattern)]
  private let include: [Pattern]
  private let exclude: [Pattern]

  init(_ set: FieldSet, _ columns: inout Columns) throws(Failure) {
    noun = set.noun
    identity = try columns.places(of: set.identity)
    enabled = try ConditionPlan.all(set.enabled, &columns)
    only = try RowPlan.filters(set.only, &columns)
    except = try RowPlan.filters(set.except, &columns)
    include = try Pattern.all(set.include)
    exclude = try Pattern.all(set.exclude)
    var facts: [(title: String, column: Int)] = []
    for fact in set.facts { facts.append((fact.name, try columns.place(of: fact.text))) }
    self.facts = facts
    discontinuity = try columns.place(of: set.discontinuity)
    line =
      if let line = set.line {
        (line.metric, try ConditionPlan.all(line.when, &columns), line.nominal)
      } else { nil }
  }

  private static func filters(
    _ filters: [FieldSet.Filter], _ columns: inout Columns
  ) throws(Failure) -> [(column: Int, pattern: Pattern)] {
    var plans: [(column: Int, pattern: Pattern)] = []
    for filter in filters { plans.append((try columns.place(of: filter.oid), try Pattern(filter.pattern))) }
    return plans
  }

  /// Columns that must have been read for a row before anything can be said of it.
  var needed: [Int] { identity + enabled.map(\.column) + only.map(\.column) + except.map(\.column) }

  func keeps(_ cells: Cells, called name: String) -> Bool { exclusion(of: cells, called: name) == nil }

  /// Which word of the job leaves a row out; `nil` where none does. An agent that does not tell is taken to have none
  /// switched off.
  func exclusion(of cells: Cells, called name: String) -> Exclusion? {
    if !enabled.allSatisfy({ $0.holds(cells) ?? true }) { return .onlyEnabled }
    if !only.allSatisfy({ filter in cells.label(filter.column).map(filter.pattern.matches) ?? false }) { return .only }
    if except.contains(where: { filter in cells.label(filter.column).map(filter.pattern.matches) ?? false }) {
      return .except
    }
    if !include.isEmpty, !include.contains(where: { $0.matches(name) }) { return .include }
    return exclude.contains { $0.matches(name) } ? .exclude : nil
  }
}

/// The field of a job by which a row is left out.
package enum Exclusion: String, Hashable, Sendable {
  case onlyEnabled = "only enabled"
  case only, except, include, exclude
}

/// A regular expression that may match anywhere.
struct Pattern {
  private let regex: Regex<AnyRegexOutput>

  init(_ text: String) throws(Failure) {
    guard let regex = try? Regex(text) else {
      throw Failure(.local, "«\(text)» is no regular expression".printable())
    }
    self.regex = regex
  }

  static func all(_ texts: [String]) throws(Failure) -> [Pattern] {
    var patterns: [Pattern] = []
    for text in texts { patterns.append(try Pattern(text)) }
    return patterns
  }

  func matches(_ text: String) -> Bool { text.contains(regex) }
}
