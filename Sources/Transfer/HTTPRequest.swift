/// One HTTP request and everything that bounds it.
package struct HTTPRequest: Sendable {
  /// `http` or `https`; user and password in it are sent, and never printed.
  package var url: String
  package var method: String
  package var headers: [(String, String)]
  package var body: [UInt8]?
  /// Seconds for the whole of it, redirects included.
  package var timeout: Double
  /// Seconds for resolving, connecting and TLS.
  package var connectTimeout: Double
  /// How many to follow; with 0 the redirect itself is the answer.
  package var redirects: Int
  package var verifyTLS: Bool
  /// A PEM file of authorities to trust besides the system's.
  package var authorities: String?
  /// The transfer ends after this many bytes of body.
  package var bodyLimit: Int
  /// Whether the body is kept, or only counted.
  package var keepsBody: Bool

  package init(
    url: String, method: String = "GET", headers: [(String, String)] = [], body: [UInt8]? = nil, timeout: Double = 10,
    connectTimeout: Double? = nil, redirects: Int = 5, verifyTLS: Bool = true, authorities: String? = nil,
    bodyLimit: Int = 1_048_576, keepsBody: Bool = true
  ) {
    self.url = url
    self.method = method
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.connectTimeout = connectTimeout ?? timeout
    self.redirects = redirects
    self.verifyTLS = verifyTLS
    self.authorities = authorities
    self.bodyLimit = bodyLimit
    self.keepsBody = keepsBody
  }
}

/// What came of a request; with a failure, everything that was seen before it.
package struct HTTPResult: Sendable {
  /// The status of the last answer; `nil` where none came.
  package var status: Int?
  package var timings: HTTPTimings
  /// At most the limit; empty where it was not to be kept.
  package var body: [UInt8]
  /// Bytes of body received, as they came over the wire: a compressed body is not unpacked.
  package var size: Int
  /// Whether the body was cut off at the limit.
  package var isTruncated: Bool
  /// Of the last answer, in order, names as they came.
  package var headers: [(String, String)]
  package var certificate: Certificate?
  /// The address connected to last.
  package var address: String?
  /// When it started, in monotonic seconds; `nil` where it never did.
  package var startedAt: Double?
  package var failure: TransferFailure?
  /// Where the redirects led.
  var url: String?

  package init(
    status: Int? = nil, timings: HTTPTimings = HTTPTimings(), body: [UInt8] = [], size: Int = 0,
    isTruncated: Bool = false, headers: [(String, String)] = [], certificate: Certificate? = nil,
    address: String? = nil, startedAt: Double? = nil, failure: TransferFailure? = nil
  ) {
    self.status = status
    self.timings = timings
    self.body = body
    self.size = size
    self.isTruncated = isTruncated
    self.headers = headers
    self.certificate = certificate
    self.address = address
    self.startedAt = startedAt
    self.failure = failure
  }
}

/// Where the time went, in seconds; each phase alone, not since the start, and summed over redirects.
///
/// A phase that was not reached, or that there is none of (TLS of `http`), is `nil`. What `total` has beyond the sum of
/// the phases is the transfer of the body.
package struct HTTPTimings: Hashable, Sendable {
  package var resolve: Double?
  package var connect: Double?
  package var tls: Double?
  /// From the request being sent to the first byte of the answer.
  package var firstByte: Double?
  /// From start to end.
  package var total: Double

  package init(
    resolve: Double? = nil, connect: Double? = nil, tls: Double? = nil, firstByte: Double? = nil, total: Double = 0
  ) {
    self.resolve = resolve
    self.connect = connect
    self.tls = tls
    self.firstByte = firstByte
    self.total = total
  }
}

/// The certificate of a chain that expires first, whether or not it was found good.
package struct Certificate: Hashable, Sendable {
  /// Seconds since 1970.
  package var notAfter: Int
  package var subject: String

  package init(notAfter: Int, subject: String) {
    self.notAfter = notAfter
    self.subject = subject
  }
}
