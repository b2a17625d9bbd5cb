/// One message to one recipient over SMTP.
package struct SMTPDelivery: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// `smtp://host:port` or `smtps://host:port`.
  package var url: String
  /// Asks for STARTTLS, and goes no further without it.
  package var startTLS: Bool
  package var user: String?
  package var password: String?
  /// The bare address in MAIL FROM.
  package var from: String
  /// The bare address in RCPT TO.
  package var recipient: String
  /// The message, RFC 5322; bare line ends are made CRLF on the way.
  package var bytes: [UInt8]
  /// Seconds for the whole of it.
  package var timeout: Double
  /// A PEM file of authorities to trust besides the system's.
  package var authorities: String?

  package init(
    url: String, startTLS: Bool, user: String? = nil, password: String? = nil, from: String, recipient: String,
    bytes: [UInt8], timeout: Double = 30, authorities: String? = nil
  ) {
    self.url = url
    self.startTLS = startTLS
    self.user = user
    self.password = password
    self.from = from
    self.recipient = recipient
    self.bytes = bytes
    self.timeout = timeout
    self.authorities = authorities
  }

  /// Where to; never the password.
  package var description: String { "mail to \(recipient) by \(url.withoutUserInformation)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a server said to a message.
package enum SMTPOutcome: Hashable, Sendable {
  case accepted
  /// A 4xx answer, or none: to be tried again. Also what is wrong between this machine and the server, a rejected login
  /// for one: mending that lets the message go out.
  case refusedForNow(String)
  /// A 5xx answer to the message, its sender or its recipient, or an address nobody can send to.
  case refusedForGood(String)
}

/// Whether a text is an address a message can be sent to: `local@domain` in ASCII, no quoting, no comment.
///
/// It goes into an SMTP command, a header and the arguments of sendmail, so there is no room for spaces, control
/// characters, brackets or a leading hyphen (RFC 5321, section 4.1.2, without `Quoted-string`; 4.5.3.1 for the lengths).
package func isMailAddress(_ text: String) -> Bool {
  let parts = text.split(separator: "@", omittingEmptySubsequences: false)
  guard parts.count == 2, !text.hasPrefix("-"), text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count)
  else { return false }
  let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
  return parts[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy(\.isAtom)
    && labels.allSatisfy { (1...63).contains($0.utf8.count) && $0.isLabel && $0.first != "-" && $0.last != "-" }
}

extension Substring {
  /// RFC 5321 `Atom`.
  fileprivate var isAtom: Bool {
    !isEmpty && utf8.allSatisfy { $0.isAlphanumeric || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
  }

  fileprivate var isLabel: Bool { utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") } }
}

extension UInt8 {
  fileprivate var isAlphanumeric: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// With CRLF where there was CR or LF alone, and at the end: a bare line end is where one server sees the end of a
  /// message and another does not (SMTP smuggling, CVE-2023-51764 and its kin).
  var withMailLineEnds: [UInt8] {
    let (cr, lf) = (UInt8(ascii: "\r"), UInt8(ascii: "\n"))
    var result: [UInt8] = []
    result.reserveCapacity(count + 2)
    var previous: UInt8 = 0
    for byte in self {
      switch byte {
      case lf where previous == cr: break
      case cr, lf: result += [cr, lf]
      default: result.append(byte)
      }
      previous = byte
    }
    return result.suffix(2) == [cr, lf] ? result : result + [cr, lf]
  }
}
