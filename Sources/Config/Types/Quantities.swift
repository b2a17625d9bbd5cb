internal import Model

/// Durations as people write them: `90s`, `1h30m`, `1d12h`, `200ms`.
enum DurationText {
  private static let units: [(name: String, milliseconds: Int)] = [
    ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000),
  ]

  /// `nil` for a bare number, a unit twice, smaller before larger, or more than a thousand years.
  static func milliseconds(_ text: String) -> Int? {
    var rest = Substring(text)
    var total = 0
    var smallest = Int.max
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let letters = rest.dropFirst(digits.count).prefix { $0.isLetter }
      guard let number = Int(digits), number < 1_000_000_000,
        let unit = units.first(where: { $0.name == letters })?.milliseconds, unit < smallest
      else { return nil }
      smallest = unit
      total += number * unit
      rest = rest.dropFirst(digits.count + letters.count)
      guard total < 31_622_400_000_000 else { return nil }
    }
    return text.isEmpty ? nil : total
  }

  /// The shortest way to write it.
  static func text(milliseconds: Int) -> String {
    if milliseconds == 0 { return "0s" }
    var rest = milliseconds
    var text = ""
    for unit in units.reversed() where unit.name != "w" && rest >= unit.milliseconds {
      text += "\(rest / unit.milliseconds)\(unit.name)"
      rest %= unit.milliseconds
    }
    return text
  }

  static func text(seconds: Int) -> String { text(milliseconds: seconds * 1_000) }
}

enum Percent {
  /// `99.9%` as the number nearest to 0.999; `nil` without the sign or outside of 0 to 100.
  static func share(_ text: String) -> Double? {
    guard text.hasSuffix("%") else { return nil }
    let number = String(text.dropLast()).trimmed
    guard number.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ".") }), number.decimalNumber != nil,
      let share = Double(number + "e-2"), (0...1).contains(share)
    else { return nil }
    return share
  }
}

enum ByteCount {
  private static let units: [(name: String, bytes: Int)] = [
    ("", 1), ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20),
    ("GiB", 1 << 30),
  ]

  static func bytes(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let name = String(text.dropFirst(digits.count)).trimmed
    guard let number = Int(digits), number < 1 << 32, let unit = units.first(where: { $0.name == name })
    else { return nil }
    return number * unit.bytes
  }
}

enum Units {
  /// The units of the house by their symbols; any other short text is itself.
  static func unit(_ text: String) -> Unit? {
    let known = [
      Unit.percent, .seconds, .days, .bytes, .bytesPerSecond, .bitsPerSecond, .perSecond,
    ]
    if let unit = known.first(where: { $0.symbol == text }) { return unit }
    return text.unicodeScalars.count <= 20 && text.printable() == text ? Unit(text) : nil
  }
}

enum Regexes {
  /// Whether Swift's own engine takes it: that is what will match with it.
  static func isValid(_ text: String) -> Bool { (try? Regex(text)) != nil }
}
