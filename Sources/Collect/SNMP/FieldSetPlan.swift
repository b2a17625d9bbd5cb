import Config
import Model
import SNMP

/// A field set made ready to ask and to read with: names of columns have become places among the columns asked for.
struct FieldSetPlan {
  let objects: Columns
  let columns: Columns
  let objectMetrics: [MetricPlan]
  let metrics: [MetricPlan]
  let rows: RowPlan
  /// True where the job itself names its objects: then each of them is meant to be there.
  private let isExplicit: Bool

  static func make(_ set: FieldSet) -> Result<FieldSetPlan, Failure> {
    do throws(Failure) { return .success(try FieldSetPlan(set)) } catch { return .failure(error) }
  }

  /// Names and filters come first, so that a table that breaks off has them for the rows it has.
  private init(_ set: FieldSet) throws(Failure) {
    var objects = Columns()
    objectMetrics = try set.objects.map { metric throws(Failure) in try MetricPlan(metric, &objects) }
    var columns = Columns()
    rows = try RowPlan(set, &columns)
    metrics = try set.metrics.map { metric throws(Failure) in try MetricPlan(metric, &columns) }
    self.objects = objects
    self.columns = columns
    isExplicit = set.name == FieldSet.explicit
  }

  /// What to ask, in order; each is there only where it asks for something.
  var operations: [Conversation.Operation] {
    (objects.oids.isEmpty ? [] : [.get(objects.oids)]) + (columns.oids.isEmpty ? [] : [.walk(columns.oids)])
  }

  /// Adds what the answers hold; one cut short still counts.
  func read(_ answers: ArraySlice<Answer>, into harvest: inout Harvest) {
    var answers = answers
    if !objects.oids.isEmpty, let answer = answers.popFirst() { readObjects(answer, &harvest) }
    if !columns.oids.isEmpty, let answer = answers.popFirst() { readRows(answer, &harvest) }
  }

  private func readObjects(_ answer: Answer, _ harvest: inout Harvest) {
    guard !answer.bindings.isEmpty else { return }
    let cells = Rows(objects: answer, objects.oids).cells(0)
    let absent = objectMetrics.filter { isAbsent($0, cells) }
    for metric in objectMetrics {
      let oid = objects.oids[metric.source.column]
      if isAbsent(metric, cells) {
        // Devices of one kind tell more or less of it; what one told before is missed, as the column of a table is.
        guard isExplicit || absent.count == objectMetrics.count || harvest.hasTold(metric.name) else { continue }
        harvest.note(.mismatch, "the agent has no \(oid) (metric \(metric.name))")
      } else if !isExplicit {
        harvest.tell(metric.name)
      }
      metric.read(cells, of: nil, ceiling: nil, isDiscontinuous: false, isMissing: false, oid, &harvest)
    }
    let untold = absent.map(\.name).filter { !harvest.hasTold($0) }
    if !isExplicit, !untold.isEmpty, untold.count < objectMetrics.count {
      harvest.add(Fact("Not told by the device", untold.joined(separator: ", ").printable()))
    }
  }

  private func isAbsent(_ metric: MetricPlan, _ cells: Cells) -> Bool {
    cells.isDenied(metric.source.column) && metric.instead.map { !cells.exists($0.column) } ?? true
  }
}

/// Identifiers asked for, each once.
struct Columns {
  private(set) var oids: [OID] = []
  private var places: [String: Int] = [:]

  mutating func place(of text: String) throws(Failure) -> Int {
    if let place = places[text] { return place }
    guard let oid = OID(text) else { throw Failure(.local, "«\(text)» is no numeric OID".printable()) }
    places[text] = oids.count
    oids.append(oid)
    return oids.count - 1
  }

  mutating func place(of text: String?) throws(Failure) -> Int? {
    guard let text else { return nil }
    let place: Int = try place(of: text)
    return place
  }

  mutating func places(of texts: [String]) throws(Failure) -> [Int] {
    var places: [Int] = []
    for text in texts { places.append(try place(of: text)) }
    return places
  }
}

/// Whether a column says one of some words.
struct ConditionPlan {
  let column: Int
  let numbers: Set<Int>
  let words: Set<String>

  init(_ condition: FieldSet.Condition, _ columns: inout Columns) throws(Failure) {
    column = try columns.place(of: condition.oid)
    numbers = Set(condition.words.compactMap { Int($0) })
    words = Set(condition.words)
  }

  static func all(_ conditions: [FieldSet.Condition], _ columns: inout Columns) throws(Failure) -> [ConditionPlan] {
    var plans: [ConditionPlan] = []
    for condition in conditions { plans.append(try ConditionPlan(condition, &columns)) }
    return plans
  }

  /// `nil` where the column says nothing.
  func holds(_ cells: Cells) -> Bool? {
    guard cells.exists(column) else { return nil }
    if let number = cells.integer(column) { return numbers.contains(number) }
    return cells.label(column).map(words.contains) ?? false
  }
}
