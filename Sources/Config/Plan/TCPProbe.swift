/// A connection, and what is said over it.
package struct TCPProbe: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case expect(String)
    /// A regular expression.
    case matches(String)
    /// With its line end.
    case send(String)
    /// TLS begins here.
    case secure
    /// From the greeting to TLS, as the protocol has it.
    case startTLS(TLSProbe.Start)
  }

  package var address: String
  package var port: Int
  package var steps: [Step]
  package var family: IPFamily
  /// Bytes the peer may send altogether.
  package var limit: Int
  package var security: TLSSettings

  package init(
    address: String, port: Int, steps: [Step] = [], family: IPFamily = .any, limit: Int = 8_192,
    security: TLSSettings = TLSSettings()
  ) {
    self.address = address
    self.port = port
    self.steps = steps
    self.family = family
    self.limit = limit
    self.security = security
  }
}

/// A certificate, and nothing beyond it.
package struct TLSProbe: Hashable, Sendable {
  /// Protocols that begin in the clear.
  package enum Start: String, Hashable, Sendable, CaseIterable { case smtp, imap, pop3, ftp, ldap }

  package var address: String
  package var port: Int
  package var start: Start?
  package var family: IPFamily
  package var security: TLSSettings

  package init(
    address: String, port: Int = 443, start: Start? = nil, family: IPFamily = .any,
    security: TLSSettings = TLSSettings()
  ) {
    self.address = address
    self.port = port
    self.start = start
    self.family = family
    self.security = security
  }
}

package struct TLSSettings: Hashable, Sendable {
  /// What the certificate must be for, and the name the peer is asked by; the address if `nil`.
  package var serverName: String?
  package var verifies: Bool
  /// A PEM file of authorities to trust besides the system's; absolute.
  package var authorities: String?

  package init(serverName: String? = nil, verifies: Bool = true, authorities: String? = nil) {
    self.serverName = serverName
    self.verifies = verifies
    self.authorities = authorities
  }
}
