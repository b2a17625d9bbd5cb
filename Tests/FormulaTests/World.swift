import Formula
import Model
import Synchronization

let berlin = Zone("Europe/Berlin") ?? .utc

/// Series made of a rule, on any grid they are asked for.
struct World: Sendable {
  struct Line: Sendable {
    var unit = Unit.none
    var step = 300
    var value: @Sendable (Instant) -> Double?
  }

  var lines: [String: Line] = [:]

  var source: FormulaSource {
    let lines = lines
    return FormulaSource(
      entry: { lines[$0.description].map { ($0.unit, $0.step) } },
      names: { selector in lines.keys.compactMap { SeriesID($0) }.filter(selector.matches) },
      window: { series, span, resolution in
        let line = lines[series.description] ?? Line { _ in nil }
        // As a store does that keeps single steps, and means of whole multiples of them.
        let step = max(line.step, resolution / line.step * line.step)
        let first = span.from.slot(step: step).seconds
        let samples = stride(from: first, to: span.to.seconds, by: step).map { second in
          let values = stride(from: second, to: second + step, by: line.step).compactMap { line.value(Instant($0)) }
          return Sample(
            slot: Instant(second), value: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
        }
        return SeriesWindow(series: series, step: step, unit: line.unit, samples: samples)
      })
  }

  /// What a formula gives for some slots from an instant on.
  func results(
    _ text: String, from start: Instant = Instant(1_800_000_000), step: Int = 300, count: Int = 4, zone: Zone = .utc
  ) throws -> FormulaResult {
    let grid = SlotGrid(start: start.slot(step: step), step: step, count: count)
    return try Formula(text).evaluate(on: grid, zone: zone, source: source)
  }

  func values(
    _ text: String, from start: Instant = Instant(1_800_000_000), step: Int = 300, count: Int = 4, zone: Zone = .utc
  ) throws -> [Double?] {
    try results(text, from: start, step: step, count: count, zone: zone).samples.map(\.value)
  }

  /// `a/b/NAME` for each, with the same number for ever; `nil` is unknown.
  static func constant(_ values: [String: (Double?, Unit)]) -> World {
    var world = World()
    for (name, (value, unit)) in values { world.lines["a/b/\(name)"] = Line(unit: unit) { _ in value } }
    return world
  }
}

/// The error of a formula that cannot be read; `nil` where it can.
func failure(of text: String) -> FormulaError? {
  do {
    _ = try Formula(text)
    return nil
  } catch {
    return error
  }
}
