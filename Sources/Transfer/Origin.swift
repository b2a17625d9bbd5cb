internal import CCurl

/// Scheme, host and port of a URL: all of it that may be printed.
struct Origin: Hashable, Sendable, CustomStringConvertible {
  var scheme: String
  var host: String
  var port: String

  /// `nil` where libcurl cannot read the URL; one that is relative needs a base.
  init?(_ url: String, relativeTo base: String? = nil) {
    guard let parsed = unsafe curl_url() else { return nil }
    defer { unsafe curl_url_cleanup(parsed) }
    if let base { _ = unsafe curl_url_set(parsed, CURLUPART_URL, base, 0) }
    guard unsafe curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = unsafe Origin.part(CURLUPART_SCHEME, of: parsed),
      let host = unsafe Origin.part(CURLUPART_HOST, of: parsed)
    else { return nil }
    self.scheme = scheme
    self.host = host
    self.port = unsafe Origin.part(CURLUPART_PORT, of: parsed) ?? ""
  }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe curl_url_get(url, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let found = unsafe text
    else { return nil }
    defer { unsafe curl_free(found) }
    return unsafe String(cString: found)
  }

  var description: String { "\(scheme)://\(host)\(port.isEmpty || isDefault ? "" : ":\(port)")" }

  private var isDefault: Bool {
    (scheme, port) == ("http", "80") || (scheme, port) == ("https", "443") || (scheme, port) == ("smtp", "25")
  }
}

extension String {
  /// Without `user:password@` of any URL in it.
  ///
  /// `see http://me:secret@example.org/` is `see http://example.org/`.
  var withoutUserInformation: String {
    var rest = self[...]
    var result = ""
    while let mark = rest.firstRange(of: "://") {
      result += rest[..<mark.upperBound]
      rest = rest[mark.upperBound...]
      let authority = rest.prefix { !"/?# \t\"'<>".contains($0) }
      if let at = authority.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    }
    return result + rest
  }
}
