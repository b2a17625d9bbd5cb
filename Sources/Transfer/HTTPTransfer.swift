internal import CCurl

/// One HTTP request on its way: its curl handle, and what came so far.
///
/// libcurl holds this object's address from `init` on; see `EasyHandle`.
final class HTTPTransfer {
  /// All header lines of all answers together; RFC 9110 names no limit, servers use 8 to 64 KiB.
  static let headerLimit = 65_536
  /// Seconds an answer that has begun may stand still.
  static let patience = 10

  let handle: EasyHandle
  let request: HTTPRequest
  private let origin: Origin
  private let limit: Double
  private let isCutShort: Bool
  private let startedAt: Double

  private var body: [UInt8] = []
  private var size = 0
  private var isTruncated = false
  private var headers: [(String, String)] = []
  private var headerBytes = 0

  /// Throws what is wrong with the request itself.
  init(_ request: HTTPRequest, now: Double, deadline: Double) throws(TransferFailure) {
    self.origin = try request.check()
    guard let handle = EasyHandle() else { throw TransferFailure(.local, "libcurl could not be started: no memory") }
    self.handle = handle
    self.request = request
    self.startedAt = now
    self.limit = min(request.timeout, deadline - now)
    self.isCutShort = deadline - now < request.timeout
    handle.bound(request, seconds: limit)
    handle.ask(request)
    unsafe handle.set(CURLOPT_WRITEFUNCTION, receiveBody, CURLOPT_WRITEDATA, owner: self)
    unsafe handle.set(CURLOPT_HEADERFUNCTION, receiveHeader, CURLOPT_HEADERDATA, owner: self)
  }

  func result(_ code: CURLcode) -> HTTPResult {
    let status = handle.number(CURLINFO_RESPONSE_CODE)
    var result = HTTPResult(
      status: status == 0 ? nil : status, timings: handle.timings, body: body, size: size, isTruncated: isTruncated,
      headers: headers, certificate: handle.earliestCertificate, address: handle.text(CURLINFO_PRIMARY_IP),
      startedAt: startedAt, failure: failure(code))
    result.url = handle.text(CURLINFO_EFFECTIVE_URL)
    return result
  }

  private func failure(_ code: CURLcode) -> TransferFailure? {
    if isTruncated {
      return TransferFailure(.unwanted, "the body from \(origin) is larger than \(request.bodyLimit) bytes")
    }
    if headerBytes > HTTPTransfer.headerLimit {
      return TransferFailure(.garbage, "the headers from \(origin) are larger than \(HTTPTransfer.headerLimit) bytes")
    }
    guard code != CURLE_OK else { return nil }
    let timings = handle.timings
    return FailedTransfer(
      code: code, text: handle.explanation(of: code), systemError: Int32(handle.number(CURLINFO_OS_ERRNO)),
      origin: origin, limit: limit, isCutShort: isCutShort && timings.total > limit - 0.05,
      wasResolved: timings.resolve != nil,
      hasAnswer: handle.number(CURLINFO_RESPONSE_CODE) != 0
    ).failure
  }

  /// Bytes taken; fewer than given end the transfer.
  fileprivate func take(body bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let room = request.bodyLimit - size
    isTruncated = bytes.count > room
    let taken = min(bytes.count, room)
    size += taken
    if request.keepsBody { unsafe body.append(contentsOf: bytes.prefix(taken)) }
    return isTruncated ? 0 : bytes.count
  }

  fileprivate func take(header bytes: UnsafeBufferPointer<UInt8>) -> Int {
    headerBytes += bytes.count
    guard headerBytes <= HTTPTransfer.headerLimit else { return 0 }
    // Only once an answer has begun: before, a slow server has the whole of the request's time to think.
    handle.set(CURLOPT_LOW_SPEED_TIME, HTTPTransfer.patience)
    let line = unsafe String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      headers = []
    } else if let colon = line.firstIndex(of: ":") {
      headers.append((String(line[..<colon]), line[line.index(after: colon)...].trimmed))
    }
    return bytes.count
  }
}

private let receiveBody: curl_write_callback = { data, size, count, owner in
  unsafe receive(data, size &* count, owner) { unsafe $0.take(body: $1) }
}

private let receiveHeader: curl_write_callback = { data, size, count, owner in
  unsafe receive(data, size &* count, owner) { unsafe $0.take(header: $1) }
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

extension HTTPRequest {
  /// The origin, or what of the request could not be sent as it is.
  fileprivate func check() throws(TransferFailure) -> Origin {
    guard !url.utf8.contains(0), let origin = Origin(url), ["http", "https"].contains(origin.scheme) else {
      let shown = url.withoutUserInformation
      throw TransferFailure(.local, "'\(shown)' is not a URL of http or https (e.g. https://www.example.org/)")
    }
    guard method.isToken else { throw TransferFailure(.local, "'\(method)' is not an HTTP method (e.g. GET)") }
    for (name, value) in headers {
      // RFC 9110, section 5: a line break in a value would begin another header.
      guard name.isToken, !value.utf8.contains(where: { $0 < 32 && $0 != 9 || $0 == 127 }) else {
        throw TransferFailure(.local, "the header '\(name)' has a character no HTTP header may have")
      }
    }
    return origin
  }
}

extension EasyHandle {
  /// Everything that keeps a transfer within its limits.
  fileprivate func bound(_ request: HTTPRequest, seconds: Double) {
    restrict(to: "http,https", seconds: seconds)
    set(CURLOPT_CONNECTTIMEOUT_MS, seconds: min(request.connectTimeout, seconds))
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_FOLLOWLOCATION, request.redirects > 0 ? 1 : 0)
    set(CURLOPT_MAXREDIRS, request.redirects)
    verify(request.verifyTLS, authorities: request.authorities)
    set(CURLOPT_CERTINFO, 1)
    // A connection another request left open would measure as if it cost nothing; one's own redirects still use it.
    set(CURLOPT_FRESH_CONNECT, 1)
  }

  /// What every transfer of redeye is bound by, whatever its protocol.
  func restrict(to protocols: String, seconds: Double) {
    set(CURLOPT_PROTOCOLS_STR, protocols)
    set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_TIMEOUT_MS, seconds: seconds)
    // An empty proxy also keeps http_proxy and its like in the environment from being asked.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NETRC, 0)
    // The resolver's thread cannot be stopped; without this, giving up would wait for it.
    set(CURLOPT_QUICK_EXIT, 1)
  }

  func verify(_ verifies: Bool, authorities: String?) {
    set(CURLOPT_SSL_VERIFYPEER, verifies ? 1 : 0)
    set(CURLOPT_SSL_VERIFYHOST, verifies ? 2 : 0)
    // The folder of the system's authorities stays in use beside the file.
    if let authorities { set(CURLOPT_CAINFO, authorities) }
  }

  fileprivate func ask(_ request: HTTPRequest) {
    set(CURLOPT_URL, request.url)
    set(CURLOPT_USERAGENT, "redeye")
    set(CURLOPT_HTTPHEADER, lines: request.headers.map { $1.isEmpty ? "\($0);" : "\($0): \($1)" })
    if let body = request.body {
      setOffset(CURLOPT_POSTFIELDSIZE_LARGE, body.count)
      set(CURLOPT_COPYPOSTFIELDS, copying: body)
    }
    switch (request.method, request.body) {
    case ("GET", nil): set(CURLOPT_HTTPGET, 1)
    case ("HEAD", _): set(CURLOPT_NOBODY, 1)
    case ("POST", .some): set(CURLOPT_POST, 1)
    default: set(CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  fileprivate var timings: HTTPTimings {
    let resolved = seconds(CURLINFO_NAMELOOKUP_TIME_T)
    let connected = seconds(CURLINFO_CONNECT_TIME_T)
    let secured = seconds(CURLINFO_APPCONNECT_TIME_T)
    let answered = seconds(CURLINFO_STARTTRANSFER_TIME_T)
    func phase(_ from: Double?, _ to: Double?) -> Double? { to.map { max(0, $0 - (from ?? 0)) } }
    return HTTPTimings(
      resolve: resolved, connect: phase(resolved, connected), tls: phase(connected, secured),
      firstByte: phase(secured ?? connected, answered), total: seconds(CURLINFO_TOTAL_TIME_T) ?? 0)
  }
}

extension String {
  /// RFC 9110, section 5.6.2.
  fileprivate var isToken: Bool {
    !isEmpty
      && utf8.allSatisfy { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex
    return String(self[..<end].drop(while: \.isWhitespace))
  }
}
