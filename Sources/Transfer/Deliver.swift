internal import CCurl

/// Hands a message to a mail server and waits for its answer, for at most the timeout.
///
/// A message whose acceptance was lost on the way back counts as refused for now: it may arrive twice, never not at all.
package func deliver(_ delivery: SMTPDelivery) -> SMTPOutcome {
  for address in [delivery.from, delivery.recipient] where !isMailAddress(address) {
    return .refusedForGood("'\(address)' is not a mail address (e.g. alice@example.org)")
  }
  if let curlFault { return .refusedForNow(curlFault.message) }
  guard let server = Origin(delivery.url), ["smtp", "smtps"].contains(server.scheme) else {
    let shown = delivery.url.withoutUserInformation
    return .refusedForNow("'\(shown)' is not the URL of a mail server (e.g. smtp://mail.example.org:587)")
  }
  guard let conversation = SMTPConversation(delivery, server: server) else {
    return .refusedForNow("libcurl could not be started: no memory")
  }
  return conversation.outcome()
}

/// One message on its way: its curl handle, what is still to send, and what the server said last.
private final class SMTPConversation {
  /// A server that never stops talking is not listened to for longer.
  private static let replyLimit = 65_536

  private let handle: EasyHandle
  private let server: Origin
  private let bytes: [UInt8]
  private var sent = 0
  private var heard = 0
  private var replies: [String] = []

  init?(_ delivery: SMTPDelivery, server: Origin) {
    guard let handle = EasyHandle() else { return nil }
    self.handle = handle
    self.server = server
    self.bytes = delivery.bytes.withMailLineEnds
    handle.restrict(to: "smtp,smtps", seconds: delivery.timeout)
    handle.set(CURLOPT_CONNECTTIMEOUT_MS, seconds: delivery.timeout)
    handle.verify(true, authorities: delivery.authorities)
    handle.address(delivery)
    handle.setOffset(CURLOPT_INFILESIZE_LARGE, bytes.count)
    unsafe handle.set(CURLOPT_READFUNCTION, sendMessage, CURLOPT_READDATA, owner: self)
    unsafe handle.set(CURLOPT_HEADERFUNCTION, receiveReply, CURLOPT_HEADERDATA, owner: self)
  }

  /// libcurl holds this object's address meanwhile.
  func outcome() -> SMTPOutcome {
    withExtendedLifetime(self) {
      let code = unsafe curl_easy_perform(handle.pointer)
      return code == CURLE_OK ? .accepted : refusal(code)
    }
  }

  private func refusal(_ code: CURLcode) -> SMTPOutcome {
    let text = "\(server): \(reason(code))"
    // libcurl ends with these two where MAIL, RCPT or DATA, or the message itself, was answered with a refusal.
    guard code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY, (500...599).contains(status),
      !SMTPConversation.ofTheSession.contains(status), bytesWereWanted
    else { return .refusedForNow(text) }
    return .refusedForGood(text)
  }

  /// The last answer's code; 0 where there was none.
  private var status: Int { replies.last.flatMap { Int($0.prefix(3)) } ?? 0 }

  /// Whether a greeting and EHLO went well: a 554 in their place is about this machine, not about the message.
  private var bytesWereWanted: Bool { replies.contains { $0.hasPrefix("250") } }

  /// Authentication or encryption is asked for first (RFC 4954, section 6; RFC 3207): settings to mend, not the message.
  private static let ofTheSession: Set<Int> = [530, 534, 535, 538, 523]

  private func reason(_ code: CURLcode) -> String {
    let said = handle.explanation(of: code)
    guard status >= 400 else { return said }
    // Every line of the last answer, `550-first`, `550 last`.
    let last = replies.reversed().prefix { $0.hasPrefix("\(status)") }.reversed()
    return last.joined(separator: " ").isEmpty ? said : last.joined(separator: " ")
  }

  fileprivate func give(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(buffer.count, bytes.count - sent)
    _ = unsafe buffer.update(fromContentsOf: bytes[sent..<sent + count])
    sent += count
    return count
  }

  fileprivate func hear(_ reply: UnsafeBufferPointer<UInt8>) -> Int {
    heard += reply.count
    guard heard <= SMTPConversation.replyLimit else { return 0 }
    let line = unsafe String(decoding: reply, as: UTF8.self)
    // The answer to QUIT says nothing of the message.
    if !line.hasPrefix("221") { replies.append(String(line.prefix { !$0.isNewline })) }
    return reply.count
  }
}

private let sendMessage: curl_write_callback = { data, size, count, owner in
  unsafe conversing(data, size &* count, owner) { unsafe $0.give($1) }
}

private let receiveReply: curl_write_callback = { data, size, count, owner in
  unsafe conversing(data, size &* count, owner) { unsafe $0.hear(UnsafeBufferPointer($1)) }
}

private func conversing(
  _ data: UnsafeMutablePointer<CChar>?, _ count: Int, _ owner: UnsafeMutableRawPointer?,
  _ body: (SMTPConversation, UnsafeMutableBufferPointer<UInt8>) -> Int
) -> Int {
  guard let data = unsafe data, let owner = unsafe owner else { return 0 }
  let conversation = unsafe Unmanaged<SMTPConversation>.fromOpaque(owner).takeUnretainedValue()
  return unsafe data.withMemoryRebound(to: UInt8.self, capacity: count) {
    unsafe body(conversation, UnsafeMutableBufferPointer(start: $0, count: count))
  }
}

extension EasyHandle {
  /// Where to, as whom and for whom; the name said in EHLO is the domain of the sender, which libcurl takes from the
  /// path of the URL.
  fileprivate func address(_ delivery: SMTPDelivery) {
    let domain = delivery.from.split(separator: "@").last.map(String.init) ?? "localhost"
    set(CURLOPT_URL, delivery.url.withPath(domain))
    set(CURLOPT_USE_SSL, Int(delivery.startTLS ? CURLUSESSL_ALL.rawValue : CURLUSESSL_NONE.rawValue))
    if let user = delivery.user { set(CURLOPT_USERNAME, user) }
    if let password = delivery.password { set(CURLOPT_PASSWORD, password) }
    set(CURLOPT_MAIL_FROM, "<\(delivery.from)>")
    set(CURLOPT_MAIL_RCPT, lines: ["<\(delivery.recipient)>"])
    set(CURLOPT_UPLOAD, 1)
  }
}

extension String {
  /// Scheme, user and host as they are, this path, and nothing after it.
  fileprivate func withPath(_ path: String) -> String {
    guard let mark = firstRange(of: "://") else { return self }
    return self[..<mark.upperBound] + self[mark.upperBound...].prefix { !"/?#".contains($0) } + "/" + path
  }
}
