/// One question to several name servers.
package struct DNSProbe: Hashable, Sendable {
  package enum RecordType: String, Hashable, Sendable, CaseIterable {
    case a = "A"
    case aaaa = "AAAA"
    case mx = "MX"
    case txt = "TXT"
    case soa = "SOA"
    case ns = "NS"
    case cname = "CNAME"
    case ptr = "PTR"
    case srv = "SRV"
  }

  package struct Server: Hashable, Sendable {
    /// As it was written; the name of the instance.
    package var name: String
    /// A name or an address.
    package var host: String
    package var port: Int

    package init(name: String, host: String, port: Int = 53) {
      self.name = name
      self.host = host
      self.port = port
    }

    /// `192.0.2.1`, `192.0.2.1:5353`, `[2001:db8::1]:5353` or `ns1.example.org`; `nil` for anything else.
    package init?(_ text: String) {
      var host = text[...]
      var port = 53
      if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
        host = text[text.index(after: text.startIndex)..<end]
        let rest = text[text.index(after: end)...]
        guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
        if !rest.isEmpty { port = Int(rest.dropFirst()) ?? 0 }
      } else if let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") {
        host = text[..<colon]
        port = Int(text[text.index(after: colon)...]) ?? 0
      }
      guard HostAddress.fault(in: String(host)) == nil, (1...65_535).contains(port) else { return nil }
      self.init(name: text, host: String(host), port: port)
    }
  }

  package var query: String
  package var type: RecordType
  /// Empty: those this machine asks itself.
  package var servers: [Server]
  /// What the answer must be exactly, in any order; empty for anything.
  package var answers: [String]
  /// What must be among the answers.
  package var includes: [String]
  /// Whether all servers must answer alike; of SOA the serial counts.
  package var agree: Bool
  package var recursive: Bool

  package init(
    query: String, type: RecordType = .a, servers: [Server] = [], answers: [String] = [], includes: [String] = [],
    agree: Bool = true, recursive: Bool = true
  ) {
    self.query = query
    self.type = type
    self.servers = servers
    self.answers = answers
    self.includes = includes
    self.agree = agree
    self.recursive = recursive
  }
}
