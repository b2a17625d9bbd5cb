import Glibc
import Model

/// The vertical axis: where it begins and ends, its steps, and the prefix its labels leave out.
struct ValueScale {
  let low: Double
  let high: Double
  let step: Double
  let prefix: Prefix
  /// With its prefix: `Mbit/s`.
  let unit: String

  /// - Parameters:
  ///   - aim: how many steps are wanted.
  ///   - headroom: how far the axis ends above the largest number, as a factor; a `top` that holds all needs none.
  init(_ unit: Unit, values exact: ClosedRange<Double>, top: Double?, aim: Int, headroom: Double) {
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
  }

  /// The steps from bottom to top.
  var ticks: [Double] {
    let first = Int((low / step).rounded())
    let last = Int((high / step).rounded())
    guard last > first, last - first < 100 else { return [low, high] }
    return [low] + (first + 1..<last).map { Double($0) * step } + [high]
  }

  /// 0 at the bottom, 1 at the top.
  func share(_ value: Double) -> Double { (value - low) / (high - low) }

  func label(_ tick: Double) -> String { shortest(tick / prefix.factor) }

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
