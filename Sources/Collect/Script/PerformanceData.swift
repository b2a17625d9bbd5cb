import Model

/// The values of `LABEL=VALUE[UOM][;WARN[;CRIT[;MIN[;MAX]]]]` after one another, and what is wrong with the rest. The
/// thresholds are looked at but not kept: tolerances are redeye's own.
func performanceData(_ text: String) -> (values: [ScriptValue], problems: [String]) {
  var scanner = Scanner(text)
  var values: [ScriptValue] = []
  var problems: [String] = []
  while let item = scanner.next() {
    do throws(Refusal) {
      values.append(try value(of: try item.get()))
    } catch {
      problems.append(error.reason)
    }
  }
  return (values, problems)
}

private struct Item {
  let label: String
  let fields: [Substring]
}

/// Goes from label to label; a quoted label may hold anything, a quote written twice.
private struct Scanner {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  mutating func next() -> Result<Item, Refusal>? {
    rest = rest.drop { $0.isWhitespace }
    guard let first = rest.first else { return nil }
    guard let label = first == "'" ? quotedLabel() : bareLabel() else {
      defer { rest = rest.drop { !$0.isWhitespace } }
      return .failure(Refusal(reason: "\(quoted(rest.prefix { !$0.isWhitespace })) is not label=value"))
    }
    let values = rest.prefix { !$0.isWhitespace }
    rest = rest[values.endIndex...]
    guard !label.isEmpty else { return .failure(Refusal(reason: "\(quoted("=" + values)) has no label")) }
    return .success(Item(label: label, fields: values.split(separator: ";", omittingEmptySubsequences: false)))
  }

  private mutating func bareLabel() -> String? {
    let word = rest.prefix { !$0.isWhitespace && $0 != "=" }
    guard word.endIndex < rest.endIndex, rest[word.endIndex] == "=" else { return nil }
    rest = rest[word.endIndex...].dropFirst()
    return String(word)
  }

  private mutating func quotedLabel() -> String? {
    var label = ""
    var tail = rest.dropFirst()
    while let quote = tail.firstIndex(of: "'") {
      label += tail[..<quote]
      tail = tail[quote...].dropFirst()
      if tail.first == "'" {
        label.append("'")
        tail = tail.dropFirst()
      } else {
        guard tail.first == "=" else { return nil }
        rest = tail.dropFirst()
        return label
      }
    }
    return nil
  }
}

private func value(of item: Item) throws(Refusal) -> ScriptValue {
  guard item.fields.count <= 5 else { throw Refusal(reason: "\(quoted(item.label)) has more than five fields") }
  for range in item.fields.dropFirst().prefix(2) { try check(range: range, of: item.label) }
  for bound in item.fields.dropFirst(3) where !bound.isEmpty {
    if case .refused(let reason) = ScriptNumber(bound) { throw Refusal(reason: "\(quoted(item.label)): \(reason)") }
  }
  let field = item.fields.first ?? ""
  let digits = field.prefix { $0.isASCII && ($0.isNumber || "+-.,".contains($0)) }
  let exponent = field[digits.endIndex...].exponent
  let number = digits + exponent
  if number.isEmpty, field.isEmpty || ScriptNumber(field) == .unknown {
    return ScriptValue(label: item.label, value: nil, unit: .none)
  }
  if case .refused(let reason) = ScriptNumber(number.isEmpty ? field[...] : number[...]) {
    throw Refusal(reason: "\(quoted(item.label)): \(reason)")
  }
  guard let unit = MeasuredUnit(field.dropFirst(number.count)) else {
    throw Refusal(reason: "\(quoted(item.label)): \(quoted(field)) has no unit that could be one")
  }
  return ScriptValue(
    label: item.label, value: ScriptNumber(number).value.map { $0 * unit.factor }, unit: unit.unit,
    kind: unit.isCounter ? .counter : .gauge)
}

extension Substring {
  /// `e-3` of `e-3s`: only where digits follow, since a unit may begin with an e.
  fileprivate var exponent: Substring {
    guard let first, first == "e" || first == "E" else { return prefix(0) }
    let sign = dropFirst().prefix { $0 == "+" || $0 == "-" }
    let digits = self[sign.endIndex...].prefix { $0.isASCII && $0.isNumber }
    return sign.count <= 1 && !digits.isEmpty ? self[..<digits.endIndex] : prefix(0)
  }
}

/// A unit of measurement, brought to its base: ms to s, KB to B.
private struct MeasuredUnit {
  let unit: Unit
  let factor: Double
  var isCounter = false

  private static let seconds: [String: Double] = [
    "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9, "m": 60, "min": 60, "h": 3600, "d": 86_400,
  ]
  private static let steps = ["k", "m", "g", "t", "p", "e"]

  init?(_ text: Substring) {
    let text = String(text)
    if text.isEmpty {
      (unit, factor) = (.none, 1)
    } else if text == "%" {
      (unit, factor) = (.percent, 1)
    } else if text == "c" {
      (unit, factor, isCounter) = (.perSecond, 1, true)
    } else if let scale = MeasuredUnit.seconds[text] {
      (unit, factor) = (.seconds, scale)
    } else if let (base, scale) = MeasuredUnit.size(text) {
      (unit, factor) = (base, scale)
    } else {
      guard text.count <= 16, text.unicodeScalars.allSatisfy(MeasuredUnit.mayStand) else { return nil }
      (unit, factor) = (Unit(text), 1)
    }
  }

  /// `KB` is 1000 bytes and `KiB` 1024, `kb` is 1000 bits (Icinga 2).
  private static func size(_ text: String) -> (Unit, Double)? {
    guard let last = text.last, last == "B" || last == "b" else { return nil }
    let unit = last == "B" ? Unit.bytes : Unit("bit")
    let prefix = text.dropLast().lowercased()
    if prefix.isEmpty { return (unit, 1) }
    let isBinary = prefix.hasSuffix("i")
    guard let step = steps.firstIndex(of: isBinary ? String(prefix.dropLast()) : prefix) else { return nil }
    return (unit, (0...step).reduce(1.0) { scale, _ in scale * (isBinary ? 1024 : 1000) })
  }

  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || "%/°²³·-_".unicodeScalars.contains(scalar)
  }
}

/// `[@][START:][END]`: a missing start is 0, a missing end infinite, `~` minus infinity.
private func check(range: Substring, of label: String) throws(Refusal) {
  let bare = range.hasPrefix("@") ? range.dropFirst() : range
  let parts = bare.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count <= 2 else { throw Refusal(reason: "\(quoted(label)): \(quoted(range)) is not a range") }
  let start = parts.count == 2 ? parts[0] : ""
  let end = parts.last ?? ""
  guard let low = start == "~" ? -.infinity : bound(start, missing: 0), let high = bound(end, missing: .infinity) else {
    throw Refusal(reason: "\(quoted(label)): \(quoted(range)) is not a range")
  }
  guard low <= high else {
    throw Refusal(reason: "\(quoted(label)): the range \(quoted(range)) begins above its end")
  }
}

private func bound(_ text: Substring, missing: Double) -> Double? {
  text.isEmpty ? missing : ScriptNumber(text).value
}
