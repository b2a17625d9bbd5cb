import Model

/// A word of a formula.
struct Token {
  enum Kind: Equatable {
    /// With its unit; `nil` for a bare number. Whole seconds are also a period.
    case number(Double, Unit?, CalendarPeriod?)
    /// What stood in quotes.
    case text(String)
    case word(String)
    case sign(String)
    case end
  }

  var kind: Kind
  /// In characters of the formula.
  var place: Range<Int>
}

/// Cuts a formula into words. It is asked for one after another, so that a hostile text costs no more than is read.
struct Lexer {
  private let text: [Unicode.Scalar]
  private var index = 0

  init(_ text: [Unicode.Scalar]) { self.text = text }

  mutating func next() throws(FormulaError) -> Token {
    while let scalar = peek(), scalar.properties.isWhitespace { index += 1 }
    guard let scalar = peek() else { return Token(kind: .end, place: index..<index) }
    let start = index
    switch scalar {
    case "0"..."9", ".": return Token(kind: try number(), place: start..<index)
    case "'", "\"", "“", "‘": return Token(kind: .text(try quoted(scalar)), place: start..<index)
    case _ where scalar.isLetter: return Token(kind: .word(take { $0.isLetter || $0.isDigit }), place: start..<index)
    default: return Token(kind: .sign(try sign(scalar)), place: start..<index)
    }
  }

  /// Whether what comes next is a “(”.
  var isBeforeCall: Bool { text[index...].first { !$0.properties.isWhitespace } == "(" }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < text.count ? text[index + ahead] : nil
  }

  private mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> String {
    var result = String.UnicodeScalarView()
    while let scalar = peek(), belongs(scalar) {
      result.append(scalar)
      index += 1
    }
    return String(result)
  }

  // MARK: Signs and quotes

  private mutating func sign(_ scalar: Unicode.Scalar) throws(FormulaError) -> String {
    let start = index
    index += 1
    let isDouble = peek() == "="
    switch scalar {
    case "+", "(", ")", ",": return String(scalar)
    case "-", "−": return "-"
    case "*", "×", "·": return "*"
    case "/", "÷": return "/"
    case "≤": return "<="
    case "≥": return ">="
    case "≠": return "!="
    case "<", ">", "!", "=":
      if isDouble { index += 1 }
      if scalar != "!" || isDouble { return scalar == "=" ? "=" : String(scalar) + (isDouble ? "=" : "") }
    default: break
    }
    throw FormulaError(
      "\(String(scalar).quoted) has no meaning in a formula", at: start..<start + 1,
      help: "a series stands in quotes: 'HOST/JOB/METRIC'")
  }

  private mutating func quoted(_ open: Unicode.Scalar) throws(FormulaError) -> String {
    let close: Unicode.Scalar = open == "“" ? "”" : open == "‘" ? "’" : open
    let start = index
    index += 1
    let content = take { $0 != close }
    guard peek() == close else {
      throw FormulaError("a quote without its end", at: start..<start + 1, help: "close it with \(close)")
    }
    index += 1
    return content
  }

  // MARK: Numbers

  private mutating func number() throws(FormulaError) -> Token.Kind {
    let start = index
    if let period = period() { return .number(Double(period.length), .seconds, period) }
    var digits = take { $0.isDigit }
    if peek() == ".", peek(1)?.isDigit == true {
      index += 1
      digits += "." + take { $0.isDigit }
    }
    digits += exponent()
    guard let value = Double(digits), value.isFinite else {
      let why = digits.isEmpty ? "no number" : "too large a number"
      index = max(index, start + 1)
      throw FormulaError("this is \(why)", at: start..<index, help: "write it like 1.5, 100 Mbit/s or 95%")
    }
    guard let suffix = try suffix(from: start) else { return .number(value, nil, nil) }
    let scaled = value * suffix.factor
    guard scaled.isFinite else { throw FormulaError("this is too large a number", at: start..<index) }
    return .number(scaled, suffix.unit, nil)
  }

  /// `1h30m`, in one word.
  private mutating func period() -> CalendarPeriod? {
    var end = index
    while end < text.count, end - index < 40, text[end].isDigit || text[end].isLetter { end += 1 }
    let word = String(String.UnicodeScalarView(text[index..<end]))
    guard let period = CalendarPeriod(word) else { return nil }
    index = end
    return period
  }

  private mutating func exponent() -> String {
    guard peek() == "e" || peek() == "E" else { return "" }
    let hasSign = peek(1) == "-" || peek(1) == "+"
    guard peek(hasSign ? 2 : 1)?.isDigit == true else { return "" }
    let sign = hasSign && peek(1) == "-" ? "-" : ""
    index += hasSign ? 2 : 1
    return "e" + sign + take { $0.isDigit }
  }

  /// What stands behind a number, with or without a blank; a word that is no unit is left where a blank is between.
  private mutating func suffix(from begin: Int) throws(FormulaError) -> Suffix? {
    let start = index
    while let scalar = peek(), [" ", "\u{A0}", thinBlank].contains(scalar) { index += 1 }
    let first = index
    var word = peek() == "%" ? "%" : take { $0.isLetter || $0 == "°" }
    if word == "%" { index += 1 }
    if peek() == "/", peek(1) == "s", peek(2).map({ !$0.isLetter && !$0.isDigit }) ?? true,
      Suffix.table[word + "/s"] != nil
    {
      index += 2
      word += "/s"
    }
    if let suffix = Suffix.table[word] { return suffix }
    if ["m", "h", "d", "w"].contains(word) {
      throw FormulaError(
        "a length of time is written in whole numbers and without blanks, and is at most ten years",
        at: begin..<index, help: "write it like 1h30m, 1d or 52w")
    }
    if first > start || word.isEmpty {
      index = start
      return nil
    }
    throw FormulaError(
      "\(word.quoted) is no unit of a number", at: first..<index,
      help: "known are k M G T, Ki Mi Gi Ti, B, bit, B/s, bit/s, s and %, and 30s, 5m, 1h, 1d, 1w",
      word: word, candidates: Suffix.table.keys.filter { $0.count > 1 }.sorted())
  }
}

private let thinBlank: Unicode.Scalar = "\u{202F}"

/// What may stand behind a number.
private struct Suffix {
  var factor: Double
  /// `nil`: only a power.
  var unit: Unit?

  static let table: [String: Suffix] = {
    let powers: [(String, Double)] = [
      ("", 1), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("Ki", 1_024), ("Mi", 1_048_576),
      ("Gi", 1_073_741_824), ("Ti", 1_099_511_627_776), ("Pi", 1_125_899_906_842_624),
    ]
    let units: [(String, Unit?)] = [
      ("", nil), ("bit", Unit("bit")), ("B", .bytes), ("bit/s", .bitsPerSecond), ("B/s", .bytesPerSecond),
      ("/s", .perSecond),
    ]
    var table: [String: Suffix] = [:]
    for (power, factor) in powers {
      for (name, unit) in units where power + name != "" { table[power + name] = Suffix(factor: factor, unit: unit) }
    }
    let seconds: [(String, Double)] = [("s", 1), ("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9)]
    for (name, factor) in seconds { table[name] = Suffix(factor: factor, unit: .seconds) }
    table["%"] = Suffix(factor: 1, unit: .percent)
    return table
  }()
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { "0"..."9" ~= self }
  fileprivate var isLetter: Bool { self == "_" || properties.isAlphabetic }
}
