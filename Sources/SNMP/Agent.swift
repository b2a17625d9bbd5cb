/// Who is asked, how, and how patiently.
package struct Agent: Sendable, CustomStringConvertible, CustomReflectable {
  /// A name or an address; IPv6 with or without brackets.
  package var host: String
  package var port: Int
  package var credentials: Credentials
  /// Seconds to wait for an answer before the next try.
  package var timeout: Double
  /// Tries after the first.
  package var retries: Int
  /// Rows asked for in one GETBULK, at most; 0 to ask with GETNEXT.
  package var maxRepetitions: Int
  /// The engine of version 3 as it was last time; it spares the question for it.
  package var engine: KnownEngine?
  /// False takes answers from any address, as of a cluster that answers from another one than it was asked at.
  package var isSourceStrict: Bool

  package init(
    host: String, port: Int = 161, credentials: Credentials, timeout: Double = 2, retries: Int = 2,
    maxRepetitions: Int = 25, engine: KnownEngine? = nil, isSourceStrict: Bool = true
  ) {
    self.host = host
    self.port = port
    self.credentials = credentials
    self.timeout = timeout
    self.retries = retries
    self.maxRepetitions = maxRepetitions
    self.engine = engine
    self.isSourceStrict = isSourceStrict
  }

  package var description: String { "\(host) port \(port)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// An engine of version 3 with its clock (RFC 3414 section 2.2).
package struct KnownEngine: Hashable, Sendable {
  package var id: [UInt8]
  package var boots: UInt32
  /// Seconds since it booted.
  package var time: UInt32

  package init(id: [UInt8], boots: UInt32, time: UInt32) {
    self.id = id
    self.boots = boots
    self.time = time
  }
}

/// What an agent wants to see before it answers; revealed text, so keep it short-lived. Printing shows none of it.
package enum Credentials: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  case v1(community: String)
  case v2c(community: String)
  case v3(User)

  package var description: String {
    switch self {
    case .v1: "SNMP v1"
    case .v2c: "SNMP v2c"
    case .v3: "SNMP v3"
    }
  }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A user of SNMP v3. Without a password neither signs nor encrypts; with one it signs; with two it does both.
package struct User: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package enum Authentication: String, Hashable, Sendable, CaseIterable {
    case md5 = "MD5"
    case sha1 = "SHA"
    case sha224 = "SHA-224"
    case sha256 = "SHA-256"
    case sha384 = "SHA-384"
    case sha512 = "SHA-512"
  }

  package enum Privacy: String, Hashable, Sendable, CaseIterable {
    case des = "DES"
    case aes128 = "AES"
    case aes192 = "AES-192"
    case aes256 = "AES-256"
    /// The key made longer as draft-reeder-snmpv3-usm-3desede-00 says, which Cisco does.
    case aes192Reeder = "AES-192-C"
    case aes256Reeder = "AES-256-C"
  }

  package struct Authenticating: Hashable, Sendable {
    package var method: Authentication
    package var password: String

    package init(_ method: Authentication, password: String) {
      self.method = method
      self.password = password
    }
  }

  package struct Encrypting: Hashable, Sendable {
    package var method: Privacy
    package var password: String

    package init(_ method: Privacy, password: String) {
      self.method = method
      self.password = password
    }
  }

  package var name: String
  package var authentication: Authenticating?
  /// Needs authentication (RFC 3414 section 1.4.3).
  package var privacy: Encrypting?
  package var context: String

  package init(
    name: String, authentication: Authenticating? = nil, privacy: Encrypting? = nil, context: String = ""
  ) {
    self.name = name
    self.authentication = authentication
    self.privacy = privacy
    self.context = context
  }

  package var description: String { "user \(name)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
