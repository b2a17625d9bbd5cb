internal import CCurl
internal import Glibc

/// Why a transfer has no answer, or not a whole one.
package struct TransferFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// The name could not be resolved, or not in time.
    case resolve
    /// Nothing listens there, or the way is closed.
    case refused
    /// No answer in the request's own time.
    case timeout
    /// The time for all requests together was over before this one's was; nothing is known of the peer.
    case deadline
    /// TLS could not be agreed on, or the certificate is not good.
    case tls
    /// An answer that breaks the rules of its protocol, or breaks off.
    case garbage
    /// A proper answer over a limit: too many redirects, one that leaves HTTP, too large a body.
    case unwanted
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

/// What libcurl said of an HTTP transfer that failed, and what was known of it then.
struct FailedTransfer {
  var code: CURLcode
  /// CURLOPT_ERRORBUFFER, else the text of the code.
  var text: String
  /// The errno of the last failed system call, 0 if none.
  var systemError: Int32
  var origin: Origin
  /// Seconds the transfer was given, and whether it was the deadline of all that ended it then.
  var limit: Double
  var isCutShort: Bool
  var wasResolved: Bool
  var hasAnswer: Bool

  var failure: TransferFailure {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: unresolved("the name \(origin.host) could not be resolved")
    case CURLE_OPERATION_TIMEDOUT: outOfTime
    case CURLE_COULDNT_CONNECT: unconnected
    case _ where FailedTransfer.ofTLS.contains(code.rawValue): TransferFailure(.tls, tlsMessage)
    case CURLE_TOO_MANY_REDIRECTS: TransferFailure(.unwanted, "\(origin) redirects too often: \(text)")
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: unsupported
    case CURLE_GOT_NOTHING: TransferFailure(.garbage, "\(origin) closed the connection without an answer")
    case _ where FailedTransfer.ofTheAnswer.contains(code.rawValue):
      TransferFailure(.garbage, "the answer of \(origin) broke off or is not HTTP: \(text)")
    default: TransferFailure(.local, "\(origin): \(text)")
    }
  }

  private func unresolved(_ message: String) -> TransferFailure {
    TransferFailure(.resolve, "\(message); check the name, and /etc/resolv.conf of this machine")
  }

  private var outOfTime: TransferFailure {
    if isCutShort {
      return TransferFailure(.deadline, "\(origin) was given up after \(limit.brief) s, when the run's time was over")
    }
    if !wasResolved { return unresolved("the name \(origin.host) was not resolved within \(limit.brief) s") }
    return TransferFailure(.timeout, "no whole answer from \(origin) in time (\(text))")
  }

  /// Descriptors, memory or routes this machine lacks say nothing about the peer.
  private var unconnected: TransferFailure {
    switch systemError {
    case EMFILE, ENFILE, ENOMEM, ENOBUFS, EADDRNOTAVAIL, ENETUNREACH, EACCES, EPERM, EAFNOSUPPORT:
      TransferFailure(.local, "no connection to \(origin) from this machine: \(systemText)")
    case ECONNREFUSED:
      TransferFailure(.refused, "the connection to \(origin) was refused; nothing listens there, or a filter says no")
    default: TransferFailure(.refused, "no connection to \(origin): \(systemError == 0 ? text : systemText)")
    }
  }

  private var systemText: String { unsafe String(cString: strerror(systemError)) }

  private var tlsMessage: String {
    for prefix in ["SSL certificate problem: ", "SSL: "] where text.hasPrefix(prefix) {
      return "the certificate of \(origin) is not good: \(text.dropFirst(prefix.count))"
    }
    return "TLS with \(origin) failed: \(text)"
  }

  private var unsupported: TransferFailure {
    guard hasAnswer || text.contains("HTTP/0.9") else { return TransferFailure(.local, "\(origin): \(text)") }
    return text.contains("HTTP/0.9")
      ? TransferFailure(.garbage, "the answer of \(origin) is not HTTP")
      : TransferFailure(.unwanted, "\(origin) redirects to what is neither http nor https: \(text)")
  }

  private static let ofTLS: Set<UInt32> = Set(
    [
      CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_USE_SSL_FAILED, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
    ].map(\.rawValue))

  private static let ofTheAnswer: Set<UInt32> = Set(
    [
      CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR,
      CURLE_SEND_ERROR, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP3, CURLE_HTTP_RETURNED_ERROR,
    ].map(\.rawValue))
}

extension Double {
  /// With at most one decimal, none for whole numbers.
  var brief: String {
    let tenths = Int((self * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
