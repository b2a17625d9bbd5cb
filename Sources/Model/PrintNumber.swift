/// The narrow no-break space between a number and its unit, and between groups of digits.
package let thinSpace = "\u{202F}"
/// The minus sign; a hyphen is none.
package let minusSign = "\u{2212}"
/// What stands where there is no number.
package let noNumber = "–"

/// A power that stands before a unit: `M` in `Mbit/s`, `Ki` in `KiB`.
package struct Prefix: Hashable, Sendable {
  package var symbol: String
  package var factor: Double

  package init(_ symbol: String, _ factor: Double) {
    self.symbol = symbol
    self.factor = factor
  }

  package static let none = Prefix("", 1)
  fileprivate static let decimal = [
    none, Prefix("k", 1e3), Prefix("M", 1e6), Prefix("G", 1e9), Prefix("T", 1e12), Prefix("P", 1e15),
    Prefix("E", 1e18),
  ]
  fileprivate static let small = [Prefix("n", 1e-9), Prefix("µ", 1e-6), Prefix("m", 1e-3)]
  fileprivate static let binary = [
    none, Prefix("Ki", 1_024), Prefix("Mi", 1_048_576), Prefix("Gi", 1_073_741_824),
    Prefix("Ti", 1_099_511_627_776), Prefix("Pi", 1_125_899_906_842_624),
  ]
}

extension Unit {
  /// The prefix for a value of this size; give a column or an axis that of its largest value.
  ///
  /// A count and a percentage have none. Seconds only go down (`ms`), bits and bytes only up.
  package func prefix(for value: Double) -> Prefix {
    let size = abs(value)
    guard size > 0, size.isFinite else { return .none }
    // What three digits would round up to a thousand belongs to the prefix above.
    return prefixes.last { size >= $0.factor * ($0.factor == 1 ? 0.99999 : 0.9995) } ?? prefixes.first ?? .none
  }

  private var prefixes: [Prefix] {
    switch (scale, symbol) {
    case (.none, _), (_, ""): [.none]
    case (.binary, _): Prefix.binary
    case (.decimal, "s"): Prefix.small + [.none]
    case (.decimal, "B"), (.decimal, "B/s"), (.decimal, "bit/s"), (.decimal, "1/s"): Prefix.decimal
    case (.decimal, _): Prefix.small + Prefix.decimal
    }
  }
}

/// A number with its unit for people: three digits, grouped from 10 000 on, `–` where there is none.
///
/// `numberText(419_300_000, .bitsPerSecond)` is `419 Mbit/s`, `numberText(99.97, .percent)` is `99.9 %` (percentages
/// are cut, never rounded), `numberText(12_345, .count)` is `12 345`.
package func numberText(_ value: Double?, _ unit: Unit = .none, prefix: Prefix? = nil) -> String {
  guard let value, value.isFinite else { return noNumber }
  let prefix = prefix ?? unit.prefix(for: value)
  let scaled = value / prefix.factor
  let digits = unit == .percent ? cutText(scaled) : digitsText(scaled)
  return digits + suffix(prefix, unit)
}

/// An integer, grouped from 10 000 on: `1000`, `10 000`.
package func countText(_ count: Int) -> String {
  (count < 0 ? minusSign : "") + grouped(count.magnitude)
}

private func suffix(_ prefix: Prefix, _ unit: Unit) -> String {
  if unit.symbol.hasPrefix("1/") {
    return (prefix.symbol.isEmpty ? "" : thinSpace + prefix.symbol) + unit.symbol.dropFirst()
  }
  return prefix.symbol.isEmpty && unit.symbol.isEmpty ? "" : thinSpace + prefix.symbol + unit.symbol
}

private func digitsText(_ value: Double) -> String {
  let size = abs(value)
  guard size < 1e15 else { return "\(value)" }
  let decimals = value == value.rounded() ? 0 : decimalsFor(size)
  return fixedText(value, decimals: decimals)
}

/// Decimals that make three digits, after rounding.
private func decimalsFor(_ size: Double) -> Int {
  if size >= 99.95 { return 0 }
  if size >= 9.995 { return 1 }
  if size >= 0.9995 { return 2 }
  // A small number keeps three digits of its own.
  var decimals = 3
  var limit = 0.1
  while size < limit, decimals < 9 {
    decimals += 1
    limit /= 10
  }
  return decimals
}

private func cutText(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return fixedText(value, decimals: 0) }
  guard abs(value) < 1e14 else { return "\(value)" }
  return fixedText((value * 10).rounded(.down) / 10, decimals: 1)
}

/// A number with so many decimals, half away from zero.
package func fixedText(_ value: Double, decimals: Int) -> String {
  let power = (0..<decimals).reduce(1) { power, _ in power * 10 }
  let scaled = (abs(value) * Double(power)).rounded()
  guard scaled < 9e18 else { return "\(value)" }
  let whole = UInt(scaled)
  let sign = value < 0 && whole > 0 ? minusSign : ""
  guard decimals > 0 else { return sign + grouped(whole) }
  return sign + grouped(whole / UInt(power)) + "." + padded(Int(whole % UInt(power)), to: decimals)
}

private func grouped(_ number: UInt) -> String {
  guard number >= 10_000 else { return "\(number)" }
  let digits = Array("\(number)")
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += thinSpace }
    text.append(digit)
  }
  return text
}

/// A number with zeros before it: `padded(5, to: 2)` is `05`.
package func padded(_ number: Int, to width: Int) -> String {
  let digits = "\(number)"
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// A share as a percentage in integer arithmetic, cut and never rounded, `–` where there is nothing to share.
///
/// `percentText(99_999, of: 100_001)` is `99.998 %`; 100 is printed only where it is exact. A negative share is cut
/// downwards as well, so that it never looks better than it is.
package func percentText(_ numerator: Int, of denominator: Int, decimals: Int = 3) -> String {
  guard denominator > 0 else { return noNumber }
  let power = (0..<decimals).reduce(1) { power, _ in power * 10 }
  let product = numerator.magnitude.multipliedFullWidth(by: UInt(100 * power))
  guard let units = quotient(product, by: UInt(denominator), roundingUp: numerator < 0) else { return noNumber }
  let whole = grouped(units / UInt(power))
  let fraction = decimals > 0 ? "." + padded(Int(units % UInt(power)), to: decimals) : ""
  return (numerator < 0 && units > 0 ? minusSign : "") + whole + fraction + thinSpace + "%"
}

/// `nil` where the quotient does not fit.
private func quotient(_ dividend: (high: UInt, low: UInt), by divisor: UInt, roundingUp: Bool) -> UInt? {
  guard dividend.high < divisor else { return nil }
  let (quotient, remainder) = divisor.dividingFullWidth(dividend)
  return roundingUp && remainder > 0 ? quotient + 1 : quotient
}
