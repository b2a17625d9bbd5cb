internal import CCurl

/// One HTTP request on its way: its curl handle, and what came so far.
///
/// libcurl holds this object's address from `init` on; see `EasyHandle`.
final class HTTPTransfer {
  /// Seconds an answer that has begun may stand still.
  static let patience = 10

  let handle: EasyHandle
  let request: HTTPRequest
  let startedAt: Double
  private let origin: Origin
  private let limit: Double
  private let isCutShort: Bool
  private let trust: TrustStore
  /// Of the last connection that speaks TLS.
  private var inspection: Inspection?

  private var body: [UInt8] = []
  private var size = 0
  private var isTruncated = false
  private var status = 0
  /// Header lines of the last answer.
  private var headers: [UInt8] = []
  private var headerBytes = 0
  private var refusal: TransferFailure?

  /// Throws what is wrong with the request itself.
  init(_ request: HTTPRequest, trust: TrustBook, now: Double, deadline: Double) throws(TransferFailure) {
    self.origin = try request.check()
    self.trust = try trust.store(request.authorities)
    guard let handle = EasyHandle() else {
      throw curlFault ?? TransferFailure(.local, "libcurl could not be started: no memory")
    }
    self.handle = handle
    self.request = request
    self.startedAt = now
    self.limit = min(request.timeout, deadline - now)
    self.isCutShort = deadline - now < request.timeout
    handle.bound(request, seconds: limit)
    handle.ask(request)
    unsafe handle.set(CURLOPT_WRITEFUNCTION, receiveBody, CURLOPT_WRITEDATA, owner: self)
    unsafe handle.set(CURLOPT_HEADERFUNCTION, receiveHeader, CURLOPT_HEADERDATA, owner: self)
    unsafe handle.setSecure(watchConnection, owner: self)
  }

  func result(_ code: CURLcode) -> HTTPResult {
    let report = inspection?.report
    let isSecured = report.map { !$0.chain.isEmpty || !$0.version.isEmpty } == true
    let answer = handle.number(CURLINFO_RESPONSE_CODE)
    return HTTPResult(
      status: answer == 0 ? nil : answer, timings: handle.timings, body: body, size: size, isTruncated: isTruncated,
      headerLines: headers, version: handle.version, tls: isSecured ? report : nil,
      address: handle.text(CURLINFO_PRIMARY_IP), redirectedTo: handle.redirectedTo, startedAt: startedAt,
      failure: failure(code))
  }

  private func failure(_ code: CURLcode) -> TransferFailure? {
    if let refusal { return refusal }
    guard code != CURLE_OK else { return nil }
    let timings = handle.timings
    return FailedTransfer(
      code: code, text: handle.explanation(of: code), systemError: Int32(handle.number(CURLINFO_OS_ERRNO)),
      origin: handle.text(CURLINFO_EFFECTIVE_URL).flatMap { Origin($0) } ?? origin,
      proxy: request.proxy.flatMap { Origin($0) }, limit: limit,
      isCutShort: isCutShort && timings.total > limit - 0.05, wasResolved: timings.resolve != nil,
      hasAnswer: handle.number(CURLINFO_RESPONSE_CODE) != 0, faults: inspection?.report.faults ?? []
    ).failure
  }

  /// Bytes taken; fewer than given end the transfer.
  fileprivate func take(body bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let room = request.bodyLimit - size
    isTruncated = bytes.count > room
    let taken = min(bytes.count, room)
    size += taken
    if request.keepsBody { unsafe body.append(contentsOf: bytes.prefix(taken)) }
    guard isTruncated else { return bytes.count }
    return refuse(.tooLarge, "the body from \(origin) is larger than \(request.bodyLimit) bytes")
  }

  fileprivate func take(header bytes: UnsafeBufferPointer<UInt8>) -> Int {
    headerBytes += bytes.count
    guard headerBytes <= request.headerLimit else {
      return refuse(.tooLarge, "the headers from \(origin) are larger than \(request.headerLimit) bytes")
    }
    // Only once an answer has begun: before, a slow server has the whole of the request's time to think.
    if headers.isEmpty { handle.set(CURLOPT_LOW_SPEED_TIME, HTTPTransfer.patience) }
    let line = unsafe Array(bytes)
    if line.starts(with: "HTTP/".utf8) {
      headers = []
      status = HTTPTransfer.status(of: line)
    } else if (300...399).contains(status), let refused = redirect(line) {
      return refuse(.redirect, refused)
    }
    headers += line
    return bytes.count
  }

  /// 404 of `HTTP/1.1 404 Not Found`, 0 of what has none.
  private static func status(of line: [UInt8]) -> Int {
    line.drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix(3).reduce(0) { number, byte in
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? number * 10 + Int(byte - UInt8(ascii: "0")) : 0
    }
  }

  private func refuse(_ kind: TransferFailure.Kind, _ message: String) -> Int {
    refusal = TransferFailure(kind, message)
    return 0
  }

  /// Why a redirect is not followed; `nil` where it is, or the header is about something else.
  private func redirect(_ line: [UInt8]) -> String? {
    guard request.redirects > 0, let (name, location) = HTTPResult.header(line[...]), name.lowercased() == "location",
      let here = handle.text(CURLINFO_EFFECTIVE_URL).flatMap({ url in Origin(url).map { (url, $0) } }),
      let there = Origin(location, relativeTo: here.0)
    else { return nil }
    if here.1.scheme == "https", there.scheme == "http" { return "\(here.1) redirects out of TLS, to \(there)" }
    if !request.secretHeaders.isEmpty, there != origin {
      return "\(here.1) redirects to \(there), where the secret headers must not go"
    }
    return nil
  }

  /// Called for each connection: its certificates are looked at, and held against the name of its URL.
  fileprivate func secure(_ context: UnsafeMutableRawPointer) {
    let host = handle.text(CURLINFO_EFFECTIVE_URL).flatMap { Origin($0)?.host } ?? origin.host
    let inspection = Inspection(host: host.trimmingBrackets)
    unsafe inspection.watch(OpaquePointer(context), trusting: trust)
    self.inspection = inspection
  }
}

private let receiveBody: curl_write_callback = { data, size, count, owner in
  unsafe receive(data, size &* count, owner) { unsafe $0.take(body: $1) }
}

private let receiveHeader: curl_write_callback = { data, size, count, owner in
  unsafe receive(data, size &* count, owner) { unsafe $0.take(header: $1) }
}

private let watchConnection: curl_ssl_ctx_callback = { _, context, owner in
  guard let context = unsafe context, let owner = unsafe owner else { return CURLE_SSL_CERTPROBLEM }
  unsafe Unmanaged<HTTPTransfer>.fromOpaque(owner).takeUnretainedValue().secure(context)
  return CURLE_OK
}

private func receive(
  _ data: UnsafeMutablePointer<CChar>?, _ count: Int, _ owner: UnsafeMutableRawPointer?,
  _ take: (HTTPTransfer, UnsafeBufferPointer<UInt8>) -> Int
) -> Int {
  guard let data = unsafe data, let owner = unsafe owner else { return 0 }
  let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(owner).takeUnretainedValue()
  return unsafe data.withMemoryRebound(to: UInt8.self, capacity: count) {
    unsafe take(transfer, UnsafeBufferPointer(start: $0, count: count))
  }
}

extension String {
  /// `[::1]` is `::1`.
  var trimmingBrackets: String { hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self }
}
