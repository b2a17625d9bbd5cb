package import Model

/// Something to measure, on a grid.
package struct Job: Sendable {
  package var id: JobID
  package var title: String
  /// Index values from the outermost group in; a job a host got by `use` has the host's.
  package var group: [String]
  /// Seconds between slots.
  package var step: Int
  package var schedule: Schedule
  package var priority: Priority
  /// Further attempts in the same run after a failure that another one may mend.
  package var retries: Int
  /// Seconds before each.
  package var retryPause: Double
  /// Seconds for one attempt as a whole.
  package var timeout: Double
  package var probe: Probe
  package var location: SourceLocation

  package init(
    id: JobID, title: String, group: [String], step: Int, timeout: Double, probe: Probe, location: SourceLocation,
    schedule: Schedule = .grid, priority: Priority = .normal, retries: Int = 0, retryPause: Double = 1
  ) {
    self.id = id
    self.title = title
    self.group = group
    self.step = step
    self.timeout = timeout
    self.probe = probe
    self.location = location
    self.schedule = schedule
    self.priority = priority
    self.retries = retries
    self.retryPause = retryPause
  }
}

package enum Probe: Sendable {
  case system(SystemProbe)
  case ping(PingProbe)
  case http(HTTPProbe)
  case tcp(TCPProbe)
  case tls(TLSProbe)
  case dns(DNSProbe)
  case snmp(SNMPProbe)
  case script(ScriptProbe)

  /// What it needs to log in with.
  package var secrets: [SecretReference] {
    switch self {
    case .http(let probe): probe.secrets
    case .snmp(let probe): probe.credentials.secrets
    case .system, .ping, .tcp, .tls, .dns, .script: []
    }
  }

  /// The word used for it in `kind:`.
  package var kind: String {
    switch self {
    case .system: "system"
    case .ping: "ping"
    case .http: "http"
    case .tcp: "tcp"
    case .tls: "tls"
    case .dns: "dns"
    case .snmp: "snmp"
    case .script: "script"
    }
  }
}

/// This machine, read from the kernel.
package struct SystemProbe: Hashable, Sendable {
  package init() {}
}

package struct PingProbe: Hashable, Sendable {
  package enum Family: String, Hashable, Sendable, CaseIterable {
    case any, ipv4, ipv6
    /// Each of the two for itself, as an instance.
    case both
  }

  package var address: String
  package var packets: Int
  /// Milliseconds between packets to this target.
  package var interval: Int
  /// Milliseconds to wait for each answer.
  package var wait: Int
  /// Bytes of payload.
  package var size: Int
  package var family: Family
  /// The numeric address to send from; `nil` leaves it to the kernel.
  package var source: String?
  /// The differentiated services code point of the packets, 0 to 63 (RFC 2474).
  package var dscp: Int

  package init(
    address: String, packets: Int = 20, interval: Int = 100, wait: Int = 1000, size: Int = 56, family: Family = .any,
    source: String? = nil, dscp: Int = 0
  ) {
    self.address = address
    self.packets = packets
    self.interval = interval
    self.wait = wait
    self.size = size
    self.family = family
    self.source = source
    self.dscp = dscp
  }
}

package struct SNMPProbe: Hashable, Sendable {
  package var address: String
  package var port: Int
  package var credentials: SNMPCredentials
  package var retries: Int
  package var maxRepetitions: Int
  /// False takes answers from another address than the one asked.
  package var isSourceStrict: Bool
  /// What to ask for.
  package var fieldSet: FieldSet

  package init(
    address: String, port: Int = 161, credentials: SNMPCredentials, retries: Int = 2, maxRepetitions: Int = 25,
    isSourceStrict: Bool = true, fieldSet: FieldSet
  ) {
    self.address = address
    self.port = port
    self.credentials = credentials
    self.retries = retries
    self.maxRepetitions = maxRepetitions
    self.isSourceStrict = isSourceStrict
    self.fieldSet = fieldSet
  }
}

package enum SNMPCredentials: Hashable, Sendable {
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
    /// Keys made longer in Cisco's way.
    case aes192Reeder = "AES-192-C"
    case aes256Reeder = "AES-256-C"
  }

  case v1(community: SecretReference)
  case v2c(community: SecretReference)
  case v3(
    user: String, authentication: Authentication?, password: SecretReference?, privacy: Privacy?,
    privacyPassword: SecretReference?, context: String)

  fileprivate var secrets: [SecretReference] {
    switch self {
    case .v1(let community), .v2c(let community): [community]
    case .v3(_, _, let password, _, let privacyPassword, _): [password, privacyPassword].compactMap(\.self)
    }
  }
}

package struct ScriptProbe: Hashable, Sendable {
  /// In the order in which `auto` tries them.
  package enum Format: String, Hashable, Sendable, CaseIterable {
    case auto, collectd, prometheus, munin, json, number, mrtg, zabbix, influx, cacti, nagios
  }

  /// The program, absolute, and its arguments.
  package var arguments: [String]
  package var format: Format
  /// Run once for each of these, given as a last argument; each is an instance. Empty: run once.
  package var each: [String]
  /// How many of `each` at once.
  package var workers: Int
  /// Given to the program beside PATH, HOME and LC_ALL=C.
  package var environment: [String: String]
  /// The unit of numbers of which the script says none.
  package var unit: Unit

  package init(
    arguments: [String], format: Format = .auto, each: [String] = [], workers: Int = 1,
    environment: [String: String] = [:], unit: Unit = .none
  ) {
    self.arguments = arguments
    self.format = format
    self.each = each
    self.workers = workers
    self.environment = environment
    self.unit = unit
  }
}
