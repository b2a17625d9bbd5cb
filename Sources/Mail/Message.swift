internal import Foundation
internal import Model
internal import Transfer

/// A message before it is bytes.
struct Message {
  var id: MessageID
  var from: String
  /// Shown before the address.
  var name: String
  var recipient: String
  var subject: String
  var date: Instant
  var zone: Zone
  /// The threads it belongs to; the first is what it answers.
  var threads: [MessageID] = []
  var incidents: [Int] = []
  var body: [Block]

  /// RFC 5322 with CRLF, in ASCII, no line over 76 characters but for an identifier that is longer.
  var bytes: [UInt8] { Array("\(header)\r\n\(content)".utf8) }

  func outbox() -> OutboxMessage {
    OutboxMessage(
      id: id.text, recipient: recipient, subject: subject.printable(limit: 200), bytes: bytes, createdAt: date)
  }

  private var header: String {
    var lines = [
      "From: redeye <\(from)>", "To: \(name == recipient ? recipient : "\(phrase(name))<\(recipient)>")",
      "Subject: \(encoded(subject.printable(limit: 200), at: 9))", "Date: \(mailDate(date, zone))",
      "Message-ID: <\(id.text)>",
    ]
    if let first = threads.first {
      lines.append("In-Reply-To: <\(first.text)>")
      lines.append("References: \(threads.map { "<\($0.text)>" }.joined(separator: "\r\n "))")
    }
    // RFC 3834: keeps holiday answers and their loops away.
    lines.append("Auto-Submitted: auto-generated")
    if !incidents.isEmpty {
      lines.append("X-Redeye-Incident: \(incidents.map(String.init).joined(separator: ",\r\n "))")
    }
    lines += ["MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=\"\(boundary)\""]
    return lines.map { "\($0)\r\n" }.joined()
  }

  private var content: String {
    // RFC 2046, section 5.1.4: the part a client should prefer comes last.
    let parts = [("plain", body.text), ("html", body.html)].map { type, text in
      """
      --\(boundary)\r
      Content-Type: text/\(type); charset=utf-8\r
      Content-Transfer-Encoding: quoted-printable\r
      \r
      \(quotedPrintable(text))
      """
    }
    return parts.joined() + "--\(boundary)--\r\n"
  }

  /// `=_` cannot stand in quoted-printable text, so no part can hold it.
  private var boundary: String { "=_redeye_\(hexadecimal(fingerprint(id.text)))" }
}

/// The left and right side of a Message-ID, without its brackets.
struct MessageID: Hashable {
  var text: String

  /// Parts become letters, digits, `-`, `_` and `=XX` for other bytes, so that it is a dot-atom (RFC 5322, 3.6.4).
  init(_ parts: [String], from: String) {
    let domain = isMailAddress(from) ? from.split(separator: "@").last.map(String.init) ?? "localhost" : "localhost"
    text = "\(parts.map(MessageID.atom).joined(separator: "."))@\(domain)"
  }

  private static func atom(_ part: String) -> String {
    let text = part.utf8.map { $0.isPlain ? String(UnicodeScalar($0)) : "=\(hexadecimal($0))" }.joined()
    return (1...40).contains(text.count) ? text : hexadecimal(fingerprint(part))
  }
}

/// FNV-1a, 64 bits: equal for equal texts, on every machine and in every version.
func fingerprint(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

func hexadecimal<Number: FixedWidthInteger>(_ number: Number) -> String {
  let digits = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: Number.bitWidth / 4 - digits.count) + digits
}

/// `Sun, 22 Nov 2026 14:05:07 +0100` (RFC 5322, section 3.3).
func mailDate(_ instant: Instant, _ zone: Zone) -> String {
  let civil = zone.civil(instant)
  let minutes = zone.offset(at: instant) / 60
  let time = [civil.hour, civil.minute, civil.second].map { padded($0, to: 2) }.joined(separator: ":")
  let offset = "\(minutes < 0 ? "-" : "+")\(padded(abs(minutes) / 60, to: 2))\(padded(abs(minutes) % 60, to: 2))"
  let day = "\(weekdayNames[civil.weekday]), \(civil.day) \(monthName(civil.month).prefix(3)) \(civil.year)"
  return "\(day) \(time) \(offset)"
}

/// The name before an address, with the space after it; empty for a name that says nothing.
private func phrase(_ name: String) -> String {
  let name = name.printable(limit: 60)
  guard name.contains(where: { !$0.isWhitespace }) else { return "" }
  let isPlain = name.utf8.allSatisfy { $0.isPlain || $0 == UInt8(ascii: " ") } && !name.hasPrefix(" ")
  return isPlain ? "\(name) " : "\(words(name))\r\n "
}

/// The text as it is where it is short and ASCII, else as encoded words (RFC 2047).
private func encoded(_ text: String, at column: Int) -> String {
  let isPlain = text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?") && !text.hasPrefix(" ")
  return isPlain && text.utf8.count + column <= 76 ? text : words(text)
}

/// Encoded words of at most 75 characters each, cut between characters of Unicode, on lines of their own.
private func words(_ text: String) -> String {
  var chunks: [[UInt8]] = [[]]
  for scalar in text.unicodeScalars {
    let bytes = Array(String(scalar).utf8)
    // 39 bytes are 52 of base64, with 12 characters around them and `Subject: ` before the first.
    if chunks[chunks.count - 1].count + bytes.count > 39 { chunks.append([]) }
    chunks[chunks.count - 1] += bytes
  }
  return chunks.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
}

/// RFC 2045, section 6.7, with CRLF and at most 76 characters a line.
///
/// A dot or `From ` at the beginning of a line is written out too: there are programs on the way that change them.
func quotedPrintable(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { quotedLine(Array($0.utf8)) }
    .joined(separator: "\r\n") + "\r\n"
}

private func quotedLine(_ bytes: [UInt8]) -> String {
  var lines = ""
  var line = ""
  for (position, byte) in bytes.enumerated() {
    let isLast = position == bytes.count - 1
    let token = quoted(byte, startsLine: line.isEmpty, endsLine: isLast)
    if line.count + token.count > (isLast ? 76 : 75) {
      lines += "\(line)=\r\n"
      line = quoted(byte, startsLine: true, endsLine: isLast)
    } else {
      line += token
    }
  }
  return lines + line
}

private func quoted(_ byte: UInt8, startsLine: Bool, endsLine: Bool) -> String {
  switch byte {
  case UInt8(ascii: "="): "=3D"
  case UInt8(ascii: "."), UInt8(ascii: "F"): startsLine ? "=\(hexadecimal(byte))" : String(UnicodeScalar(byte))
  case UInt8(ascii: " "): endsLine ? "=20" : " "
  case 33...126: String(UnicodeScalar(byte))
  default: "=\(hexadecimal(byte))"
  }
}

extension UInt8 {
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
