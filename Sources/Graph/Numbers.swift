import Model

/// A number with a fixed count of decimals, as people read it here: U+2212 for minus, groups of three from 10 000 on.
///
/// `decimal(1000, 0)` is `1000`, `decimal(12345.6, 1)` is `12 345.6`, `decimal(nil, 1)` is `–`.
func decimal(_ value: Double?, _ decimals: Int) -> String {
  guard let value, value.isFinite else { return "–" }
  let power = powerOfTen(decimals)
  let scaled = (value.magnitude * power).rounded()
  guard scaled < 1e15 else { return scientific(value) }
  let whole = Int(scaled) / Int(power)
  let fraction = Int(scaled) % Int(power)
  let digits = decimals > 0 ? "." + padded(fraction, decimals) : ""
  return (value < 0 && scaled > 0 ? "−" : "") + grouped(whole) + digits
}

/// With as many decimals as the number bears, and no trailing zeros: ticks, limits.
func shortest(_ value: Double, upTo decimals: Int = 3) -> String {
  let power = powerOfTen(decimals)
  guard value.magnitude < 1e12 else { return decimal(value, 0) }
  let scaled = (value.magnitude * power).rounded()
  let needed = (0...decimals).first { (scaled / powerOfTen(decimals - $0)).truncatingRemainder(dividingBy: 1) == 0 }
  return decimal(value, needed ?? decimals)
}

/// How many decimals all numbers of a legend get: none from a mean of 100, one from 10, else two.
func decimals(forMean mean: Double) -> Int {
  mean >= 100 ? 0 : mean >= 10 ? 1 : 2
}

/// At least `width` digits, zeros in front.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

func powerOfTen(_ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<max(0, exponent) { power *= 10 }
  return power
}

private func grouped(_ number: Int) -> String {
  guard number >= 10_000 else { return String(number) }
  return grouped(beyond: number / 1_000) + "\u{202F}" + padded(number % 1_000, 3)
}

private func grouped(beyond number: Int) -> String {
  number < 1_000 ? String(number) : grouped(beyond: number / 1_000) + "\u{202F}" + padded(number % 1_000, 3)
}

/// `1.5e300`: for numbers that no column holds otherwise.
private func scientific(_ value: Double) -> String {
  var exponent = 0
  var mantissa = value.magnitude
  while mantissa >= 9.95 {
    mantissa /= 10
    exponent += 1
  }
  return (value < 0 ? "−" : "") + shortest(mantissa, upTo: 1) + "e\(exponent)"
}
