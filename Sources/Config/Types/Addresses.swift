/// Names and addresses of the net, as texts that are safe to hand to a program.
enum Address {
  /// The version of IP of an address in numbers; `nil` where it is a name or nothing at all.
  static func family(ofNumeric text: String) -> PingProbe.Family? {
    guard HostAddress.fault(in: text) == nil else { return nil }
    if HostAddress.isV6(text) { return .ipv6 }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil } ? .ipv4 : nil
  }

  /// `host:port:address`, where to connect instead of asking for the host's address; a numeric address, in brackets
  /// or not where it is of version 6.
  static func isConnection(_ text: String) -> Bool {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, HostAddress.fault(in: parts[0]) == nil, let port = Int(parts[1]),
      (1...65_535).contains(port)
    else {
      return false
    }
    let address =
      parts[2].hasPrefix("[") && parts[2].hasSuffix("]") ? String(parts[2].dropFirst().dropLast()) : parts[2]
    return family(ofNumeric: address) != nil
  }

  /// What stands between `://` and the path, where the scheme is one of these; login and port are still in it.
  static func host(ofURL text: String, schemes: [String]) -> Substring? {
    guard let scheme = schemes.first(where: { text.lowercased().hasPrefix($0 + "://") }) else { return nil }
    let host = text.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
    return host.isEmpty || host.hasPrefix(":") || host.hasPrefix("-") ? nil : host
  }

  /// Numbers with dots, the leading dot taken off.
  static func oid(_ text: String) -> String? {
    let bare = text.hasPrefix(".") ? String(text.dropFirst()) : text
    let parts = bare.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.count <= 128, parts.allSatisfy({ UInt32($0) != nil && !$0.hasPrefix("+") })
    else { return nil }
    return bare
  }

  /// `local@domain` without anything that could end an address or begin an option.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let domain = parts.last, text.utf8.count <= 254 else {
      return false
    }
    let forbidden = "<>()[],;:\\\" \t"
    return !local.isEmpty && !local.hasPrefix("-") && HostAddress.fault(in: String(domain)) == nil
      && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
      && !text.contains { forbidden.contains($0) }
  }

  /// `200` or `200-299`.
  static func codes(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil, parts.count <= 2,
      100 <= first, first <= last, last <= 599
    else { return nil }
    return first...last
  }
}
