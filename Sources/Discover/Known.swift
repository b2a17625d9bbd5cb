package import Config
package import Model

/// What a configuration measures already, and what its last run knew.
package struct Known: Sendable {
  struct Host: Sendable {
    var name: String
    var location: SourceLocation
    var address: String
    /// `nil` where it is not asked by SNMP.
    var port: Int?
    /// Every job of it that asks by SNMP.
    var jobs: [(name: String, fieldSet: FieldSet)]
    var jobNames: [String]
    var isPinged: Bool
  }

  private var hosts: [Host] = []
  /// Places in `hosts`, by address in lower case.
  private var byAddress: [String: [Int]] = [:]
  /// Rows that have series, and rows of the last reading, by job.
  private var stored: [JobID: Set<String>] = [:]
  private var last: [JobID: Set<String>] = [:]

  package init() {}

  package init(_ plan: Plan, catalogue: Catalogue, memories: [JobID: JobMemory]) {
    let jobs = Dictionary(grouping: plan.jobs, by: \.id.host)
    hosts = plan.hosts.map { Host($0, jobs[$0.name] ?? []) }
    for (place, host) in hosts.enumerated() { byAddress[host.address.lowercased(), default: []].append(place) }
    for series in catalogue.keys {
      guard let instance = series.row.instance else { continue }
      stored[series.row.job, default: []].insert(instance)
    }
    for (job, memory) in memories { last[job] = Set(memory.rows.keys) }
  }

  /// Every field set that is asked for at a target, filters and all.
  package func fieldSets(at target: Target) -> [FieldSet] { host(at: target)?.jobs.map(\.fieldSet) ?? [] }

  var names: [String] { hosts.map(\.name) }

  var hasNothingStored: Bool { stored.isEmpty }

  /// The host at an address; where the configuration has a name for the address, the device tells it.
  func host(at target: Target, called name: String? = nil) -> Host? {
    [target.address, name].lazy.compactMap { $0 }.flatMap { byAddress[$0.lowercased()] ?? [] }.map { hosts[$0] }
      .first { $0.port ?? target.port == target.port }
  }

  /// The host of a name, which may be the device that calls itself so at another address.
  func host(called name: String) -> Host? { hosts.first { $0.name.lowercased() == name.lowercased() } }

  /// Rows of a job that have series; `nil` where nothing of it has been stored yet.
  func stored(_ host: Host, _ job: String) -> Set<String>? { stored[JobID(host: host.name, job: job)] }

  /// Rows of the job's last reading.
  func last(_ host: Host, _ job: String) -> Set<String> { last[JobID(host: host.name, job: job)] ?? [] }
}

extension Known.Host {
  fileprivate init(_ host: Config.Host, _ all: [Job]) {
    let asked = all.compactMap { job in
      if case .snmp(let probe) = job.probe { (job.id.job, probe) } else { nil }
    }
    self.init(
      name: host.name, location: host.location, address: asked.first?.1.address ?? host.address ?? host.name,
      port: asked.first?.1.port, jobs: asked.map { ($0.0, $0.1.fieldSet) }, jobNames: all.map(\.id.job),
      isPinged: all.contains { $0.probe.kind == "ping" })
  }
}
