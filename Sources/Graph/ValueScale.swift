import Glibc
import Model

/// The vertical axis: where it begins and ends, its steps, and the prefix its labels leave out.
struct ValueScale {
  let low: Double
  let high: Double
  /// Between two labels; on a logarithmic axis their ratio.
  let step: Double
  let prefix: Prefix
  /// With its prefix: `Mbit/s`.
  let unit: String
  /// The steps from bottom to top.
  let ticks: [Double]
  /// Lines between the steps, without labels.
  let minorTicks: [Double]
  private let labelling: Labelling
  /// Of a logarithmic axis: the logarithm of its floor, and 1 ÷ that of its extent.
  private let logarithm: (floor: Double, inverse: Double)?

  private enum Labelling {
    case plain
    /// Both sides of zero are counted from it.
    case magnitude
    /// Each label has a prefix of its own; the floor holds what is less, too.
    case decades(Unit, hasLess: Bool)
  }

  /// - Parameters:
  ///   - aim: how many steps are wanted.
  ///   - headroom: how far the axis ends above the largest number, as a factor; a `top` that holds all needs none.
  ///   - isMirrored: what lies below zero is labelled as what lies above it.
  init(
    _ unit: Unit, values exact: ClosedRange<Double>, top: Double?, aim: Int, headroom: Double, isMirrored: Bool = false
  ) {
    let values = Self.settled(exact, unit, top)
    let top = top.flatMap { $0.isFinite && $0 > 0 ? min($0, largestNumber) : nil } ?? Self.usualTop(unit, values)
    let largest = max(values.upperBound, top ?? 0, 0)
    let smallest = min(values.lowerBound, 0)
    let isEmpty = largest == 0 && smallest == 0
    let range = isEmpty ? 1 : max(largest - smallest, 1e-290)
    let isPercent = unit == .percent && largest == 100 && smallest == 0
    let step = Self.step(range / Double(aim), unit, fine: aim < 3, isPercent: isPercent)
    let needsNone = top.map { $0 >= values.upperBound } == true
    let wanted = isEmpty ? 1 : needsNone ? largest : max(largest, values.upperBound * headroom)
    self.step = step
    high = wanted > 0 ? max(1, ceil(wanted / step - 1e-9)) * step : 0
    low = smallest < 0 ? -max(1, ceil(-smallest * headroom / step - 1e-9)) * step : 0
    let shown = max(values.upperBound, -values.lowerBound)
    prefix = unit.prefix(for: shown > 0 ? shown : largest)
    self.unit = unit.text(prefix)
    ticks = Self.steps(low, high, step)
    minorTicks = []
    labelling = isMirrored ? .magnitude : .plain
    logarithm = nil
  }

  private static func steps(_ low: Double, _ high: Double, _ step: Double) -> [Double] {
    let first = Int((low / step).rounded())
    let last = Int((high / step).rounded())
    guard last > first, last - first < 100 else { return [low, high] }
    return [low] + (first + 1..<last).map { Double($0) * step } + [high]
  }

  /// Whole decades; memory, which comes in powers of two, has steps of 32.
  ///
  /// - Parameters:
  ///   - values: the smallest and the largest that are greater than zero.
  ///   - hasLess: there are values of zero or less, which lie at the floor.
  ///   - aim: how many labels are wanted.
  init(logarithmic unit: Unit, values: ClosedRange<Double>, top: Double?, aim: Int, hasLess: Bool) {
    let ratio = unit.scale == .binary ? 32.0 : 10
    let largest = max(values.upperBound, top.flatMap { $0.isFinite ? min($0, largestNumber) : nil } ?? 0, 1e-290)
    let last = ceil(log(largest) / log(ratio) - 1e-9)
    let lowest = floor(log(max(min(values.lowerBound, largest), 1e-290)) / log(ratio) + 1e-9)
    let first = max(min(lowest, last - 1), last - Self.mostDecades)
    let decades = Int(last - first)
    let stride = max(1, (decades + aim) / (aim + 1))
    low = pow(ratio, first)
    high = pow(ratio, last)
    step = pow(ratio, Double(stride))
    prefix = unit.prefix(for: largest)
    self.unit = unit.text(prefix)
    let exponents = (0...decades).map { first + Double($0) }
    ticks = exponents.filter { Int($0 - first) % stride == 0 }.map { pow(ratio, $0) }
    minorTicks = Self.between(exponents, ratio, stride)
    labelling = .decades(unit, hasLess: hasLess || lowest < first)
    logarithm = (first * log(ratio), 1 / (Double(decades) * log(ratio)))
  }

  /// Decades without a label, or where each has one and there are few, the steps inside them.
  private static func between(_ exponents: [Double], _ ratio: Double, _ stride: Int) -> [Double] {
    if stride > 1 { return exponents.enumerated().filter { $0.offset % stride != 0 }.map { pow(ratio, $0.element) } }
    guard exponents.count <= 6 else { return [] }
    let inner = ratio == 10 ? (2...9).map(Double.init) : [2, 4, 8, 16]
    return exponents.dropLast().flatMap { exponent in inner.map { $0 * pow(ratio, exponent) } }
  }

  var isLogarithmic: Bool { logarithm != nil }

  /// Whether the floor stands for values that are less than it.
  var hasLess: Bool {
    if case .decades(_, hasLess: true) = labelling { true } else { false }
  }

  /// 0 at the bottom, 1 at the top.
  func share(_ value: Double) -> Double {
    guard let logarithm else { return (value - low) / (high - low) }
    return value > low ? (log(value) - logarithm.floor) * logarithm.inverse : 0
  }

  func label(_ tick: Double) -> String {
    switch labelling {
    case .plain: return shortest(tick / prefix.factor)
    case .magnitude: return shortest(tick.magnitude / prefix.factor)
    case .decades(_, let hasLess): return (hasLess && tick == low ? "≤\(thinSpace)" : "") + exactLabel(tick)
    }
  }

  /// Without the sign that the floor stands for less, too.
  func exactLabel(_ tick: Double) -> String {
    if case .decades(let unit, _) = labelling { Self.decade(tick, unit) } else { label(tick) }
  }

  /// `10k`, `1M`, and for times with their unit, `100 ms`.
  private static func decade(_ value: Double, _ unit: Unit) -> String {
    let prefix = unit.prefix(for: value)
    let number = shortest(value / prefix.factor, upTo: 3)
    if unit.symbol == "s" { return number + thinSpace + prefix.symbol + "s" }
    return value >= 1e4 && prefix.symbol.isEmpty ? compact(value) : number + prefix.symbol
  }

  /// Beyond so many decades the least are not worth their height.
  private static let mostDecades = 12.0

  /// A sum of shares that ends a rounding above its top, ends at it.
  private static func settled(_ values: ClosedRange<Double>, _ unit: Unit, _ top: Double?) -> ClosedRange<Double> {
    guard let top = top ?? (unit == .percent ? 100 : nil), values.upperBound > top,
      values.upperBound <= top * (1 + 1e-9)
    else { return values }
    return min(values.lowerBound, top)...top
  }

  private static func usualTop(_ unit: Unit, _ values: ClosedRange<Double>) -> Double? {
    unit == .percent && values.upperBound <= 100 && values.lowerBound >= 0 ? 100 : nil
  }

  private static func step(_ raw: Double, _ unit: Unit, fine: Bool, isPercent: Bool) -> Double {
    if isPercent { return fine ? 50 : 25 }
    if unit.scale == .binary, raw > 1, raw < 0x1p70 { return binaryStep(raw) }
    let power = pow(10, floor(log10(raw)))
    let mantissas: [Double] = fine ? [1, 2, 2.5, 4, 5] : [1, 2, 2.5, 5]
    return (mantissas.first { $0 * power >= raw * 0.999 } ?? 10) * power
  }

  /// Powers of two: memory and disks come in them, and they stay round across KiB, MiB and GiB.
  private static func binaryStep(_ raw: Double) -> Double {
    pow(2, ceil(log2(raw * 0.999)))
  }
}

/// Beyond it sums would leave what a double holds; numbers from outside are held to it.
let largestNumber = 1e300
