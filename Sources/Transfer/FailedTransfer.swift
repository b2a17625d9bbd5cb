internal import CCurl
internal import Glibc

/// What libcurl said of an HTTP transfer that failed, and what was known of it then.
struct FailedTransfer {
  var code: CURLcode
  /// CURLOPT_ERRORBUFFER, else the text of the code.
  var text: String
  /// The errno of the last failed system call, 0 if none.
  var systemError: Int32
  var origin: Origin
  /// Where connections go instead, where there is one.
  var proxy: Origin?
  /// Seconds the transfer was given, and whether it was the deadline of all that ended it then.
  var limit: Double
  var isCutShort: Bool
  var wasResolved: Bool
  var hasAnswer: Bool
  /// What was found wrong with the certificate.
  var faults: [CertificateFault]

  var failure: TransferFailure {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: unresolved("the name \(origin.host) could not be resolved")
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: TransferFailure(.local, "the proxy of \(origin): \(text)")
    case CURLE_OPERATION_TIMEDOUT: outOfTime
    case CURLE_COULDNT_CONNECT: unconnected
    case _ where FailedTransfer.ofTLS.contains(code.rawValue): ofTLS
    case CURLE_TOO_MANY_REDIRECTS: TransferFailure(.tooManyRedirects, "\(origin) redirects too often: \(text)")
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT: unsupported
    // libcurl gives up a header line beyond its CURL_MAX_HTTP_HEADER as if memory were out.
    case CURLE_OUT_OF_MEMORY where hasAnswer:
      TransferFailure(.tooLarge, "a header line of \(origin) is longer than 100 KiB")
    case CURLE_GOT_NOTHING: TransferFailure(.closed, "\(origin) closed the connection without an answer")
    case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR:
      TransferFailure(.closed, "\(origin) closed the connection before its answer was whole: \(text)")
    case _ where FailedTransfer.ofTheAnswer.contains(code.rawValue):
      TransferFailure(.garbage, "the answer of \(origin) is not HTTP: \(text)")
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
    if !wasResolved { return unresolved("the name \((proxy ?? origin).host) was not resolved within \(limit.brief) s") }
    return TransferFailure(.timeout, "no whole answer from \(origin) in time (\(text))")
  }

  private var unconnected: TransferFailure {
    // The proxy is this side's, so nothing is known of the peer.
    if let proxy { return TransferFailure(.local, "no connection to the proxy \(proxy): \(text)") }
    return systemError == 0
      ? TransferFailure(.refused, "no connection to \(origin): \(text)")
      : TransferFailure(connecting: "\(origin)", systemError)
  }

  private var ofTLS: TransferFailure {
    if let worst = faults.worst { return TransferFailure(worst, of: "\(origin)") }
    return TransferFailure(.tls, "TLS with \(origin) failed: \(text)")
  }

  private var unsupported: TransferFailure {
    if text.contains("response code") {
      return TransferFailure(.garbage, "the answer of \(origin) is not HTTP: \(text)")
    }
    guard hasAnswer || text.contains("HTTP/0.9") else { return TransferFailure(.local, "\(origin): \(text)") }
    return text.contains("HTTP/0.9")
      ? TransferFailure(.garbage, "the answer of \(origin) is not HTTP")
      : TransferFailure(.redirect, "\(origin) redirects to what is neither http nor https: \(text)")
  }

  private static let ofTLS: Set<UInt32> = Set(
    [
      CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_USE_SSL_FAILED, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
    ].map(\.rawValue))

  private static let ofTheAnswer: Set<UInt32> = Set(
    [
      CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP3,
      CURLE_HTTP_RETURNED_ERROR,
    ].map(\.rawValue))
}

extension TransferFailure {
  /// A connection that could not be made. Descriptors, memory or routes this machine lacks say nothing about the peer.
  init(connecting peer: String, _ error: Int32) {
    let text = unsafe String(cString: strerror(error))
    switch error {
    case EMFILE, ENFILE, ENOMEM, ENOBUFS, EADDRNOTAVAIL, ENETUNREACH, EACCES, EPERM, EAFNOSUPPORT, EINVAL:
      self.init(.local, "no connection to \(peer) from this machine: \(text)")
    case ECONNREFUSED:
      self.init(.refused, "the connection to \(peer) was refused; nothing listens there, or a filter says no")
    case EHOSTUNREACH, EHOSTDOWN: self.init(.noRoute, "no way leads to \(peer): \(text)")
    case ETIMEDOUT: self.init(.timeout, "no connection to \(peer) in time: \(text)")
    case ECONNRESET, EPIPE: self.init(.closed, "\(peer) closed the connection: \(text)")
    default: self.init(.refused, "no connection to \(peer): \(text)")
    }
  }

  /// What is wrong with the certificate of a peer.
  init(_ fault: CertificateFault, of peer: String) {
    self.init(fault.kind, "the certificate of \(peer) is not good: \(fault.text)")
  }
}
