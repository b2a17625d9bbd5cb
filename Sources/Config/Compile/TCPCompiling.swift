internal import Model
internal import YAML

extension Workshop {
  func tcp(_ record: Record, _ address: String) -> TCPProbe? {
    let steps = steps(record)
    guard let port = record.int("port") else {
      needs("port", of: "a tcp job", record)
      return nil
    }
    return TCPProbe(
      address: address, port: port, steps: steps, family: ipFamily(record, of: address),
      limit: record.int("banner limit") ?? 8_192, security: security(record))
  }

  func tls(_ record: Record, _ address: String) -> TLSProbe {
    let start = record.text("starttls").flatMap(TLSProbe.Start.init)
    return TLSProbe(
      address: address, port: record.int("port") ?? TLSProbe.port(start), start: start,
      family: ipFamily(record, of: address),
      security: security(record))
  }

  private func security(_ record: Record) -> TLSSettings {
    TLSSettings(
      serverName: record.text("server name"), verifies: record.bool("verify"), authorities: record.text("authorities"))
  }

  private func steps(_ record: Record) -> [TCPProbe.Step] {
    var steps: [TCPProbe.Step] = []
    for (number, said) in record.records("dialogue").enumerated() {
      let words = ["expect", "matches", "send", "starttls"].filter { said.given[$0] != nil }
      guard words.count == 1, let step = step(said) else {
        findings.error(
          "step \(number + 1) is to do \(words.isEmpty ? "nothing" : words.listed)", at: said.place,
          in: record.crumb + ["dialogue"], help: "each step has one of expect, matches, send or starttls")
        continue
      }
      check(step, after: steps, said)
      steps.append(step)
    }
    return steps
  }

  private func step(_ said: Record) -> TCPProbe.Step? {
    if let text = said.text("expect") { return .expect(text) }
    if let expression = said.text("matches") { return .matches(expression) }
    if let text = said.text("send") {
      return .send(text + (["lf": "\n", "none": ""][said.text("end") ?? "crlf"] ?? "\r\n"))
    }
    guard let start = said.text("starttls") else { return nil }
    return TLSProbe.Start(rawValue: start).map(TCPProbe.Step.startTLS) ?? .secure
  }

  private func check(_ step: TCPProbe.Step, after steps: [TCPProbe.Step], _ said: Record) {
    guard step.isSecure else { return }
    if steps.contains(where: \.isSecure) {
      findings.error("TLS begins twice", at: said.place, in: said.crumb, help: "leave one of the steps out")
    } else if case .startTLS(let start) = step, !steps.isEmpty {
      findings.error(
        "starttls: \(start.rawValue) has to be the first step", at: said.place, in: said.crumb,
        help: "it reads the greeting itself; starttls: now begins TLS after steps of your own")
    }
  }
}

extension TCPProbe.Step {
  /// Whether TLS begins with it.
  package var isSecure: Bool {
    switch self {
    case .secure, .startTLS: true
    case .expect, .matches, .send: false
    }
  }
}

extension TLSProbe {
  /// Where the protocol is spoken (IANA, service names).
  fileprivate static func port(_ start: Start?) -> Int {
    switch start {
    case nil: 443
    case .smtp: 25
    case .imap: 143
    case .pop3: 110
    case .ftp: 21
    case .ldap: 389
    }
  }
}
