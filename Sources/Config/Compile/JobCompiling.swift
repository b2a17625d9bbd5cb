internal import Model
internal import YAML

extension Workshop {
  /// The jobs of the `jobs:` section.
  func jobDrafts(_ hosts: [String: HostDraft]) -> [JobDraft] {
    items(of: "jobs", noun: "jobs of one host", identity: { "\($0["host"]?.text ?? "localhost")/\($0.name)" }).map {
      item in
      let name = item["host"]?.text ?? "localhost"
      if hosts[name] == nil, name != "localhost" {
        findings.error(
          "there is no host “\(name.printable(limit: 80))”", at: item["host"].map(Place.init) ?? item.place,
          in: item.crumb + ["host"], help: Nearest.help(name, in: hosts.keys.sorted(), otherwise: "add it to hosts"))
      }
      return JobDraft(
        id: JobID(host: name, job: item.name), group: item.groups, layers: item.layers, strict: 1, crumb: item.crumb,
        place: item.place)
    }
  }

  /// The checked jobs of all drafts, each name once.
  func jobs(_ drafts: [JobDraft], _ hosts: [String: HostDraft], _ settings: Settings) -> [Job] {
    var places: [JobID: Place] = [:]
    return drafts.compactMap { draft in
      if let first = places.updateValue(draft.place, forKey: draft.id) {
        places[draft.id] = first
        findings.error(
          "there are two jobs “\(draft.id)”, first in \(findings.short(first))", at: draft.place, in: draft.crumb,
          help: "give one of them another name")
        return nil
      }
      return job(draft, hosts[draft.id.host], settings)
    }
  }

  private func job(_ draft: JobDraft, _ host: HostDraft?, _ settings: Settings) -> Job? {
    if let fault = NameRule.fault(in: draft.id.job) {
      findings.error("the name “\(draft.id.job.printable(limit: 80))” \(fault)", at: draft.place, in: draft.crumb)
    }
    guard let kind = kind(of: draft.layers.effective) else {
      findings.error(
        "\(draft.crumb.shown) has neither a script nor a kind", at: draft.place, in: draft.crumb,
        help: "write script: PATH, or kind: system, ping, http or snmp")
      return nil
    }
    let record = record(draft, kind: kind)
    let step = step(record, settings)
    guard let probe = probe(kind, record, host, settings) else { return nil }
    return Job(
      id: draft.id, title: record.text("title") ?? draft.id.job, group: draft.group, step: step,
      timeout: timeout(record, settings), probe: probe, location: findings.location(draft.place, in: draft.crumb))
  }

  /// The draft with what the host says for every job of its kind: the host's field `snmp`.
  func completed(_ draft: JobDraft, _ host: HostDraft?) -> JobDraft {
    guard kind(of: draft.layers.effective) == "snmp", let shared = host?.item["snmp"]?.pairs else { return draft }
    var draft = draft
    draft.layers.append(Layer(name: "host \(draft.id.host)", pairs: shared))
    return draft
  }

  private func record(_ draft: JobDraft, kind: String) -> Record {
    let fields = fields(of: "jobs")
    checkKinds(draft, kind, fields)
    let suited = draft.layers.effective.filter { pair in
      guard let kinds = fields[pair.key.text]?.kinds else { return true }
      return kinds.isEmpty || kinds.contains(kind)
    }
    return checker.record(suited, of: fields, at: draft.place, in: draft.crumb)
  }

  private func checkKinds(_ draft: JobDraft, _ kind: String, _ fields: FieldTable) {
    for pair in draft.layers.prefix(draft.strict).flatMap(\.pairs) where !pair.value.isNull {
      guard let kinds = fields[pair.key.text]?.kinds, !kinds.isEmpty, !kinds.contains(kind) else { continue }
      findings.error(
        "“\(pair.key.text)” is a field of \(kinds.listed) jobs, and \(draft.id.job) is a \(kind) job",
        at: Place(pair.key),
        in: draft.crumb + [pair.key.text])
    }
  }

  // MARK: Time

  private func step(_ record: Record, _ settings: Settings) -> Int {
    guard let every = seconds(record, "every") else { return settings.step }
    if every % settings.step != 0 {
      let step = DurationText.text(seconds: settings.step)
      findings.error(
        "every \(DurationText.text(seconds: every)) is no multiple of the step \(step)", at: record.place(of: "every"),
        in: record.crumb + ["every"],
        help:
          "the nearest is \(DurationText.text(seconds: max(1, (every + settings.step / 2) / settings.step) * settings.step))"
      )
      return settings.step
    }
    return every
  }

  private func timeout(_ record: Record, _ settings: Settings) -> Double {
    // Sooner than the deadline: a peer that hangs is to be found silent, not given up for want of time.
    guard let milliseconds = record.milliseconds("timeout") else { return min(10, Double(settings.deadline) * 0.8) }
    if milliseconds > settings.deadline * 1_000 {
      findings.error(
        "a timeout of \(DurationText.text(milliseconds: milliseconds)) is longer than the deadline of a run, \(DurationText.text(seconds: settings.deadline))",
        at: record.place(of: "timeout"), in: record.crumb + ["timeout"])
    }
    return Double(milliseconds) / 1_000
  }

  // MARK: Kinds

  private func probe(_ kind: String, _ record: Record, _ host: HostDraft?, _ settings: Settings) -> Probe? {
    switch kind {
    case "system": .system(SystemProbe())
    case "ping": .ping(ping(record, host, settings))
    case "http": http(record).map(Probe.http)
    case "snmp": snmp(record, host).map(Probe.snmp)
    case "script": script(record).map(Probe.script)
    // A word that is none of these was told when the field was checked.
    default: nil
    }
  }

  private func address(_ record: Record, _ host: HostDraft?) -> String {
    record.text("address") ?? host?.host.address ?? host?.host.name ?? "localhost"
  }

  private func ping(_ record: Record, _ host: HostDraft?, _ settings: Settings) -> PingProbe {
    let probe = PingProbe(
      address: address(record, host), packets: record.int("packets") ?? 20,
      interval: record.milliseconds("interval") ?? 100, wait: record.milliseconds("wait") ?? 1_000,
      size: record.int("size") ?? 56, family: family(record), source: record.text("source"),
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
  private func family(_ record: Record) -> PingProbe.Family {
    let family = PingProbe.Family(rawValue: record.text("family") ?? "any") ?? .any
    guard let source = record.text("source"), let own = Address.family(ofNumeric: source) else { return family }
    if family != .any, family != own {
      findings.error(
        "packets of \(family == .both ? "both families" : family.rawValue) cannot come from \(source)",
        at: record.place(of: "source"), in: record.crumb + ["source"],
        help: "leave family out: the address decides it")
    }
    return own
  }

  private func http(_ record: Record) -> HTTPProbe? {
    guard let url = record.text("url") else {
      needs("url", of: "an http job", record)
      return nil
    }
    return HTTPProbe(
      url: url, method: record.text("method") ?? "GET", headers: headers(record),
      status: record.list("status").compactMap { if case .codes(let codes) = $0.value { codes } else { nil } },
      contains: record.text("contains"), matches: record.text("matches"), redirects: record.int("redirects") ?? 5,
      verifyTLS: record.bool("verify"), authorities: record.text("authorities"),
      bodyLimit: record.int("body limit") ?? 1_048_576)
  }

  private func headers(_ record: Record) -> [Fact] {
    record.map("headers").compactMap { key, value in
      let name = key.text
      let isToken = name.utf8.allSatisfy { $0.isASCIIAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains($0) }
      guard let text = value.text, isToken, !name.isEmpty, text.printable(limit: .max) == text else {
        findings.error(
          "“\(name.printable(limit: 80))” is no header field", at: Place(key), in: record.crumb + ["headers"],
          help: "a name of letters, digits and “-”, and a value on one line")
        return nil
      }
      return Fact(name, text)
    }
  }

  private func script(_ record: Record) -> ScriptProbe? {
    guard let script = record.text("script") else {
      needs("script", of: "a script job", record)
      return nil
    }
    checkProgram(script, record)
    let unit = if case .unit(let unit)? = record["unit"]?.value { unit } else { Unit.none }
    return ScriptProbe(
      arguments: [script] + record.texts("command"),
      format: ScriptProbe.Format(rawValue: record.text("format") ?? "auto") ?? .auto, each: each(record),
      workers: record.int("workers") ?? 1, environment: environment(record), unit: unit)
  }

  /// Each is an instance, so each may be there once.
  private func each(_ record: Record) -> [String] {
    var seen: Set<String> = []
    for value in record.list("each") {
      guard let text = value.text else { continue }
      if text.isEmpty || !seen.insert(text).inserted {
        findings.error(
          "“\(text.printable(limit: 80))” in “each” \(text.isEmpty ? "is empty" : "stands there twice")",
          at: value.place,
          in: record.crumb + ["each"])
      }
    }
    return record.texts("each")
  }

  private func environment(_ record: Record) -> [String: String] {
    var result: [String: String] = [:]
    for (key, value) in record.map("environment") {
      let isName =
        key.text.utf8.first?.isASCIIDigit == false
        && key.text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
      if !isName {
        findings.error(
          "“\(key.text.printable(limit: 80))” is no name of a variable", at: Place(key),
          in: record.crumb + ["environment"],
          help: "letters, digits and “_”, no digit first")
      }
      result[key.text] = value.text
    }
    return result
  }

  /// A script that is missing is a warning: it may be put there before the next run.
  private func checkProgram(_ path: String, _ record: Record) {
    let place = record.place(of: "script")
    let crumb = record.crumb + ["script"]
    let name = Path.relative(path, to: findings.root)
    switch inspector.status(path) {
    case .file(let mode, _, _):
      if mode & 0o002 != 0 {
        findings.error("everybody may write the script \(name)", at: place, in: crumb, help: "chmod o-w \(path)")
      } else if mode & 0o111 == 0 {
        findings.warning("the script \(name) is not executable", at: place, in: crumb, help: "chmod +x \(path)")
      }
    case .missing:
      findings.warning("there is no script \(name)", at: place, in: crumb, help: "it is looked for at \(path)")
    case .folder, .other: findings.error("\(name) is no program", at: place, in: crumb)
    case .remembered: break
    }
  }

  /// Told where nothing is said of the field; what is said wrong was told already.
  func needs(_ field: String, of what: String, _ record: Record) {
    guard !record.said.contains(field) else { return }
    findings.error(
      "\(record.crumb.shown) needs “\(field)”", at: record.place, in: record.crumb,
      help: "\(what) needs it: \(record.fields[field]?.says ?? field)")
  }
}
