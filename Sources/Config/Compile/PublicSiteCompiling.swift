internal import Model
internal import YAML

extension Workshop {
  /// The trees for the public: those of `public sites`, and the whole site where the settings say so.
  func publicSites(_ plan: Plan) -> [PublicSite] {
    let words = HostWords(plan.hosts)
    var sites = items(of: "public sites", noun: "public sites").filter { !$0.isBroken }.map { item in
      let record = record(item, of: "public sites")
      let chosen = chosen(record, item, among: plan.objectives)
      return PublicSite(
        name: item.name, title: record.text("title") ?? plan.title,
        reports: record.text("reports") ?? "\(plan.settings.reports)-\(item.name)",
        objectives: titled(chosen, words, at: item.place, in: item.crumb))
    }
    checkFolders(of: sites, plan.settings)
    if plan.settings.isPublic {
      let place = settingsPlace("site")
      sites.insert(
        PublicSite(
          name: "", title: plan.title, reports: plan.settings.reports,
          objectives: titled(plan.objectives, words, at: place, in: ["settings", "site"])), at: 0)
    }
    return sites
  }

  private func settingsPlace(_ key: String) -> Place {
    let node = packages.lazy.compactMap { $0.section("settings")?[key] }.first
    return node.map(Place.init) ?? packages.first?.place ?? Place(0, .start)
  }

  // MARK: Which objectives

  private func chosen(_ record: Record, _ item: Item, among all: [Objective]) -> [Objective] {
    guard let node = item["objectives"] else { return all }
    let patterns = (node.items ?? [node]).filter { !$0.isNull }
    let fitting = patterns.map { pattern in all.filter { fits($0, pattern.text ?? "") } }
    for (pattern, found) in zip(patterns, fitting) where found.isEmpty {
      guard let text = pattern.text else { continue }
      let known = all.map(\.name)
      findings.missing(
        "there is no objective “\(text.printable(limit: 80))”", at: Place(pattern), in: item.crumb + ["objectives"],
        help: Nearest.help(text, in: known, otherwise: known.isEmpty ? nil : "known are \(known.someListed)"))
    }
    let names = Set(fitting.joined().map(\.name))
    return all.filter { names.contains($0.name) }
  }

  /// By its name, or by its groups and its name.
  private func fits(_ objective: Objective, _ pattern: String) -> Bool {
    glob(pattern, objective.name) || glob(pattern, (objective.group + [objective.name]).joined(separator: "/"))
  }

  // MARK: Their titles

  /// Objectives whose titles may be read by anybody; the others are left out, and told.
  private func titled(
    _ objectives: [Objective], _ words: HostWords, at place: Place, in crumb: Crumb
  )
    -> [PublicSite.Objective]
  {
    var left: [(name: String, word: String)] = []
    var seen: Set<String> = []
    let titled = objectives.compactMap { objective -> PublicSite.Objective? in
      if objective.publicTitle == nil, let word = words.found(in: objective.title) {
        left.append((objective.name, word))
        return nil
      }
      let title = objective.publicTitle ?? objective.title
      let titles = [title] + (2...objectives.count + 1).map { "\(title) \($0)" }
      return PublicSite.Objective(name: objective.name, title: titles.first { seen.insert($0).inserted } ?? title)
    }
    tell(left, at: place, in: crumb)
    return titled
  }

  private func tell(_ left: [(name: String, word: String)], at place: Place, in crumb: Crumb) {
    guard let first = left.first else { return }
    let isOne = left.count == 1
    findings.warning(
      "\(left.map(\.name).someListed) \(isOne ? "is" : "are") not shown to the public: \(isOne ? "the title names" : "the titles name") hosts, the first of them “\(first.word.printable(limit: 80))”",
      at: place, in: crumb,
      help: "give \(isOne ? "it" : "them") a “public title”, or leave \(isOne ? "it" : "them") out of “objectives”")
  }

  // MARK: Their folders

  /// A tree in another would show what it must not, or be swept away with it.
  private func checkFolders(of sites: [PublicSite], _ settings: Settings) {
    var others = [("the reports", settings.reports), ("the data folder", settings.data)]
    if case .folder(let mail) = settings.mail.transport { others.append(("the mail folder", mail)) }
    for (site, item) in zip(sites, items(of: "public sites", noun: "public sites").filter { !$0.isBroken }) {
      let place = item["reports"].map(Place.init) ?? item.place
      let crumb = item.crumb + ["reports"]
      if Path.isInside(findings.root, site.reports) {
        findings.error(
          "this folder, which is published, would hold the configuration", at: place, in: crumb,
          help: "give the site a folder of its own")
      }
      for (what, other) in others where Path.isInside(site.reports, other) || Path.isInside(other, site.reports) {
        findings.error(
          "\(what) and the folder of this public site lie in each other: \(other)", at: place, in: crumb,
          help: "give the site a folder of its own beside it")
      }
      others.append(("the public site \(site.name)", site.reports))
    }
  }
}
