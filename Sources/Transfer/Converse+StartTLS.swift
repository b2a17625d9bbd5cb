extension Conversation {
  /// From the greeting on to TLS.
  mutating func begin(_ kind: StartTLS) throws(TransferFailure) {
    switch kind {
    case .smtp: try beginSMTP()
    case .imap: try beginIMAP()
    case .pop3: try beginPOP3()
    case .ftp: try beginFTP()
    case .ldap: try beginLDAP()
    }
    try secure()
  }

  private mutating func beginSMTP() throws(TransferFailure) {
    try reply("220", to: "the greeting")
    try command("EHLO redeye.invalid")
    try reply("250", to: "EHLO")
    try command("STARTTLS")
    try reply("220", to: "STARTTLS")
  }

  private mutating func beginFTP() throws(TransferFailure) {
    try reply("220", to: "the greeting")
    try command("AUTH TLS")
    try reply("234", to: "AUTH TLS")
  }

  private mutating func beginPOP3() throws(TransferFailure) {
    try first("+OK", of: "the greeting")
    try command("STLS")
    try first("+OK", of: "STLS")
  }

  private mutating func beginIMAP() throws(TransferFailure) {
    try first("* OK", of: "the greeting")
    try command("a1 STARTTLS")
    while true {
      let line = try line("waiting for the answer to STARTTLS")
      // Untagged lines may come before the answer.
      guard line.starts(with: "* ".utf8) else {
        guard line.starts(with: "a1 OK".utf8) else { throw unexpected(line, to: "STARTTLS") }
        return
      }
    }
  }

  /// An extended request 1.3.6.1.4.1.1466.20037 as message 1, and a response whose result is success.
  private mutating func beginLDAP() throws(TransferFailure) {
    let name = Array("1.3.6.1.4.1.1466.20037".utf8)
    let request = [0x77, UInt8(name.count + 2), 0x80, UInt8(name.count)] + name
    try send([0x30, UInt8(request.count + 3), 0x02, 0x01, 0x01] + request, "asking for STARTTLS")
    let doing = "waiting for the answer to STARTTLS"
    let head = try bytes(2, doing)
    var size = Int(head[1])
    if head[1] & 0x80 != 0 {
      let more = Int(head[1] & 0x7F)
      guard (1...2).contains(more) else { throw unexpected(head, to: "STARTTLS") }
      size = try bytes(more, doing).reduce(0) { $0 << 8 | Int($1) }
    }
    guard head[0] == 0x30, size <= dialogue.limit else { throw unexpected(head, to: "STARTTLS") }
    let message = try bytes(size, doing)
    // The message's number, the tag of an extended response, then an enumerated 0.
    guard message.starts(with: [0x02, 0x01, 0x01, 0x78]), message.holdsSuccess else {
      throw TransferFailure(.mismatch, "the directory server refuses STARTTLS")
    }
  }

  private mutating func command(_ text: String) throws(TransferFailure) {
    try send(Array((text + "\r\n").utf8), "sending \(text)")
  }

  /// Reads a reply of several lines, `250-first`, `250 last` (RFC 5321, section 4.2.1).
  private mutating func reply(_ code: String, to question: String) throws(TransferFailure) {
    while true {
      let line = try line("waiting for the answer to \(question)")
      guard line.starts(with: code.utf8) else { throw unexpected(line, to: question) }
      if line.count == 3 || line[3] != UInt8(ascii: "-") { return }
    }
  }

  private mutating func first(_ start: String, of question: String) throws(TransferFailure) {
    let line = try line("waiting for the answer to \(question)")
    guard line.starts(with: start.utf8) else { throw unexpected(line, to: question) }
  }
}

extension [UInt8] {
  /// Whether the response's first element is the enumerated 0 (RFC 4511, section 4.1.9), after a short or long length.
  fileprivate var holdsSuccess: Bool {
    guard count > 5 else { return false }
    let start = self[4] & 0x80 == 0 ? 5 : 5 + Int(self[4] & 0x7F)
    return count >= start + 3 && self[start...].starts(with: [0x0A, 0x01, 0x00])
  }
}
