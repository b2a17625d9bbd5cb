import Model

/// A number with a fixed count of decimals as the site prints it, `–` where there is none, `1.5e300` where no column
/// holds it otherwise.
func decimal(_ value: Double?, _ decimals: Int) -> String {
  guard let value, value.isFinite else { return noNumber }
  return value.magnitude < 1e12 ? fixedText(value, decimals: decimals) : scientific(value)
}

/// With as many decimals as the number bears and no trailing zeros: ticks, losses.
func shortest(_ value: Double, upTo most: Int = 3) -> String {
  guard value.isFinite else { return noNumber }
  guard value.magnitude < 1e12 else { return scientific(value) }
  guard value == 0 || value.magnitude > 1e-4 else { return scientific(value) }
  let needed = (0..<most).first { decimals in
    let scaled = value * powerOfTen(decimals)
    return (scaled - scaled.rounded()).magnitude < 1e-6 * max(1, scaled.magnitude * 1e-6)
  }
  return fixedText(value, decimals: needed ?? most)
}

/// How many decimals all numbers of a legend get: none from a mean of 100, one from 10, else two; more where even the
/// largest mean would vanish.
func decimals(forMean smallest: Double, largest: Double? = nil) -> Int {
  let largest = largest ?? smallest
  if smallest >= 100 { return 0 }
  if smallest >= 10 { return 1 }
  return largest >= 0.1 || largest == 0 ? 2 : largest >= 0.01 ? 3 : 4
}

/// A tick's number where the whole of it has no room: `100k`.
func compact(_ value: Double) -> String {
  let steps: [(Double, String)] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
  guard value.magnitude < 1e15, let step = steps.first(where: { value.magnitude >= $0.0 }) else {
    return value.magnitude >= 1e15 ? scientific(value) : shortest(value, upTo: 2)
  }
  return shortest(value / step.0, upTo: 1) + step.1
}

private func powerOfTen(_ exponent: Int) -> Double {
  (0..<exponent).reduce(1) { power, _ in power * 10 }
}

private func scientific(_ value: Double) -> String {
  var exponent = 0
  var mantissa = value.magnitude
  while mantissa >= 9.95 {
    mantissa /= 10
    exponent += 1
  }
  while mantissa > 0, mantissa < 0.995 {
    mantissa *= 10
    exponent -= 1
  }
  let tenths = (mantissa * 10).rounded()
  let digits = fixedText(mantissa, decimals: tenths.truncatingRemainder(dividingBy: 10) == 0 ? 0 : 1)
  return (value < 0 ? minusSign : "") + digits + "e" + (exponent < 0 ? minusSign : "") + "\(exponent.magnitude)"
}

extension Unit {
  /// The unit behind a prefix, made safe to draw: `Mbit/s`; a rate keeps its "per", so 1/s becomes `k/s`.
  func text(_ prefix: Prefix) -> String {
    let name = !prefix.symbol.isEmpty && symbol.hasPrefix("1/") ? String(symbol.dropFirst()) : symbol
    return (prefix.symbol + name).printable(limit: 40)
  }
}
