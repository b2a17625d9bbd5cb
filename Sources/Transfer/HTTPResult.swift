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
  /// The header lines of the last answer as they came, the first line among them.
  package var headerLines: [UInt8]
  /// `1.0`, `1.1`, `2` or `3`; `nil` where no answer came.
  package var version: String?
  /// Of the last connection; `nil` where there was no TLS, or it did not come to a certificate.
  package var tls: TLSReport?
  /// The address connected to last.
  package var address: String?
  /// Where redirects led, without user, password and query; `nil` where there were none.
  package var redirectedTo: String?
  /// When it started, in monotonic seconds; `nil` where it never did.
  package var startedAt: Double?
  package var failure: TransferFailure?

  package init(
    status: Int? = nil, timings: HTTPTimings = HTTPTimings(), body: [UInt8] = [], size: Int = 0,
    isTruncated: Bool = false, headerLines: [UInt8] = [], version: String? = nil, tls: TLSReport? = nil,
    address: String? = nil, redirectedTo: String? = nil, startedAt: Double? = nil, failure: TransferFailure? = nil
  ) {
    self.status = status
    self.timings = timings
    self.body = body
    self.size = size
    self.isTruncated = isTruncated
    self.headerLines = headerLines
    self.version = version
    self.tls = tls
    self.address = address
    self.redirectedTo = redirectedTo
    self.startedAt = startedAt
    self.failure = failure
  }
}

extension HTTPResult {
  /// Of the last answer, in order, names as they came.
  package var headers: [(String, String)] {
    headerLines.split(separator: UInt8(ascii: "\n")).compactMap { HTTPResult.header($0) }
  }

  /// Name and value of a line; `nil` where it is not a header.
  static func header(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), !line.starts(with: "HTTP/".utf8) else { return nil }
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || (9...13).contains(byte) }
    let rest = line[(colon + 1)...].drop(while: isBlank)
    let value = rest.prefix(through: rest.lastIndex { !isBlank($0) } ?? rest.startIndex - 1)
    return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
  }
}

/// Where the time went, in seconds; each phase alone, not since the start, and summed over redirects.
///
/// A phase that was not reached, or that there is none of (TLS of `http`), is `nil`.
package struct HTTPTimings: Hashable, Sendable {
  package var resolve: Double?
  package var connect: Double?
  package var tls: Double?
  /// From the request being sent to the first byte of the answer.
  package var firstByte: Double?
  /// From the first byte of the answer to its last.
  package var transfer: Double?
  /// From start to end.
  package var total: Double

  package init(
    resolve: Double? = nil, connect: Double? = nil, tls: Double? = nil, firstByte: Double? = nil,
    transfer: Double? = nil, total: Double = 0
  ) {
    self.resolve = resolve
    self.connect = connect
    self.tls = tls
    self.firstByte = firstByte
    self.transfer = transfer
    self.total = total
  }
}
