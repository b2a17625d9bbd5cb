internal import Model
internal import YAML

extension Workshop {
  /// The jobs of the `jobs:` section.
  func jobDrafts(_ hosts: [String: HostDraft]) -> [JobDraft] {
    items(of: "jobs", noun: "jobs of one host", identity: { "\($0["host"]?.text ?? "localhost")/\($0.name)" }).map {
      item in
      let name = item["host"]?.text ?? "localhost"
      if hosts[name] == nil, name != "localhost" {
        findings.missing(
          "there is no host “\(name.printable(limit: 80))”", at: item["host"].map(Place.init) ?? item.place,
          in: item.crumb + ["host"], help: Nearest.help(name, in: hosts.keys.sorted(), otherwise: "add it to hosts"))
      }
      return JobDraft(
        id: JobID(host: name, job: item.name), group: item.groups, layers: item.layers, strict: 1, crumb: item.crumb,
        place: item.place, isBroken: item.isBroken)
    }
  }

  /// The checked jobs of all drafts, each name once.
  func jobs(_ drafts: [JobDraft], _ hosts: [String: HostDraft], _ settings: Settings) -> [Job] {
    var places: [JobID: Place] = Dictionary(minimumCapacity: drafts.count)
    var jobs: [Job] = []
    jobs.reserveCapacity(drafts.count)
    for draft in drafts {
      if let first = places.updateValue(draft.place, forKey: draft.id) {
        places[draft.id] = first
        findings.error(
          "there are two jobs “\(draft.id)”, first in \(findings.short(first))", at: draft.place, in: draft.crumb,
          help: "give one of them another name")
        continue
      }
      let before = findings.errorCount
      if !draft.isBroken, let job = job(draft, hosts[draft.id.host], settings) { jobs.append(job) }
      if findings.errorCount != before { shelf.faultyJobs.insert(draft.id) }
    }
    return jobs
  }

  private func job(_ draft: JobDraft, _ host: HostDraft?, _ settings: Settings) -> Job? {
    guard let kind = kind(of: draft.layers.effective), kinds.contains(kind) else {
      withoutKind(draft, settings)
      return nil
    }
    let record = record(draft, kind: kind)
    let (timing, timeout) = (timing(record, settings), timeout(record, settings))
    guard let probe = probe(kind, record, host, settings) else { return nil }
    return Job(
      id: draft.id, title: record.text("title") ?? draft.id.job, group: draft.group, step: timing.step,
      timeout: timeout,
      probe: probe, location: findings.location(draft.place, in: draft.crumb), schedule: timing.schedule,
      priority: Priority(rawValue: record.text("priority") ?? "normal") ?? .normal,
      // Those of SNMP are its conversation's own.
      retries: kind == "snmp" ? 0 : record.int("retries") ?? 0,
      retryPause: Double(record.milliseconds("retry after") ?? 1_000) / 1_000)
  }

  /// What can be said of a job that does not say what to do, or says it wrong.
  private func withoutKind(_ draft: JobDraft, _ settings: Settings) {
    let record =
      meansScript(draft)
      ? self.record(draft, kind: "script")
      : checker.record(draft.layers.effective, of: fields(of: "jobs"), at: draft.place, in: draft.crumb)
    _ = (timing(record, settings), timeout(record, settings))
    guard !record.said.contains("kind"), !record.said.contains("script") else { return }
    findings.error(
      "\(draft.crumb.shown) has neither a script nor a kind", at: draft.place, in: draft.crumb,
      help: "write script: PATH, or kind: \(kinds.filter { $0 != "script" }.listed(with: "or"))")
  }

  private func meansScript(_ draft: JobDraft) -> Bool {
    let names = fields(of: "jobs").names
    return draft.layers.effective.contains {
      $0.key.text != "kind" && Synonyms.candidate(to: $0.key.text, in: names, by: Synonyms.fields) == "script"
    }
  }

  /// What a job can do.
  private var kinds: [String] {
    if case .choice(let words)? = fields(of: "jobs")["kind"]?.shape { words } else { [] }
  }

  /// The draft with what the host says for every job of its kind: the host's field `snmp`.
  func completed(_ draft: JobDraft, _ host: HostDraft?) -> JobDraft {
    var draft = draft.withOneSchedule
    guard kind(of: draft.layers.effective) == "snmp", let node = host?.item["snmp"] else { return draft }
    guard let shared = node.pairs else {
      draft.isBroken = true
      return draft
    }
    let other = host?.item.inheritedOfAnotherVersion ?? []
    draft.layers.append(
      Layer(name: "host \(draft.id.host)", pairs: shared.filter { !other.contains($0.key.text) }))
    return draft
  }

  private func record(_ draft: JobDraft, kind: String) -> Record {
    let fields = fields(of: "jobs")
    checkKinds(draft, kind, fields)
    return checker.record(
      draft.layers.effective.filter { fields.suits($0.key.text, kind) }, of: fields, at: draft.place, in: draft.crumb,
      unknown: { pair in
        checker.reject(pair, of: fields.names.filter { fields.suits($0, kind) }, in: draft.crumb)
      })
  }

  private func checkKinds(_ draft: JobDraft, _ kind: String, _ fields: FieldTable) {
    for pair in draft.layers.prefix(draft.strict).flatMap(\.pairs) where !pair.value.isNull {
      guard !fields.suits(pair.key.text, kind) else { continue }
      let kinds = fields.kinds(of: pair.key.text)
      findings.fault(
        "“\(pair.key.text)” is a field of \(kinds.listed) jobs, and \(draft.id.job) is a \(kind) job",
        at: Place(pair.key), in: draft.crumb + [pair.key.text],
        help: help(pair.key.text, of: kinds, for: kind, fields))
    }
  }

  private func help(_ name: String, of kinds: [String], for kind: String, _ fields: FieldTable) -> String {
    if let meant = Synonyms.fields[name].flatMap({ fields[$0] }), meant.kinds.isEmpty || meant.kinds.contains(kind) {
      return "did you mean “\(meant.name)”?"
    }
    return "leave it out, or write kind: \(kinds[0]) in a job of its own"
  }

  // MARK: Kinds

  private func probe(_ kind: String, _ record: Record, _ host: HostDraft?, _ settings: Settings) -> Probe? {
    switch kind {
    case "system": .system(SystemProbe())
    case "ping": .ping(ping(record, host, settings))
    case "http": http(record).map(Probe.http)
    case "tcp": tcp(record, address(record, host)).map(Probe.tcp)
    case "tls": .tls(tls(record, address(record, host)))
    case "dns": dns(record).map(Probe.dns)
    case "snmp": snmp(record, host).map(Probe.snmp)
    case "script": script(record).map(Probe.script)
    // A word that is none of these was told when the field was checked.
    default: nil
    }
  }

  /// The job's address, or its host's, or else the name of the host.
  func address(_ record: Record, _ host: HostDraft?) -> String {
    if let own = record.text("address") ?? host?.host.address { return own }
    guard let host, host.item["address"] == nil, !record.said.contains("address") else { return "localhost" }
    noAddress(host)
    return host.host.name
  }

  /// Told of a host that is asked by its name, where that is none a resolver takes.
  func noAddress(_ host: HostDraft) {
    guard host.item["address"] == nil, let fault = HostAddress.fault(in: host.host.name) else { return }
    findings.fault(
      "“\(host.host.name.printable(limit: 80))” has no address, and its name is none", at: host.item.place,
      in: host.item.crumb, help: "write address: www.example.org; \(fault)")
  }

  private func ping(_ record: Record, _ host: HostDraft?, _ settings: Settings) -> PingProbe {
    let address = address(record, host)
    let probe = PingProbe(
      address: address, packets: record.int("packets") ?? 20,
      interval: record.milliseconds("interval") ?? 100, wait: record.milliseconds("wait") ?? 1_000,
      size: record.int("size") ?? 56, family: family(record, of: address), source: record.text("source"),
      dscp: record.int("dscp") ?? 0)
    let needed = (probe.packets - 1) * probe.interval + probe.wait
    if needed > settings.deadline * 1_000 {
      findings.error(
        "\(probe.packets) packets need \(DurationText.text(milliseconds: needed)), and a run ends after \(DurationText.text(seconds: settings.deadline))",
        at: record.given["packets"]?.place ?? record.given["interval"]?.place ?? record.place(of: "wait"),
        in: record.crumb,
        help: "send fewer packets, or with a shorter interval or wait")
    }
    return probe
  }

  /// An address to send from decides the version of IP.
  private func family(_ record: Record, of address: String) -> PingProbe.Family {
    let family = PingProbe.Family(rawValue: record.text("family") ?? "any") ?? .any
    checkFamily(record, of: address)
    guard let source = record.text("source"), let own = Address.family(ofNumeric: source) else { return family }
    if let target = Address.family(ofNumeric: address), target != own {
      findings.error(
        "packets from \(source) cannot go to \(address)", at: record.place(of: "source"), in: record.crumb + ["source"],
        help: "write an address of \(target.rawValue)")
    } else if family != .any, family != own {
      findings.error(
        "packets of \(family == .both ? "both families" : family.rawValue) cannot come from \(source)",
        at: record.place(of: "source"), in: record.crumb + ["source"],
        help: "leave family out: the address decides it")
    }
    return own
  }

  /// Told where an address in numbers is of another version of IP than the one to use.
  func checkFamily(_ record: Record, of address: String) {
    guard let said = record.text("family").flatMap(PingProbe.Family.init), said != .any,
      let own = Address.family(ofNumeric: address), own != said
    else { return }
    findings.error(
      said == .both ? "\(address) has one version of IP, not both" : "\(address) is no address of \(said.rawValue)",
      at: record.place(of: "family"), in: record.crumb + ["family"], help: "leave family out: the address decides it")
  }

  /// Told where nothing is said of the field; what is said wrong was told already.
  func needs(_ field: String, of what: String, _ record: Record) {
    guard !record.said.contains(field) else { return }
    findings.error(
      "\(record.crumb.shown) needs “\(field)”", at: record.place, in: record.crumb,
      help: "\(what) needs it: \(record.fields[field]?.says ?? field)")
  }
}
