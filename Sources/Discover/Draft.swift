package import Collect
package import Config
package import Model

/// What was asked and what came of it: all that a draft is made of.
package struct Draft: Sendable {
  package var targets: [Target]
  /// One for each target.
  package var results: [Result<Surveyed, Failure>]
  package var offers: Offers
  package var known: Known
  package var credentials: SNMPCredentials
  /// Names of the package and of the group of hosts.
  package var name: String
  package var group: String
  /// The arguments, and the time, as people write it.
  package var asked: [String]
  package var time: String

  package init(
    targets: [Target], results: [Result<Surveyed, Failure>], offers: Offers, known: Known,
    credentials: SNMPCredentials, name: String, group: String, asked: [String], time: String
  ) {
    self.targets = targets
    self.results = results
    self.offers = offers
    self.known = known
    self.credentials = credentials
    self.name = name
    self.group = group
    self.asked = asked
    self.time = time
  }

  /// The package as YAML, or comments alone where all is known; empty where no device answers and none is missing.
  package func text() -> String {
    let found = sorted()
    let differences = found.known.map { difference(of: $0.host, $0.device, at: $0.target) } + gone()
    let changes = differences.flatMap { $0.isEmpty ? [] : [""] + String.comment($0) }
    guard !found.new.isEmpty else {
      if differences.isEmpty { return "" }
      if changes.isEmpty {
        let rows = known.hasNothingStored ? ", without their interfaces, for nothing has been stored yet" : ""
        return
          "# \(head): nothing differs from the configuration; \(counted(found.known.count, "device")) compared\(rows)."
      }
      return (String.comment(["\(head): what differs from the configuration; there is nothing to save."]) + changes)
        .joined(separator: "\n")
    }
    let repeated = found.twins.isEmpty ? [] : [""] + String.comment(found.twins)
    let lines = heading(found.new.count) + package(found.new) + repeated + changes
    return lines.joined(separator: "\n")
  }

  var head: String { "redeye discover at \(time)" }

  // MARK: Who is new

  private struct Found {
    var new: [Entry] = []
    var known: [(host: Known.Host, device: Surveyed, target: Target)] = []
    /// Lines about addresses of devices that have another one.
    var twins: [String] = []
  }

  private struct Entry {
    var name: String
    var device: Surveyed
    var target: Target
  }

  private func sorted() -> Found {
    var found = Found()
    var names = HostNames(taken: Set(known.names).union(offers.reserved))
    var seen: [Identity: String] = [:]
    for case (let target, .success(let device)) in zip(targets, results) {
      if let host = known.host(at: target, called: device.name) {
        found.known.append((host, device, target))
        Identity(device).map { seen[$0] = host.name }
      }
    }
    for case (let target, .success(let device)) in zip(targets, results)
    where known.host(at: target, called: device.name) == nil {
      let identity = Identity(device)
      if !target.isNamed, let other = identity.flatMap({ seen[$0] }) {
        found.twins.append("\(target.description) is \(other) as well: one device with several addresses.")
        continue
      }
      let entry = Entry(name: names.name(device, at: target), device: device, target: target)
      if let identity { seen[identity] = entry.name }
      found.new.append(entry)
    }
    return found
  }

  /// What two addresses of one device have in common, and two devices hardly have.
  private struct Identity: Hashable {
    var engine: [UInt8]?
    var name: String
    var rows: [[String?]]

    init?(_ device: Surveyed) {
      let rows = device.parts.first { $0.fieldSet.name == "interfaces" }?.rows ?? []
      guard let name = device.name, device.engine != nil || rows.contains(where: { $0.hardware != nil }) else {
        return nil
      }
      self.engine = device.engine
      self.name = name
      self.rows = rows.map { [$0.name, $0.hardware] }
    }
  }

  // MARK: The package

  private func heading(_ count: Int) -> [String] {
    let text = CredentialText(credentials)
    var steps = [
      "Save it in the folder of the configuration as packages/\(name).yaml, and add it to what is required:",
      "  requires: [\(name.yaml)]",
    ]
    for file in text.files {
      steps.append("Put the \(file.what) into packages/\(file.path), which only redeye may read:")
      steps.append(
        "  umask 077; mkdir -p packages/secrets; printf %s 'THE \(file.what.uppercased())' > packages/\(file.path)")
    }
    if text.files.isEmpty { steps.append("The secrets are where you said; redeye looks for them there in each run.") }
    steps.append("redeye check, and then redeye plan")
    return String.comment(
      [
        "Drafted by \(head); nothing was changed.",
        "Asked: \(askedText) by \(CredentialText.words(credentials)); "
          + "\(counted(targets.count, "address", "addresses")), \(counted(count, "new device")).", "",
      ] + steps + [
        "",
        "Take out what is not wanted. Which interfaces are kept is said to the monitor, for one host or for a group:",
        "  snmp-interfaces: {only enabled: false}            those that are switched off too",
        "  snmp-interfaces: {except: {type: ^24$}}           no loopback",
        "  snmp-interfaces: {include: ^Gi, exclude: ^Vlan}   by name",
      ]) + [""]
  }

  private var askedText: String {
    let more = asked.count > 10 ? " and \(asked.count - 10) more" : ""
    return asked.prefix(10).map { $0.told(limit: 100) }.joined(separator: " ") + more
  }

  private func package(_ entries: [Entry]) -> [String] {
    let choices = entries.map { Choice(offers, $0.device) }
    var lines = ["package: \(name.yaml)", "title: Discovered devices", "", "hosts:", "  \(group.yaml):"]
    lines.append("    snmp: \(CredentialText(credentials).yaml)")
    for (entry, choice) in zip(entries, choices) { lines += host(entry, choice) }
    let jobs = zip(entries, choices).flatMap { Draft.jobs($0.name, $1.jobs) }
    if !jobs.isEmpty {
      lines += ["", "# What no monitor brings alone.", "jobs:"] + jobs
    }
    return lines
  }

  private func host(_ entry: Entry, _ choice: Choice) -> [String] {
    let (device, target) = (entry.device, entry.target)
    let use = choice.use.isEmpty ? [] : ["      use: [\(choice.use.map(\.yaml).joined(separator: ", "))]"]
    let called = device.name ?? device.description.map { $0.told(limit: 60) }
    let title = called.flatMap { $0 == entry.name ? nil : ["      title: \($0.yaml)"] } ?? []
    let port = target.port == 161 ? [] : ["      snmp: {port: \(target.port)}"]
    let like = HostNames.short(device).flatMap(known.host(called:)).map {
      "There is a host \($0.name.told()) at \($0.address.told()) (\($0.location.description.told())): is it this one?"
    }
    return [""] + String.comment(Listing.identity(device, at: target) + [like].compactMap { $0 }, indent: 4) + [
      "    \(entry.name.yaml):"
    ] + title
      + ["      address: \(target.address.yaml)"] + port + use
      + String.comment([Listing.answered(device, offers)] + Listing.interfaces(device, offers), indent: 6)
  }

  private static func jobs(_ host: String, _ jobs: [(name: String, fieldSet: FieldSet)]) -> [String] {
    guard !jobs.isEmpty else { return [] }
    return ["  \(host.yaml):"]
      + jobs.map { "    \($0.name.yaml): {host: \(host.yaml), kind: snmp, request: \($0.fieldSet.name.yaml)}" }
  }
}
