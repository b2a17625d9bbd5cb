/// One HTTP request and everything that bounds it.
package struct HTTPRequest: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package enum Family: Sendable { case any, ipv4, ipv6 }

  /// `http` or `https`; user and password in it are sent, and never printed.
  package var url: String
  package var method: String
  package var headers: [(String, String)]
  /// Sent to the origin of the URL only: a redirect elsewhere is not followed.
  package var secretHeaders: [(String, String)]
  /// Basic authentication; libcurl sends neither to another origin.
  package var user: String?
  package var password: String?
  package var body: [UInt8]?
  /// Seconds for the whole of it, redirects included.
  package var timeout: Double
  /// Seconds for resolving, connecting and TLS.
  package var connectTimeout: Double
  /// How many to follow; with 0 the redirect itself is the answer. None leads from `https` to `http`.
  package var redirects: Int
  package var verifyTLS: Bool
  /// A PEM file of authorities to trust besides the system's.
  package var authorities: String?
  /// The transfer ends after this many bytes of body.
  package var bodyLimit: Int
  /// Bytes of all header lines of all answers together.
  package var headerLimit: Int
  /// Whether the body is kept, or only counted.
  package var keepsBody: Bool
  package var family: Family
  /// `host:port:address`: where to connect instead of asking for the host's address.
  package var resolve: [String]
  /// `http://host:port`; nothing in the environment counts.
  package var proxy: String?
  /// `1.0`, `1.1`, `2`: what may be spoken; empty for whatever is agreed on.
  package var versions: [String]

  package init(
    url: String, method: String = "GET", headers: [(String, String)] = [], secretHeaders: [(String, String)] = [],
    user: String? = nil, password: String? = nil, body: [UInt8]? = nil, timeout: Double = 10,
    connectTimeout: Double? = nil, redirects: Int = 5, verifyTLS: Bool = true, authorities: String? = nil,
    bodyLimit: Int = 1_048_576, headerLimit: Int = 65_536, keepsBody: Bool = true, family: Family = .any,
    resolve: [String] = [], proxy: String? = nil, versions: [String] = []
  ) {
    self.url = url
    self.method = method
    self.headers = headers
    self.secretHeaders = secretHeaders
    self.user = user
    self.password = password
    self.body = body
    self.timeout = timeout
    self.connectTimeout = connectTimeout ?? timeout
    self.redirects = redirects
    self.verifyTLS = verifyTLS
    self.authorities = authorities
    self.bodyLimit = bodyLimit
    self.headerLimit = headerLimit
    self.keepsBody = keepsBody
    self.family = family
    self.resolve = resolve
    self.proxy = proxy
    self.versions = versions
  }

  /// What and where; never a password or a header.
  package var description: String { "\(method) \(url.withoutUserInformation)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
