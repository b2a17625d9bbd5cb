/// A conversation over one TCP connection and everything that bounds it.
package struct Dialogue: Sendable {
  package enum Step: Sendable {
    /// Waits until this is among what came since the step before, and goes on after it.
    case expect(Search)
    case send([UInt8])
    /// TLS begins here.
    case secure
    /// From the greeting to TLS, as the protocol has it.
    case startTLS(StartTLS)
  }

  /// What is looked for.
  package struct Search: Sendable {
    /// For messages: `'220'`.
    package var shown: String
    /// How many bytes are done with; `nil` where it is not among them (yet).
    package var end: @Sendable ([UInt8]) throws(TransferFailure) -> Int?

    package init(shown: String, end: @escaping @Sendable ([UInt8]) throws(TransferFailure) -> Int?) {
      self.shown = shown
      self.end = end
    }
  }

  /// A numeric address.
  package var address: String
  package var port: Int
  /// What the peer's certificate must be for, and the name it is asked by.
  package var name: String
  package var steps: [Step]
  /// Seconds for the whole of it.
  package var timeout: Double
  /// Bytes the peer may send altogether.
  package var limit: Int
  /// Whether a certificate that is not good ends it.
  package var verifies: Bool
  /// A PEM file of authorities to trust besides the system's.
  package var authorities: String?

  package init(
    address: String, port: Int, name: String, steps: [Step] = [], timeout: Double = 10, limit: Int = 8_192,
    verifies: Bool = true, authorities: String? = nil
  ) {
    self.address = address
    self.port = port
    self.name = name
    self.steps = steps
    self.timeout = timeout
    self.limit = limit
    self.verifies = verifies
    self.authorities = authorities
  }
}

/// What came of a dialogue; with a failure, everything that was seen before it.
package struct DialogueResult: Sendable {
  /// Seconds until the connection stood.
  package var connect: Double?
  /// Seconds from the first byte of TLS until it was agreed on.
  package var tls: Double?
  /// Seconds from start to end.
  package var total: Double
  /// What the peer sent first, up to the end of its line.
  package var banner: [UInt8]
  package var bytes: Int
  package var report: TLSReport?
  package var failure: TransferFailure?

  package init(
    connect: Double? = nil, tls: Double? = nil, total: Double = 0, banner: [UInt8] = [], bytes: Int = 0,
    report: TLSReport? = nil, failure: TransferFailure? = nil
  ) {
    self.connect = connect
    self.tls = tls
    self.total = total
    self.banner = banner
    self.bytes = bytes
    self.report = report
    self.failure = failure
  }
}

/// Protocols that begin in the clear and go on in TLS.
package enum StartTLS: String, Sendable, CaseIterable {
  /// RFC 3207.
  case smtp
  /// RFC 9051, section 6.2.1.
  case imap
  /// RFC 2595, section 4.
  case pop3
  /// RFC 4217.
  case ftp
  /// RFC 4511, section 4.14.
  case ldap
}
