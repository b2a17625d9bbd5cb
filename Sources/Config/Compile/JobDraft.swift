internal import Model
internal import YAML

/// A job before it is checked: its fields with the layers they come from.
struct JobDraft: Sendable {
  var id: JobID
  var group: [String]
  /// The most specific first.
  var layers: [Layer]
  /// Layers from the first in which a field of another kind is an error.
  var strict: Int
  var crumb: Crumb
  var place: Place
  /// What it says could not be read: told already.
  var isBroken = false
}

/// An objective or a graph a monitor makes, filled in.
struct Made: Sendable {
  var name: String
  var group: [String]
  var layers: [Layer]
  var crumb: Crumb
  var place: Place
  /// Where it stands in the monitor, if nothing in it is filled in: then all hosts have the same.
  var template: Place?

  var fields: [YAMLPair] { layers.effective }
}

/// Everything monitors make of hosts.
struct Instances: Sendable {
  var jobs: [JobDraft] = []
  var objectives: [Made] = []
  /// With the host whose job they show.
  var graphs: [(made: Made, host: String)] = []
}

extension Workshop {
  func instances(_ hosts: [HostDraft], _ monitors: Monitors) -> Instances {
    var instances = Instances()
    var inherited: [Place: (pair: YAMLPair, crumb: Crumb)] = [:]
    var used: Set<Place> = []
    for host in hosts {
      let before = findings.errorCount
      var done: Set<String> = []
      for use in host.uses {
        apply(use, to: host, monitors, among: monitors.byName[use.name] ?? [], chain: [], done: &done, &instances)
      }
      checkUnused(host, done, monitors)
      if findings.errorCount != before || done.contains(where: monitors.isShaky) {
        shelf.shakyHosts.insert(host.host.name)
      }
      for pair in host.item.layers.dropFirst().flatMap(\.pairs) where isMonitorField(pair.key.text) {
        let isUsed = done.contains(pair.key.text) || done.contains { monitors.takes(pair.key.text, name: $0) }
        if isUsed { used.insert(Place(pair.key)) } else { inherited[Place(pair.key)] = (pair, host.item.crumb) }
      }
    }
    for (place, field) in inherited where !used.contains(place) {
      unusedField(field.pair, "no host below uses", in: Array(field.crumb.dropLast()))
    }
    return instances
  }

  private func isMonitorField(_ key: String) -> Bool { !schema.fields(of: "hosts").has(key) }

  private func unusedField(_ pair: YAMLPair, _ who: String, in crumb: Crumb) {
    let isHost = pair.value.pairs?.contains { ["use", "address"].contains($0.key.text) } == true
    findings.error(
      "\(who) the monitor “\(pair.key.text)”", at: Place(pair.key), in: crumb,
      help: isHost ? "a host cannot have the name of a monitor" : "add it: use: [\(pair.key.text)]")
  }

  /// A mapping for a monitor, or a parameter of one, that the host does not use would count for nothing.
  private func checkUnused(_ host: HostDraft, _ done: Set<String>, _ monitors: Monitors) {
    let fields = fields(of: "hosts")
    for pair in host.item.own where fields[pair.key.text] == nil {
      let key = pair.key.text
      if monitors.has(key), !done.contains(key) {
        unusedField(pair, "\(host.host.name) does not use", in: host.item.crumb)
      } else if monitors.parameters.contains(key), !monitors.has(key),
        !done.contains(where: { monitors.takes(key, name: $0) })
      {
        findings.error(
          "“\(key)” belongs to monitors \(host.host.name) does not use", at: Place(pair.key), in: host.item.crumb,
          help: Nearest.help(key, in: fields.names, otherwise: "its monitors are \(done.sorted().listed)"))
      }
    }
  }

  // MARK: One monitor on one host

  private func apply(
    _ use: Use, to host: HostDraft, _ monitors: Monitors, among candidates: [Monitor], chain: [String],
    done: inout Set<String>, _ instances: inout Instances
  ) {
    guard let monitor = candidates.first else { return }
    guard !chain.contains(monitor.name) || monitor.name == chain.last, chain.count < 32 else {
      return findings.error(
        "monitors that use each other in a circle: \((chain + [monitor.name]).joined(separator: " → "))",
        at: use.origin ?? use.place, in: ["monitors"], help: "take one of them out of “use”")
    }
    guard done.insert(monitor.name).inserted || monitor.name == chain.last else { return }
    let given = overrides(use, monitor, host)
    let crumb = host.item.crumb + [monitor.name]
    if monitor.mentionsAddress { noAddress(host) }
    checkOverrides(given, monitor, in: crumb)
    guard let values = values(monitor, host, given, use, in: crumb) else { return }
    let filling = Substitution(
      findings: findings, values: values,
      secrets: Set(monitor.parameters.filter { if case .secret = $0.field.shape { true } else { false } }.map(\.name)))
    make(monitor, host, given, filling, crumb, at: use.place, &instances)
    for inner in monitor.uses {
      let next = inner.name == monitor.name ? Array(candidates.dropFirst()) : monitors.byName[inner.name] ?? []
      let passed = Use(
        name: inner.name, place: use.place, pairs: filling.filled(inner.pairs, in: crumb), origin: inner.place)
      apply(
        passed, to: host, monitors, among: next, chain: chain + [monitor.name], done: &done, &instances)
    }
  }

  /// What is said to the monitor with `use`, and by the host under its name.
  private func overrides(_ use: Use, _ monitor: Monitor, _ host: HostDraft) -> [Layer] {
    var layers = [Layer(name: "use", pairs: use.pairs)]
    for layer in host.item.layers {
      guard let said = layer.pairs.first(where: { $0.key.text == monitor.name })?.value, !said.isNull else { continue }
      if said.pairs == nil {
        findings.fault(
          "“\(monitor.name)” needs a mapping", at: Place(said), in: host.item.crumb + [monitor.name],
          help: "write \(monitor.name): {FIELD: VALUE}")
      }
      layers.append(Layer(name: layer.name, pairs: said.pairs ?? []))
    }
    return layers.filter { !$0.pairs.isEmpty }
  }

  private func checkOverrides(_ given: [Layer], _ monitor: Monitor, in crumb: Crumb) {
    let fields = fields(of: "jobs")
    let parameters = monitor.parameters.map(\.name)
    for pair in given.flatMap(\.pairs) where !parameters.contains(pair.key.text) {
      guard let field = fields[pair.key.text], !Workshop.settled.contains(field.name) else {
        checker.reject(pair, of: parameters + suited(fields, to: monitor.kinds), in: crumb)
        continue
      }
      if !field.kinds.isEmpty, monitor.kinds.isDisjoint(with: field.kinds) {
        findings.error(
          "“\(field.name)” is a field of \(field.kinds.listed) jobs, and “\(monitor.name)” makes \(monitor.kinds.sorted().listed) jobs",
          at: Place(pair.key), in: crumb,
          help: "its fields are \((parameters + suited(fields, to: monitor.kinds)).listed)")
      }
    }
  }

  private func suited(_ fields: FieldTable, to kinds: Set<String>) -> [String] {
    fields.all.filter { $0.kinds.isEmpty || !kinds.isDisjoint(with: $0.kinds) }.map(\.name)
      .filter { !Workshop.settled.contains($0) }
  }

  /// Fields of a job that the monitor and the host settle.
  private static let settled = ["host", "name", "group", "kind"]

  /// What names in the monitor stand for; `nil` with an error told where a parameter is missing.
  private func values(
    _ monitor: Monitor, _ host: HostDraft, _ given: [Layer], _ use: Use, in crumb: Crumb
  ) -> [String: YAMLNode]? {
    var values = host.values
    let said = given.effective
    let outside = Substitution(findings: findings, values: host.values)
    var isComplete = true
    for parameter in monitor.parameters {
      let own = said.first { $0.key.text == parameter.name && !$0.value.isNull }?.value
      let fallback = parameter.fallback.map { outside.filled($0, in: crumb) }.map { here($0, at: use) }
      guard let node = own ?? host.values[parameter.name] ?? fallback
      else {
        if parameter.isRequired {
          missing(parameter, monitor, use, in: crumb)
          isComplete = false
        }
        values[parameter.name] = YAMLNode(
          .scalar(YAMLScalar("")), source: use.place.source, start: use.place.start, end: use.place.start)
        continue
      }
      if !node.isNull { _ = checker.value(node, as: parameter.field, in: crumb + [parameter.name]) }
      values[parameter.name] = node
    }
    return isComplete ? values : nil
  }

  /// Nobody can mend what is built in: what is wrong with it there is told where it is used.
  private func here(_ node: YAMLNode, at use: Use) -> YAMLNode {
    guard findings.sources[node.source].path == nil else { return node }
    let place = use.place
    return YAMLNode(
      node.content, tag: node.tag, source: place.source, start: place.start, end: place.end ?? place.start)
  }

  private func missing(_ parameter: Monitor.Parameter, _ monitor: Monitor, _ use: Use, in crumb: Crumb) {
    findings.error(
      "the monitor “\(monitor.name)” needs “\(parameter.name)”", at: use.place, in: crumb,
      help: "write use: [{\(monitor.name): {\(parameter.name): …}}]")
  }

  private func make(
    _ monitor: Monitor, _ host: HostDraft, _ given: [Layer], _ filling: Substitution, _ crumb: Crumb,
    at place: Place, _ instances: inout Instances
  ) {
    let parameters = Set(monitor.parameters.map(\.name))
    let overrides = given.map { layer in
      Layer(name: layer.name, pairs: layer.pairs.filter { !parameters.contains($0.key.text) })
    }.filter { !$0.pairs.isEmpty }
    func filled(_ pair: YAMLPair) -> Layer {
      Layer(name: "monitor \(monitor.name)", pairs: filling.filled(pair.value.pairs ?? [], in: crumb + [pair.key.text]))
    }
    for pair in monitor.jobs {
      let own = suitedOverrides(overrides, to: pair)
      instances.jobs.append(
        JobDraft(
          id: JobID(host: host.host.name, job: pair.key.text), group: host.item.groups, layers: own + [filled(pair)],
          strict: own.count + 1, crumb: host.item.crumb + [pair.key.text], place: place))
    }
    for pair in monitor.objectives {
      instances.objectives.append(made("\(host.host.name)-\(pair.key.text)", host, filled(pair), pair, place))
    }
    for pair in monitor.graphs {
      instances.graphs.append((made(pair.key.text, host, filled(pair), pair, place), host.host.name))
    }
  }

  private func made(_ name: String, _ host: HostDraft, _ layer: Layer, _ pair: YAMLPair, _ place: Place) -> Made {
    Made(
      name: name, group: host.item.groups, layers: [layer], crumb: host.item.crumb + [pair.key.text],
      place: place, template: pair.value.hasSubstitution ? nil : Place(pair.key))
  }

  /// A monitor with jobs of several kinds gives each what it can take.
  private func suitedOverrides(_ overrides: [Layer], to job: YAMLPair) -> [Layer] {
    guard let kind = kind(of: job.value.pairs ?? []) else { return overrides }
    let fields = fields(of: "jobs")
    return overrides.map { layer in
      Layer(
        name: layer.name,
        pairs: layer.pairs.filter { fields.suits($0.key.text, kind) })
    }.filter { !$0.pairs.isEmpty }
  }
}

extension Monitors {
  fileprivate func takes(_ parameter: String, name: String) -> Bool {
    byName[name]?.contains { $0.parameters.contains { $0.name == parameter } } == true
  }
}
