internal import Model
internal import YAML

extension Workshop {
  /// The plan of the packages, and what `config show` needs of it. It is built as far as it goes, also with errors.
  func plan(path: String, read: [SourceFile]) -> (plan: Plan, tree: EffectiveTree) {
    var settings = settings()
    let people = people(settings)
    checkAdministrator(settings, people)
    let monitors = monitors()
    let drafts = hosts(monitors)
    checkFieldSets()
    let hosts = Dictionary(drafts.map { ($0.host.name, $0) }) { first, _ in first }
    let instances = instances(drafts, monitors)
    let jobDrafts = (instances.jobs + jobDrafts(hosts)).map { completed($0, hosts[$0.id.host]) }
    let jobs = jobs(jobDrafts, hosts, settings)
    settings.guards = guards(among: jobs)
    let all = drafts.map(\.host) + thisMachine(drafts, jobs)
    checkThisMachine(jobs, jobDrafts)
    let index = JobIndex(jobs, drafts: jobDrafts, hosts: all.map(\.name), shelf)
    let graphs = graphs(instances.graphs, index)
    let targets = PageTargets(
      jobs: index, hosts: all, graphs: graphs.ofJobs, ownGraphs: names(of: "graphs"),
      objectives: objectiveNames(instances.objectives), pages: names(of: "pages"))
    var plan = Plan(
      package: packages.first?.name ?? "", title: packages.first?.title ?? packages.first?.name ?? "", path: path,
      hash: Fingerprint.of(read), settings: settings, hosts: all, jobs: jobs,
      objectives: objectives(instances.objectives, index, people), contacts: people.contacts, roles: people.roles,
      escalations: people.escalations, graphs: graphs.ofJobs, ownGraphs: graphs.own, ownPages: ownPages(targets),
      sections: ownSections(),
      files: read)
    plan.publicSites = publicSites(plan)
    return (plan, EffectiveTree(self, jobs: jobDrafts))
  }

  /// Jobs without a host belong to this machine, which need not be among the hosts.
  private func thisMachine(_ drafts: [HostDraft], _ jobs: [Job]) -> [Host] {
    guard !drafts.contains(where: { $0.host.name == "localhost" }),
      let job = jobs.first(where: { $0.id.host == "localhost" })
    else { return [] }
    return [Host(name: "localhost", title: "This machine", group: [], address: nil, location: job.location)]
  }

  /// A system job measures the machine redeye runs on, whatever its host is called.
  private func checkThisMachine(_ jobs: [Job], _ drafts: [JobDraft]) {
    let system = jobs.filter { $0.probe.kind == "system" }
    guard let first = system.first else { return }
    for other in system.dropFirst() where other.id.host != first.id.host {
      guard let draft = drafts.first(where: { $0.id == other.id }) else { continue }
      findings.warning(
        "\(other.id.host) and \(first.id.host) are both measured as this machine", at: draft.place, in: draft.crumb,
        help: "use system on the one host redeye runs on, and snmp-system on others")
    }
  }

  private func checkAdministrator(_ settings: Settings, _ people: People) {
    guard let name = settings.mail.administrator else { return }
    let node = packages.lazy.compactMap { $0.section("settings")?["mail"]?["administrator"] }.first
    guard let node else { return }
    checkNotify(name, at: Place(node), people, in: ["settings", "mail", "administrator"])
  }

  /// The sections packages declared themselves.
  private func ownSections() -> [PlanSection] {
    schema.sections.filter { !$0.isBuiltIn && !$0.isSingle }.map { section in
      let items = items(of: section.name, noun: section.name).map { item in
        _ = record(item, of: section.name)
        checkReferences(item, section)
        return PlanItem(
          name: item.name, group: item.groups, fieldSets: factSets(item, section),
          location: findings.location(item.place, in: item.crumb))
      }
      return PlanSection(name: section.name, title: section.title, says: section.says, items: items)
    }
  }

  /// Fields that name an item of another section.
  private func checkReferences(_ item: Item, _ section: Section) {
    for pair in item.fields {
      guard case .item(let target)? = section.fields[pair.key.text]?.shape, let name = pair.value.text,
        !pair.value.isNull
      else { continue }
      let names = items(of: target, noun: target).map(\.name)
      if !names.contains(name) {
        findings.missing(
          "there is no “\(name.printable(limit: 80))” in \(target)", at: Place(pair.value), in: item.crumb,
          help: Nearest.help(name, in: names, otherwise: names.isEmpty ? nil : "known are \(names.listed)"))
      }
    }
  }
}

/// A hash that tells one configuration from another; it guards against accidents, not against people.
enum Fingerprint {
  /// Sixteen hexadecimal digits: 64-bit FNV-1a over each file's length and bytes.
  static func of(_ files: [SourceFile]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for file in files {
      for byte in file.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ UInt64(file.bytes.count)) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
