/// URLs redeye fetches: `http` or `https`, a host, and no login, for they are shown on pages.
enum WebAddress {
  /// The way out; `nil` where nothing is wrong.
  static func fault(in text: String) -> String? {
    if let fault = faultOfScheme(text) { return fault }
    if !text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) { return "a URL has no space in it: write %20" }
    guard let scheme = text.firstRange(of: "://") else { return nil }
    let server = text[scheme.upperBound...].prefix { !"/?#".contains($0) }
    if server.contains("@") { return "it is shown on pages, so leave the login out of it" }
    return faultOfServer(server)
  }

  /// The host of a URL without a fault, an IPv6 address without its brackets.
  static func host(of url: String) -> String {
    let server = Address.host(ofURL: url, schemes: ["http", "https"]) ?? ""
    if server.hasPrefix("[") { return String(server.dropFirst().prefix { $0 != "]" }) }
    return String(server.prefix { $0 != ":" })
  }

  private static func faultOfScheme(_ text: String) -> String? {
    if ["http://", "https://"].contains(where: text.lowercased().hasPrefix) { return nil }
    if let scheme = text.firstRange(of: "://") {
      return "it begins with http:// or https://, not with \(text[..<scheme.upperBound])"
    }
    let isNearly = text.lowercased().hasPrefix("http")
    let host = text.prefix { !"/?#:".contains($0) }
    guard !isNearly, !host.isEmpty, HostAddress.fault(in: String(host)) == nil else {
      return "write it like https://www.example.org/"
    }
    return "it begins with http:// or https://: write https://\(text)"
  }

  /// What stands between `://` and the path: a host, an IPv6 address in brackets, and a port.
  static func faultOfServer(_ server: Substring) -> String? {
    var host = server
    var port: Substring?
    if server.hasPrefix("[") {
      guard let close = server.firstIndex(of: "]") else { return "the “[” of the address has no “]”" }
      host = server[..<close].dropFirst()
      let rest = server[server.index(after: close)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return "only a port can follow “]”" }
      port = rest.isEmpty ? nil : rest.dropFirst()
      if !HostAddress.isV6(String(host)) { return "only an IPv6 address stands in brackets" }
    } else {
      let parts = server.split(separator: ":", omittingEmptySubsequences: false)
      if parts.count > 2 { return "an IPv6 address stands in brackets: write http://[2001:db8::1]/" }
      host = parts[0]
      port = parts.count == 2 ? parts[1] : nil
    }
    if host.isEmpty { return "it names no host" }
    return faultOfPort(port) ?? HostAddress.fault(in: String(host))
  }

  private static func faultOfPort(_ port: Substring?) -> String? {
    guard let port else { return nil }
    let isPort = port.utf8.allSatisfy(\.isASCIIDigit) && Int(port).map { (1...65_535).contains($0) } == true
    return isPort ? nil : "“\(port)” is no port: they go from 1 to 65535"
  }
}
