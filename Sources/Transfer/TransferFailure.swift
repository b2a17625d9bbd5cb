/// Why a transfer has no answer, or not a whole one.
package struct TransferFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// The name could not be resolved, or not in time.
    case resolve
    /// Nothing listens there, or the way is closed.
    case refused
    /// No way leads to the peer: a router said so, or nobody answers at its address.
    case noRoute = "no route"
    /// No answer in the request's own time.
    case timeout
    /// The time for all requests together was over before this one's was; nothing is known of the peer.
    case deadline
    /// An answer that breaks the rules of its protocol.
    case garbage
    /// The peer closed the connection before it had answered.
    case closed
    /// An answer over its limit in bytes.
    case tooLarge = "too large"
    /// More redirects than are allowed.
    case tooManyRedirects = "too many redirects"
    /// A redirect that is not followed, wherever it leads.
    case redirect
    /// A proper answer that is not the one expected.
    case mismatch
    /// TLS could not be agreed on, or the certificate is not good for a reason without a kind of its own.
    case tls
    case expired
    case notYetValid = "not yet valid"
    case wrongName = "wrong name"
    case selfSigned = "self-signed"
    case unknownIssuer = "unknown issuer"
    case revoked
    /// Something of this machine or of the request itself; nothing is known of the peer.
    case local
  }

  package var kind: Kind
  /// One line; never user or password of a URL.
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { "\(kind.rawValue): \(message)" }
}

extension Double {
  /// With at most one decimal, none for whole numbers.
  var brief: String {
    let tenths = Int((self * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
