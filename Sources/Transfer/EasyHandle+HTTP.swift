internal import CCurl

extension HTTPRequest {
  /// The origin, or what of the request could not be sent as it is.
  func check() throws(TransferFailure) -> Origin {
    guard !url.utf8.contains(0), let origin = Origin(url), ["http", "https"].contains(origin.scheme) else {
      let shown = url.withoutUserInformation
      throw TransferFailure(.local, "'\(shown)' is not a URL of http or https (e.g. https://www.example.org/)")
    }
    guard method.isToken else { throw TransferFailure(.local, "'\(method)' is not an HTTP method (e.g. GET)") }
    for (name, value) in headers + secretHeaders {
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
  func bound(_ request: HTTPRequest, seconds: Double) {
    restrict(to: "http,https", seconds: seconds)
    set(CURLOPT_CONNECTTIMEOUT_MS, seconds: min(request.connectTimeout, seconds))
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_FOLLOWLOCATION, request.redirects > 0 ? 1 : 0)
    set(CURLOPT_MAXREDIRS, request.redirects)
    verify(request.verifyTLS, authorities: nil)
    // The store a transfer brings stands for both; reading the system's file costs milliseconds for each connection.
    set(CURLOPT_CAINFO, nil)
    set(CURLOPT_CAPATH, nil)
    // A connection or a session another request left would measure as if it cost nothing, and shows no certificate.
    set(CURLOPT_FRESH_CONNECT, 1)
    set(CURLOPT_SSL_SESSIONID_CACHE, 0)
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

  func ask(_ request: HTTPRequest) {
    set(CURLOPT_URL, request.url)
    set(CURLOPT_USERAGENT, "redeye")
    let headers = request.headers + request.secretHeaders
    if !headers.isEmpty { set(CURLOPT_HTTPHEADER, lines: headers.map { $1.isEmpty ? "\($0);" : "\($0): \($1)" }) }
    authenticate(request)
    route(request)
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

  private func authenticate(_ request: HTTPRequest) {
    guard let user = request.user else { return }
    set(CURLOPT_USERNAME, user)
    set(CURLOPT_PASSWORD, request.password ?? "")
  }

  private func route(_ request: HTTPRequest) {
    switch request.family {
    case .any: break
    case .ipv4: set(CURLOPT_IPRESOLVE, 1)
    case .ipv6: set(CURLOPT_IPRESOLVE, 2)
    }
    // Not CURLOPT_RESOLVE: that would count for every transfer of the loop.
    if !request.resolve.isEmpty { set(CURLOPT_CONNECT_TO, lines: request.resolve.map(\.connection)) }
    if let proxy = request.proxy {
      set(CURLOPT_PROXY, proxy)
      set(CURLOPT_NOPROXY, "")
    }
    if let version = version(request) { set(CURLOPT_HTTP_VERSION, version) }
  }

  /// CURL_HTTP_VERSION_*, for the highest that may be spoken; `nil` leaves it to libcurl.
  private func version(_ request: HTTPRequest) -> Int? {
    let isPlain = request.url.lowercased().hasPrefix("http:")
    return switch request.versions.max() {
    case "1.0": 1
    case "1.1": 2
    // Without TLS nothing is agreed on, so it is spoken without asking.
    case "2" where isPlain && request.versions.count == 1: 5
    case "2": 4
    default: nil
    }
  }

  /// What was spoken.
  var version: String? {
    switch number(CURLINFO_HTTP_VERSION) {
    case 1: "1.0"
    case 2: "1.1"
    case 3: "2"
    case 30: "3"
    default: nil
    }
  }

  var redirectedTo: String? {
    guard number(CURLINFO_REDIRECT_COUNT) > 0, let url = text(CURLINFO_EFFECTIVE_URL) else { return nil }
    return String(url.withoutUserInformation.prefix { $0 != "?" && $0 != "#" })
  }

  var timings: HTTPTimings {
    let resolved = seconds(CURLINFO_NAMELOOKUP_TIME_T)
    let connected = seconds(CURLINFO_CONNECT_TIME_T)
    let secured = seconds(CURLINFO_APPCONNECT_TIME_T)
    let answered = seconds(CURLINFO_STARTTRANSFER_TIME_T)
    let total = seconds(CURLINFO_TOTAL_TIME_T) ?? 0
    func phase(_ from: Double?, _ to: Double?) -> Double? { to.map { max(0, $0 - (from ?? 0)) } }
    return HTTPTimings(
      resolve: resolved, connect: phase(resolved, connected), tls: phase(connected, secured),
      firstByte: phase(secured ?? connected, answered), transfer: answered.map { max(0, total - $0) }, total: total)
  }
}

extension String {
  /// RFC 9110, section 5.6.2.
  fileprivate var isToken: Bool {
    !isEmpty
      && utf8.allSatisfy { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
  }

  /// `host:port:address` as CURLOPT_CONNECT_TO wants it: `host:port:[address]:port`.
  fileprivate var connection: String {
    let parts = split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { return self }
    let address = parts[2].trimmingBrackets
    return "\(parts[0]):\(parts[1]):\(address.contains(":") ? "[\(address)]" : address):\(parts[1])"
  }
}
