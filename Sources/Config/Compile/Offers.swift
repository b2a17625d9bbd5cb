internal import Model
internal import YAML

/// What a configuration can ask a device by SNMP, whoever the device is.
package struct Offers: Sendable {
  /// A monitor whose jobs all are SNMP and need nothing but the device.
  package struct Monitor: Sendable {
    package struct Job: Sendable {
      package var name: String
      package var fieldSet: FieldSet
    }

    package var name: String
    package var jobs: [Job]
  }

  /// Those of the package asked first come first; where several are called the same, the one a host gets.
  package var monitors: [Monitor] = []
  /// Field sets by name, sorted.
  package var fieldSets: [FieldSet] = []
  /// Whether there is a monitor `ping` that needs nothing but an address.
  package var hasPing = false
  /// Words that cannot be the name of a host, or of a group of jobs.
  package var reserved: Set<String> = []

  package init() {}
}

/// The offers of a configuration, its broken parts left out; of the built-in package alone where `path` is `nil`.
package func offers(path: String?, files: ConfigurationFiles = .disk) -> Offers {
  let path = path.map(Path.normalised)
  let real = path.map { files.realPath($0) ?? $0 }
  let findings = Findings(root: real.map { files.status($0) == .folder ? $0 : Path.folder(of: $0) } ?? "/")
  let reader = FileReader(root: findings.root, files: files, findings: findings)
  let packageReader = PackageReader(reader: reader)
  let packages = (real.map { packageReader.all(from: $0) } ?? [packageReader.builtIn()]).map(\.withoutDevices)
  var schemaReader = SchemaReader(findings: findings)
  let schema = schemaReader.read(packages)
  let inspector = Inspector(files)
  let shop = Workshop(packages: packages, schema: schema, findings: findings, inspector: inspector)
  let names = shop.monitorNames
  var offers = Offers()
  offers.fieldSets = shop.fieldSets.values.sorted { $0.name < $1.name }
  offers.reserved = Set(names + shop.fields(of: "hosts").names + shop.fields(of: "jobs").names)
  // A device of nobody gets every monitor, each on a host of its own, so that none is in the way of another.
  let source = findings.add(Source(path: nil, name: "offers", bytes: []))
  let devices = Package(
    name: "offers", title: nil, place: Place(source, .start),
    sections: reader.parse(Array(devices(names).utf8), of: source)?.pairs ?? [], requires: [])
  let trial = Workshop(packages: [devices] + packages, schema: schema, findings: findings, inspector: inspector)
  let jobs = Dictionary(grouping: trial.plan(path: real ?? "/", read: []).plan.jobs, by: \.id.host)
  for (number, name) in names.enumerated() {
    let own = jobs["offer \(number)"] ?? []
    if name == "ping", own.allSatisfy({ $0.probe.kind == "ping" }), !own.isEmpty { offers.hasPing = true }
    if let monitor = Offers.Monitor(name: name, own) { offers.monitors.append(monitor) }
  }
  return offers
}

/// One host for each monitor.
private func devices(_ monitors: [String]) -> String {
  let hosts = monitors.enumerated().map { "    offer \($0): {address: 192.0.2.1, use: [\(jsonString($1))]}" }
  return "hosts:\n  offers:\n    snmp: {community: !secret env:NOBODY}\n" + hosts.joined(separator: "\n")
}

extension Offers.Monitor {
  fileprivate init?(name: String, _ jobs: [Config.Job]) {
    let own = jobs.compactMap { job -> Job? in
      guard case .snmp(let probe) = job.probe else { return nil }
      return Job(name: job.id.job, fieldSet: probe.fieldSet)
    }
    guard !own.isEmpty, own.count == jobs.count else { return nil }
    self.init(name: name, jobs: own)
  }
}

extension Package {
  /// Only what says how to measure.
  fileprivate var withoutDevices: Package {
    var package = self
    package.sections.removeAll { ["hosts", "jobs", "slas", "graphs", "settings"].contains($0.key.text) }
    return package
  }
}

extension Workshop {
  /// In the order of the packages, each once.
  fileprivate var monitorNames: [String] {
    _ = monitors()
    var seen: Set<String> = []
    return (shelf.items["monitors"] ?? []).map(\.name).filter { seen.insert($0).inserted }
  }
}
