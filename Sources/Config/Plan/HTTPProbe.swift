package import Model

package struct HTTPProbe: Hashable, Sendable {
  package enum Body: Hashable, Sendable {
    case text(String)
    /// An absolute path.
    case file(String)
  }

  package enum Authentication: Hashable, Sendable {
    case basic(user: String, password: SecretReference)
    case bearer(SecretReference)
  }

  package struct SecretHeader: Hashable, Sendable {
    package var name: String
    package var value: SecretReference

    package init(_ name: String, _ value: SecretReference) {
      self.name = name
      self.value = value
    }
  }

  /// What a header of the answer must be.
  package struct HeaderCondition: Hashable, Sendable {
    package enum Test: Hashable, Sendable {
      case present, absent
      case equals(String)
      case matches(String)
    }

    package var name: String
    package var test: Test

    package init(_ name: String, _ test: Test) {
      self.name = name
      self.test = test
    }
  }

  /// A number of the answer that becomes a metric.
  package struct Number: Hashable, Sendable {
    package var metric: String
    package var path: JSONPath
    package var unit: Unit

    package init(metric: String, path: JSONPath, unit: Unit = .none) {
      self.metric = metric
      self.path = path
      self.unit = unit
    }
  }

  var secrets: [SecretReference] {
    let login: [SecretReference] =
      switch authentication {
      case .basic(_, let password)?: [password]
      case .bearer(let token)?: [token]
      case nil: []
      }
    return secretHeaders.map(\.value) + login
  }

  package var url: String
  package var method: String
  package var headers: [Fact]
  package var secretHeaders: [SecretHeader] = []
  package var authentication: Authentication?
  package var body: Body?
  /// Status codes that are good.
  package var status: [ClosedRange<Int>]
  package var headerConditions: [HeaderCondition] = []
  /// The body must hold each of these texts, and none of the others.
  package var contains: [String]
  package var lacks: [String] = []
  /// The body must match this regular expression.
  package var matches: String?
  package var json: [JSONCondition] = []
  package var numbers: [Number] = []
  /// `1.0`, `1.1`, `2`: what may be spoken; empty for anything.
  package var versions: [String] = []
  package var redirects: Int
  package var verifyTLS: Bool
  /// A PEM file of authorities to trust besides the system's; absolute.
  package var authorities: String?
  /// The body is cut off, and the reading failed, after this many bytes; so with the headers.
  package var bodyLimit: Int
  package var headerLimit = 65_536
  package var family = IPFamily.any
  /// `host:port:address`, to connect there instead of asking for the host's address.
  package var resolve: [String] = []
  /// `http://host:port`
  package var proxy: String?

  package init(
    url: String, method: String = "GET", headers: [Fact] = [], status: [ClosedRange<Int>] = [200...399],
    contains: [String] = [], matches: String? = nil, redirects: Int = 5, verifyTLS: Bool = true,
    authorities: String? = nil, bodyLimit: Int = 1_048_576
  ) {
    self.url = url
    self.method = method
    self.headers = headers
    self.status = status
    self.contains = contains
    self.matches = matches
    self.redirects = redirects
    self.verifyTLS = verifyTLS
    self.authorities = authorities
    self.bodyLimit = bodyLimit
  }
}

/// The version of IP to reach a peer by.
package enum IPFamily: String, Hashable, Sendable, CaseIterable { case any, ipv4, ipv6 }
