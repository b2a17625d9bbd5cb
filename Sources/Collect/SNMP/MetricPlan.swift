import Config
import Model
import SNMP

/// How one number is made of the cells of a row. A class, for every row of every table goes through it.
final class MetricPlan {
  struct Source {
    let column: Int
    let scale: Double
    let bounds: ClosedRange<Double>

    init(_ source: FieldSet.Source, _ columns: inout Columns) throws(Failure) {
      column = try columns.place(of: source.oid)
      scale = source.scale
      let low = source.minimum ?? -.infinity
      bounds = low...max(low, source.maximum ?? .infinity)
    }
  }

  let name: String
  let kind: FieldSet.Kind
  let unit: Unit
  let source: Source
  let instead: Source?
  /// The columns without which a row has nothing of this.
  let sources: [Int]
  let bits: Double?
  private let wide: Int?
  private let wideName: OID
  private let minus: Int?
  private let times: Int?
  private let share: [Int]
  private let prefix: Int?
  private let precision: Int?
  private let values: [Int: Double]
  private let when: [ConditionPlan]
  private let valid: [ConditionPlan]

  init(_ metric: FieldSet.Metric, _ columns: inout Columns) throws(Failure) {
    name = metric.name
    kind = metric.kind
    unit = metric.unit
    bits = metric.bits
    values = metric.values
    source = try Source(metric.source, &columns)
    wide = try columns.place(of: metric.wide)
    wideName = metric.wide.flatMap { OID($0) } ?? OID([])
    instead = if let instead = metric.instead { try Source(instead, &columns) } else { nil }
    sources = [source.column] + [instead?.column, wide].compactMap { $0 }
    minus = try columns.place(of: metric.minus)
    times = try columns.place(of: metric.times)
    share = try columns.places(of: metric.share)
    prefix = try columns.place(of: metric.prefix)
    precision = try columns.place(of: metric.precision)
    when = try ConditionPlan.all(metric.when, &columns)
    valid = try ConditionPlan.all(metric.valid, &columns)
  }

  /// A row that says nothing of the column is no row for it; one that says another thing neither.
  func applies(to cells: Cells) -> Bool { when.allSatisfy { $0.holds(cells) ?? false } }

  // MARK: Gauges

  /// The number; `nil` where it is not known.
  func number(_ cells: Cells) -> Double? {
    guard valid.allSatisfy({ $0.holds(cells) ?? false }) else { return nil }
    guard var number = first(cells, source) ?? instead.flatMap({ first(cells, $0) }) else { return nil }
    if let minus {
      guard let other = cells.number(minus) else { return nil }
      number -= other
    }
    if let times {
      guard let factor = cells.number(times) else { return nil }
      number *= factor
    }
    if !share.isEmpty {
      guard let whole = sum(cells), whole > 0 else { return nil }
      number /= whole
    }
    return scaled(number, cells)
  }

  private func first(_ cells: Cells, _ source: Source) -> Double? {
    // An enumeration is an INTEGER; the same number in a text or a counter is something else.
    if !values.isEmpty { return cells.integer(source.column).flatMap { values[$0] }.map { $0 * source.scale } }
    guard let number = cells.number(source.column), source.bounds.contains(number) else { return nil }
    return number * source.scale
  }

  private func sum(_ cells: Cells) -> Double? {
    var whole = 0.0
    for column in share {
      guard let part = cells.number(column) else { return nil }
      whole += part
    }
    return whole
  }

  /// EntitySensorDataScale: 1 is 10^-24, 9 units, 17 is 10^24. EntitySensorPrecision: digits behind the point.
  private func scaled(_ number: Double, _ cells: Cells) -> Double? {
    var power = 0
    if let prefix {
      guard let code = cells.integer(prefix), (1...17).contains(code) else { return nil }
      power = 3 * (code - 9)
    }
    if let precision {
      guard let digits = cells.integer(precision), (-8...9).contains(digits) else { return nil }
      power -= max(0, digits)
    }
    return power >= 0 ? number * MetricPlan.ten(power) : number / MetricPlan.ten(-power)
  }

  /// Exact up to 22, which keeps 215 of a tenth 21.5.
  private static func ten(_ power: Int) -> Double { (0..<power).reduce(1.0) { product, _ in product * 10 } }

  // MARK: Counters

  /// 64 bits where they are. Some agents have the columns and never count in them.
  func counter(_ cells: Cells) -> CounterReading? {
    let narrow = cells.counter(source.column)
    guard let wide = wide.flatMap({ cells.counter($0) }), wide.bits == 64 else { return narrow }
    if wide.value == 0, let narrow, narrow.value > 0 { return narrow }
    return wide
  }

  // MARK: Reading

  /// Adds the number of a row or, without an instance, of the job. `isMissing`: the device has no such column.
  func read(
    _ cells: Cells, of instance: String?, ceiling: Double?, isDiscontinuous: Bool, isMissing: Bool, _ oid: OID,
    _ harvest: inout Harvest
  ) {
    guard applies(to: cells) else { return }
    switch kind {
    case .gauge:
      guard !isMissing else { return }
      let number = number(cells)
      harvest.add(name, number, unit, of: instance)
      if number == nil {
        let isNumber = values.isEmpty ? cells.number(source.column) != nil : cells.integer(source.column) != nil
        complain(cells[source.column], isNumber: isNumber, oid, &harvest)
      }
    case .counter:
      let counter = counter(cells)
      harvest.count(
        name, counter, scale: source.scale, unit, of: instance, ceiling: ceiling, isDiscontinuous: isDiscontinuous)
      if counter == nil {
        complain(cells[source.column], isNumber: false, oid, &harvest)
        if let wide { complain(cells[wide], isNumber: false, wideName, &harvest) }
      }
    }
  }

  /// A value of the wrong type is unknown, and it is said which.
  private func complain(_ value: SNMPValue?, isNumber: Bool, _ oid: OID, _ harvest: inout Harvest) {
    guard let value, !isNumber else { return }
    let shown = value.text.map { "«\($0.printable(limit: 40))»" } ?? "another type"
    harvest.note(.garbage, "wrong type: \(oid) (metric \(name)) is no number but \(shown)")
  }
}
