import Config
package import Model
import Transfer

extension Failure.Class {
  /// Whether a failure of the class says that the peer did not do what it should, so that it is bad.
  ///
  /// Everything else is of this side: the name could not be resolved, the run's time was over, this machine lacked
  /// something. Then nothing is known of the peer. A resolver of ours that is down must not count against everything
  /// we watch; watch the name itself with a `dns` job.
  var isOfThePeer: Bool {
    switch self {
    case .resolve, .deadline, .leftOut, .disabled, .local, .secret, .script, .cutOff: false
    case .refused, .noRoute, .timeout, .garbage, .closed, .denied, .mismatch, .tooLarge, .tooManyRedirects, .redirect,
      .tls, .expired, .notYetValid, .wrongName, .selfSigned, .unknownIssuer, .revoked, .nxdomain, .servfail:
      true
    }
  }
}

extension Measurement {
  /// 1 where nothing failed, 0 where the peer did, and unknown otherwise.
  package static func up(_ failure: Failure?, instance: String? = nil) -> Measurement {
    let value: Double? = failure.map { $0.kind.isOfThePeer ? 0 : nil } ?? 1
    return Measurement("up", value, .none, instance: instance)
  }
}

extension Failure {
  /// The classes of a transfer are named like those of readings.
  init(_ failure: TransferFailure) {
    self.init(Class(rawValue: failure.kind.rawValue) ?? .local, failure.message.printable())
  }
}

extension TLSReport {
  /// Days from the slot until the first certificate of the chain expires, negative when it has; and whether chain and
  /// name are good, whatever the job makes of it.
  func measurements(_ slot: Instant) -> [Measurement] {
    let days = firstToExpire.map { Double($0.notAfter - slot.seconds) / 86_400 }
    return [
      Measurement("certificate-days", days, .days),
      Measurement("certificate-ok", chain.isEmpty ? nil : faults.isEmpty ? 1 : 0, .none),
    ]
  }

  static let unknown = [Measurement("certificate-days", nil, .days), Measurement("certificate-ok", nil, .none)]

  var facts: [Fact] {
    var facts: [Fact] = []
    if !version.isEmpty { facts.append(Fact("TLS", "\(version), \(cipher)")) }
    if let own = chain.first {
      facts.append(Fact("Certificate", own.subject.printable(limit: 200)))
      facts.append(Fact("Certificate issuer", own.issuer.printable(limit: 200)))
    }
    if let first = firstToExpire { facts.append(Fact("Certificate expires", stampText(Instant(first.notAfter)))) }
    if let first = firstToExpire, first != chain.first {
      facts.append(Fact("First to expire", first.subject.printable(limit: 200)))
    }
    if !chain.isEmpty {
      let faults = faults.map { "\($0.kind.rawValue): \($0.text)" }.joined(separator: "; ")
      facts.append(Fact("Certificate check", faults.isEmpty ? "good" : faults.printable()))
    }
    return facts
  }
}
