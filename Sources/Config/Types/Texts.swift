internal import Model
internal import YAML

extension String {
  /// Free of control characters, so that it can stand in a line.
  var isSafeText: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
      || unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F }
  }

  var wholeNumber: Int? {
    if case .int(let int) = YAMLValue(plain: self) { int } else { nil }
  }

  /// A finite number.
  var decimalNumber: Double? {
    switch YAMLValue(plain: self) {
    case .int(let int): Double(int)
    case .float(let float): float.isFinite ? float : nil
    default: nil
    }
  }

  var truth: Bool? {
    if case .bool(let bool) = YAMLValue(plain: self) { bool } else { nil }
  }
}

/// The rules for names of hosts, jobs, metrics and everything that gets a page or a file.
enum NameRule {
  /// What is wrong with a name, as the end of a sentence; `nil` where nothing is.
  static func fault(in name: String) -> String? {
    guard let first = name.unicodeScalars.first, let last = name.unicodeScalars.last else { return "is empty" }
    if first == "-" || first == "." { return "begins with “\(first)”" }
    if first.properties.isWhitespace || last.properties.isWhitespace { return "begins or ends with a space" }
    if name.utf8.count > 200 { return "is longer than 200 bytes" }
    // Nearly every name is of these, and one by one the scalars are slow.
    if name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"/*?".utf8.contains($0) }) { return nil }
    for scalar in name.unicodeScalars {
      if scalar == "/" { return "holds a “/”, which separates host, job and metric" }
      if scalar == "*" || scalar == "?" { return "holds a “\(scalar)”, which stands for any name" }
      if String(scalar).printable() != String(scalar) { return "holds a control character" }
    }
    return nil
  }

  /// Letters and digits of ASCII, `-`, `_` and `.`; the first is a letter, a digit or `_`.
  static func isMetric(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "."), name.utf8.count <= 200
    else { return false }
    return name.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { 0x30...0x39 ~= self }
  var isASCIIAlphanumeric: Bool { isASCIIDigit || 0x41...0x5A ~= self || 0x61...0x7A ~= self }
}
