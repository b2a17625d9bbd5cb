/// What a resolver takes for a host, and what is wrong with what it would not take.
///
/// Names follow RFC 1123 section 2.1, with `_` besides: directories and containers have such names, and DNS has no
/// rule against them (RFC 2181 section 11). A name whose last label is a number is no name (WHATWG URL, "ends in a
/// number"), for a resolver takes `10.0.0` and `0x7f.1` as addresses nobody meant.
package enum HostAddress {
  /// The way out, e.g. `999 is more than 255`; `nil` where nothing is wrong.
  package static func fault(in text: String) -> String? {
    if text.isEmpty { return "it is empty: \(example)" }
    if isPlainV4(text) { return nil }
    if let fault = somethingElse(text) { return fault }
    if text.split(separator: "%", maxSplits: 1).first?.contains(":") == true { return faultOfV6(text) }
    let bare = text.hasSuffix(".") ? String(text.dropLast()) : text
    return faultOfCharacters(text) ?? (endsInANumber(bare) ? faultOfV4(text) : faultOfName(bare))
  }

  /// Four numbers up to 255 without zeros before them, as most addresses are: told without taking the text apart.
  private static func isPlainV4(_ text: String) -> Bool {
    var (parts, digits, number) = (1, 0, 0)
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") {
        guard digits > 0 else { return false }
        (parts, digits, number) = (parts + 1, 0, 0)
      } else {
        guard byte.isASCIIDigit, digits == 0 || number > 0 else { return false }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
        guard number <= 255 else { return false }
      }
    }
    return parts == 4 && digits > 0
  }

  /// Whether a text is an IPv6 address, which stands in brackets inside of a URL.
  static func isV6(_ text: String) -> Bool { text.contains(":") && fault(in: text) == nil }

  private static let example = "write it like www.example.org, 192.0.2.1 or 2001:db8::1"

  // MARK: Not a host at all

  private static func somethingElse(_ text: String) -> String? {
    if let scheme = text.firstRange(of: ":/") {
      let host = text[scheme.upperBound...].drop { $0 == "/" }.prefix { !"/?#".contains($0) }
      return "a URL is no host: " + instead(of: host.split(separator: "@").last ?? "", or: "leave out scheme and path")
    }
    if let slash = text.firstIndex(of: "/") {
      let isNetwork = !text[slash...].dropFirst().isEmpty && text[slash...].dropFirst().allSatisfy(\.isNumber)
      return (isNetwork ? "a network is no host: " : "a path is no part of a host: ")
        + instead(of: text[..<slash], or: "leave out what follows the “/”")
    }
    if let at = text.lastIndex(of: "@") {
      return "a login is no part of a host: " + instead(of: text[text.index(after: at)...], or: "leave it out")
    }
    if text.hasPrefix("[") {
      let inside = text.dropFirst().prefix { $0 != "]" }
      return "brackets belong to URLs: " + instead(of: inside, or: example)
    }
    return faultOfPort(text)
  }

  private static func faultOfPort(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].allSatisfy(\.isNumber) else { return nil }
    return "a port is no part of a host: " + instead(of: parts[0], or: "leave it out")
  }

  /// `write www.example.org`, where that would do.
  private static func instead(of host: Substring, or otherwise: String) -> String {
    host.isEmpty || fault(in: String(host)) != nil ? otherwise : "write \(host)"
  }

  private static func faultOfCharacters(_ text: String) -> String? {
    if text.hasPrefix("-") { return "it begins with “-”, which programs take for an option" }
    guard let wrong = text.unicodeScalars.first(where: { !isAllowed($0) }) else { return nil }
    if wrong.properties.isWhitespace { return "a host has no space in it" }
    if wrong.value > 0x7F { return "“\(wrong)” is not ASCII: write the form of the name that begins with xn--" }
    return "“\(wrong)” is in no name or address of a host"
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (UInt8(ascii: scalar).isASCIIAlphanumeric || "-_.".unicodeScalars.contains(scalar))
  }

  // MARK: Names

  private static func faultOfName(_ name: String) -> String? {
    if name.utf8.count > 253 { return "a name has 253 characters at most, and this has \(name.utf8.count)" }
    if name.hasPrefix(".") { return "it begins with a dot" }
    for label in name.split(separator: ".", omittingEmptySubsequences: false) {
      if label.isEmpty { return "two dots with nothing between them" }
      if label.utf8.count > 63 {
        return "a part of a name has 63 characters at most, and “\(label.prefix(12))…” has \(label.utf8.count)"
      }
      if label.hasPrefix("-") || label.hasSuffix("-") { return "“\(label)” begins or ends with “-”" }
    }
    return nil
  }

  // MARK: IPv4

  private static func endsInANumber(_ name: String) -> Bool {
    guard let last = name.split(separator: ".").last else { return false }
    if last.utf8.allSatisfy(\.isASCIIDigit) { return true }
    return last.lowercased().hasPrefix("0x") && last.dropFirst(2).allSatisfy(\.isHexDigit)
  }

  private static func faultOfV4(_ text: String) -> String? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.last == "" { return "an IPv4 address does not end with a dot: write \(text.dropLast())" }
    for part in parts {
      guard !part.isEmpty, part.utf8.allSatisfy(\.isASCIIDigit) else {
        return "what ends in a number is an IPv4 address, and “\(part)” is no decimal number in it"
      }
      guard let number = Int(part), number <= 255 || parts.count == 1 else {
        return "no number of an IPv4 address is more than 255: \(part)"
      }
      if part.count > 1, part.hasPrefix("0") {
        return "some programs read “\(part)” as octal: write \(number)"
      }
    }
    if parts.count == 4 { return nil }
    return
      "what ends in a number is an IPv4 address, and that has four numbers, not \(parts.count): write it like 192.0.2.1"
  }

  // MARK: IPv6

  private static func faultOfV6(_ text: String) -> String? {
    let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].isEmpty || !parts[1].unicodeScalars.allSatisfy(isAllowed) {
      return "“\(parts[1])” after “%” is no name of an interface"
    }
    let address = String(parts[0])
    if isHardware(address) { return "this is the address of a network card: write the host's IP address" }
    let halves = address.components(of: "::")
    if halves.count > 2 { return "“::” can stand in an IPv6 address once" }
    var count = 0
    for (number, half) in halves.enumerated() where !(halves.count == 2 && half.isEmpty) {
      let groups = half.split(separator: ":", omittingEmptySubsequences: false)
      for (place, group) in groups.enumerated() {
        let isLast = number == halves.count - 1 && place == groups.count - 1
        guard let length = isLast && group.contains(".") ? lengthOfV4(group) : lengthOfGroup(group) else {
          return "“\(group)” is no part of an IPv6 address: \(example)"
        }
        count += length
      }
    }
    if halves.count == 2 {
      return count <= 7 ? nil : "“::” stands for groups that are left out, and all eight are here"
    }
    return count == 8 ? nil : "an IPv6 address has eight groups, and this has \(count): “::” stands for those left out"
  }

  private static func lengthOfGroup(_ group: Substring) -> Int? {
    (1...4).contains(group.count) && group.allSatisfy { $0.isASCII && $0.isHexDigit } ? 1 : nil
  }

  /// The last 32 bits may be written as an IPv4 address (RFC 4291 section 2.2).
  private static func lengthOfV4(_ group: Substring) -> Int? {
    group.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ".") }) && faultOfV4(String(group)) == nil ? 2 : nil
  }

  private static func isHardware(_ text: String) -> Bool {
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    return groups.count == 6 && groups.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isHexDigit) }
  }
}

extension String {
  /// The parts between every `separator`, empty ones too.
  fileprivate func components(of separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }
}
