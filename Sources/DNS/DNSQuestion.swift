/// Types of record that can be asked for, by their number (IANA, DNS parameters).
package enum DNSType: Int, Sendable, CaseIterable {
  case a = 1
  case ns = 2
  case cname = 5
  case soa = 6
  case ptr = 12
  case mx = 15
  case txt = 16
  case aaaa = 28
  case srv = 33

  /// As zone files have it.
  package var name: String { "\(self)".uppercased() }

  package init?(name: String) {
    guard let type = DNSType.allCases.first(where: { $0.name == name }) else { return nil }
    self = type
  }
}

/// One question to one name server.
package struct DNSQuestion: Hashable, Sendable {
  /// A numeric address.
  package var server: String
  package var port: Int
  package var name: String
  package var type: DNSType
  /// Seconds for the whole of it; a question without an answer is asked three times in it.
  package var timeout: Double
  /// Whether the server is to ask others for what it does not know.
  package var isRecursive: Bool

  package init(
    server: String, port: Int = 53, name: String, type: DNSType, timeout: Double = 5, isRecursive: Bool = true
  ) {
    self.server = server
    self.port = port
    self.name = name
    self.type = type
    self.timeout = timeout
    self.isRecursive = isRecursive
  }

  /// The name under which an address is looked up backwards: `1.2.0.192.in-addr.arpa`; a name stays as it is.
  package static func reverse(_ address: String) -> String {
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) {
      return parts.reversed().joined(separator: ".") + ".in-addr.arpa"
    }
    guard address.contains(":"), let words = words(ofIPv6: address) else { return address }
    let digits = words.flatMap { word in (0..<4).map { String(word >> (12 - 4 * $0) & 0xF, radix: 16) } }
    return digits.reversed().joined(separator: ".") + ".ip6.arpa"
  }

  private static func words(ofIPv6 address: String) -> [UInt16]? {
    let halves = address.split(separator: "::", omittingEmptySubsequences: false).map {
      $0.split(separator: ":").map { UInt16($0, radix: 16) }
    }
    let known = halves.joined().compactMap { $0 }
    guard halves.count <= 2, known.count == halves.joined().count else { return nil }
    if halves.count == 1 { return known.count == 8 ? known : nil }
    guard known.count < 8 else { return nil }
    let first = halves[0].compactMap { $0 }
    let last = halves[1].compactMap { $0 }
    return first + Array(repeating: 0, count: 8 - known.count) + last
  }
}

/// What a server said.
package struct DNSReply: Sendable {
  /// Nothing where there is a failure without an answer.
  package var answer: DNSAnswer?
  package var failure: DNSFailure?
  /// Seconds until the answer, with every repetition.
  package var seconds: Double
  /// How often the question was asked again.
  package var retries: Int
  /// When it was asked, in monotonic seconds; `nil` where it never was.
  package var startedAt: Double?

  package init(
    answer: DNSAnswer? = nil, failure: DNSFailure? = nil, seconds: Double = 0, retries: Int = 0,
    startedAt: Double? = nil
  ) {
    self.answer = answer
    self.failure = failure
    self.seconds = seconds
    self.retries = retries
    self.startedAt = startedAt
  }
}

/// The records that answer a question.
package struct DNSAnswer: Hashable, Sendable {
  /// As zone files have them, names without the last dot and in lower case: `10 mail.example.org`.
  package var records: [String]
  /// Seconds the first of them may be remembered; `nil` where there are none.
  package var timeToLive: Int?
  /// Of a SOA record.
  package var serial: Int?
  /// Whether the server is one of the zone's own.
  package var isAuthoritative: Bool

  package init(records: [String], timeToLive: Int? = nil, serial: Int? = nil, isAuthoritative: Bool = false) {
    self.records = records
    self.timeToLive = timeToLive
    self.serial = serial
    self.isAuthoritative = isAuthoritative
  }
}

/// Why there is no answer, or none that counts.
package struct DNSFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// The server says that there is no such name.
    case nxdomain
    /// The server failed.
    case servfail
    /// The server does not want to.
    case denied
    /// Nothing listens there.
    case refused
    case timeout
    /// The time for all questions together was over; nothing is known of the server.
    case deadline
    /// An answer that breaks the rules.
    case garbage
    /// Something of this machine or of the question itself.
    case local
  }

  package var kind: Kind
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { "\(kind.rawValue): \(message)" }
}
