/// A certificate as its bearer showed it.
package struct Certificate: Hashable, Sendable {
  /// As RFC 2253 writes it: `CN=www.example.org,O=Example`.
  package var subject: String
  package var issuer: String
  /// Seconds since 1970.
  package var notBefore: Int
  package var notAfter: Int

  package init(subject: String, issuer: String, notBefore: Int, notAfter: Int) {
    self.subject = subject
    self.issuer = issuer
    self.notBefore = notBefore
    self.notAfter = notAfter
  }
}

/// Something wrong with a certificate or its chain.
package struct CertificateFault: Hashable, Sendable {
  package var kind: TransferFailure.Kind
  /// One line, with the certificate it is about.
  package var text: String

  package init(_ kind: TransferFailure.Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// What was agreed on with a peer, and what it showed.
package struct TLSReport: Hashable, Sendable {
  /// Such as `TLSv1.3`; empty where the agreement did not get so far.
  package var version: String
  package var cipher: String
  /// From the peer's own certificate up: the chain that was verified, or, where there is none, what the peer sent.
  package var chain: [Certificate]
  /// Empty where chain and name are good.
  package var faults: [CertificateFault]

  package init(version: String = "", cipher: String = "", chain: [Certificate] = [], faults: [CertificateFault] = []) {
    self.version = version
    self.cipher = cipher
    self.chain = chain
    self.faults = faults
  }

  /// The certificate of the chain that expires first.
  package var firstToExpire: Certificate? { chain.min { $0.notAfter < $1.notAfter } }
}

extension [CertificateFault] {
  /// The one to name where there are several: what nobody can argue about first.
  package var worst: CertificateFault? {
    let order: [TransferFailure.Kind] = [
      .revoked, .expired, .notYetValid, .wrongName, .selfSigned, .unknownIssuer, .tls,
    ]
    return order.lazy.compactMap { kind in first { $0.kind == kind } }.first ?? first
  }
}
