/// What a node means by the core schema of YAML 1.2 (section 10.3.2): `no`, `on` and `yes` are text.
package enum YAMLValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case text(String)
  /// A sequence or a mapping.
  case collection
}

extension YAMLNode {
  package var value: YAMLValue {
    guard case .scalar(let scalar) = content else { return .collection }
    switch tag {
    case nil: return scalar.style == .plain ? YAMLValue(plain: scalar.text) : .text(scalar.text)
    case YAMLTag.null: return .null
    case YAMLTag.bool, YAMLTag.int, YAMLTag.float: return YAMLValue(plain: scalar.text).widened(to: tag)
    default: return .text(scalar.text)
    }
  }
}

/// The tags known by themselves.
package enum YAMLTag {
  package static let secret = "!secret"
  /// Of a value whose tag was refused: what it means cannot be told.
  package static let refused = "!refused"
  package static let text = "tag:yaml.org,2002:str"
  package static let int = "tag:yaml.org,2002:int"
  package static let float = "tag:yaml.org,2002:float"
  package static let bool = "tag:yaml.org,2002:bool"
  package static let null = "tag:yaml.org,2002:null"
  package static let sequence = "tag:yaml.org,2002:seq"
  package static let mapping = "tag:yaml.org,2002:map"

  static let ofScalars: Set<String> = [text, int, float, bool, null]
}

extension YAMLValue {
  /// The value of an unquoted scalar.
  package init(plain text: String) {
    if YAMLValue.isNull(plain: text) {
      self = .null
      return
    }
    switch text {
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    default: self = YAMLValue(number: text) ?? .text(text)
    }
  }

  static func isNull(plain text: String) -> Bool {
    switch text.utf8.count {
    case 0: true
    case 1: text == "~"
    case 4: text == "null" || text == "Null" || text == "NULL"
    default: false
    }
  }

  private init?(number text: String) {
    // Most scalars are words: one look at the first byte is enough for them.
    guard let first = text.utf8.first, first.isDigit || "+-.".utf8.contains(first) else { return nil }
    if let int = text.coreInteger {
      self = .int(int)
    } else if let float = text.coreFloat {
      self = .float(float)
    } else {
      return nil
    }
  }

  fileprivate func widened(to tag: String?) -> YAMLValue {
    if case .int(let int) = self, tag == YAMLTag.float { return .float(Double(int)) }
    return self
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { 0x30...0x39 ~= self }
}

extension String {
  fileprivate var coreInteger: Int? {
    if hasPrefix("0o") { return dropFirst(2).radix(8) }
    if hasPrefix("0x") { return dropFirst(2).radix(16) }
    let digits = unsigned
    return !digits.isEmpty && digits.allSatisfy(\.isDigit) ? Int(self) : nil
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, `.inf` and `.nan`; and integers too long for 64 bits.
  fileprivate var coreFloat: Double? {
    switch self {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
    case "-.inf", "-.Inf", "-.INF": return -.infinity
    case ".nan", ".NaN", ".NAN": return .nan
    default: break
    }
    let parts = unsigned.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == 0x65 || $0 == 0x45 }
    guard let mantissa = parts.first, isMantissa(mantissa), parts.count == 1 || isExponent(parts[1]) else { return nil }
    return Double(self)
  }

  private var unsigned: ArraySlice<UInt8> {
    let bytes = Array(utf8)
    return bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
  }

  private func isMantissa(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.allSatisfy(\.isDigit) }) else { return false }
    return !parts[0].isEmpty || parts.count == 2 && !parts[1].isEmpty
  }

  private func isExponent(_ bytes: ArraySlice<UInt8>) -> Bool {
    let digits = bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    return !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }
}

extension Substring {
  /// Digits of a radix and nothing else.
  fileprivate func radix(_ radix: Int) -> Int? {
    utf8.first.map { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") } == false ? Int(self, radix: radix) : nil
  }
}
