internal import Model
internal import YAML

extension Workshop {
  /// The settings, each field from the first package that gives it.
  func settings() -> Settings {
    let layers = packages.compactMap { package in
      package.section("settings").flatMap { settingsLayer($0, of: package) }
    }
    shelf.settings = layers
    let place = packages.first?.place ?? Place(0, .start)
    let record = checker.record(
      layers.effective, of: fields(of: "settings"), at: place, in: ["settings"])
    let zone = if case .zone(let zone)? = record["timezone"]?.value { zone } else { Zone.utc }
    let step = seconds(record, "step") ?? 60
    var settings = Settings(
      zone: zone, step: step, deadline: deadline(record, step: step), workers: record.int("workers") ?? 16,
      perHost: record.int("per host"),
      retention: retention(record), data: record.text("data") ?? findings.root + "/data",
      reports: record.text("reports") ?? findings.root + "/reports", mail: mail(record.record("mail")),
      pictures: pictures(record))
    settings.isPublic = record.text("site") == "public"
    settings.showsConfiguration = record.bool("show configuration")
    checkFolders(settings, record)
    return settings
  }

  private func settingsLayer(_ node: YAMLNode, of package: Package) -> Layer? {
    if node.isNull { return nil }
    if node.pairs == nil {
      findings.error(
        "settings needs a mapping", at: Place(node), in: ["settings"], help: "write settings: {timezone: Europe/London}"
      )
    }
    return node.pairs.map { Layer(name: "package \(package.name)", pairs: $0) }
  }

  /// Whole seconds of a duration; told where it has a fraction.
  func seconds(_ record: Record, _ name: String) -> Int? {
    guard let milliseconds = record.milliseconds(name) else { return nil }
    if milliseconds % 1_000 != 0 {
      findings.fault(
        "“\(name)” needs whole seconds", at: record.place(of: name), in: record.crumb + [name],
        help: "write \(max(1, milliseconds / 1_000))s")
    }
    return max(milliseconds / 1_000, milliseconds == 0 ? 0 : 1)
  }

  private func deadline(_ record: Record, step: Int) -> Int {
    guard let deadline = seconds(record, "deadline") else { return max(1, step * 5 / 6) }
    let stepIsBad = record.said.contains("step") && record.given["step"] == nil
    if deadline >= step, !stepIsBad {
      findings.error(
        "the deadline \(DurationText.text(seconds: deadline)) is not less than the step \(DurationText.text(seconds: step))",
        at: record.place(of: "deadline"), in: ["settings", "deadline"],
        help:
          "a run must end before the next one starts: write deadline: \(DurationText.text(seconds: max(1, step * 5 / 6)))"
      )
    }
    return deadline
  }

  /// The site is open to everybody, and what redeye remembers is not.
  private func checkFolders(_ settings: Settings, _ record: Record) {
    if Path.isInside(findings.root, settings.reports) {
      findings.error(
        "the reports, which are published, would hold the configuration", at: record.place(of: "reports"),
        in: ["settings", "reports"], help: "give reports a folder of its own")
    }
    if case .folder(let mail) = settings.mail.transport, Path.isInside(mail, settings.reports) {
      findings.error(
        "the mail folder is inside of the reports, which are published",
        at: record.record("mail")?.place(of: "folder") ?? record.place(of: "mail"), in: ["settings", "mail", "folder"],
        help: "give mail a folder beside reports")
    }
    guard Path.isInside(settings.data, settings.reports) else { return }
    findings.error(
      "the data folder is inside of the reports, which are published", at: record.place(of: "data"),
      in: ["settings", "data"],
      help: "give data a folder beside reports")
  }

  // MARK: Guards

  /// The pings that `guard` names.
  func guards(among jobs: [Job]) -> [JobID] {
    guard let node = packages.lazy.compactMap({ $0.section("settings")?["guard"] }).first else { return [] }
    let pings = jobs.filter { $0.probe.kind == "ping" }.map(\.id)
    return (node.items ?? [node]).compactMap { named in
      guard let name = named.text, !named.isNull else { return nil }
      if let ping = pings.first(where: { $0.description == name }) { return ping }
      let isOther = jobs.contains { $0.id.description == name }
      findings.error(
        isOther
          ? "\(name) is no ping, and only a ping can be a guard"
          : "there is no ping “\(name.printable(limit: 80))”", at: Place(named), in: ["settings", "guard"],
        help: Nearest.help(
          name, in: pings.map(\.description), otherwise: "write HOST/JOB of a ping to this machine's own gateway"))
      return nil
    }
  }

  private func pictures(_ record: Record) -> PictureVariants {
    guard record["pictures"] != nil else { return .all }
    let named: [String: PictureVariants] = ["dark": .dark, "sharp": .sharp, "phone": .phone]
    return PictureVariants(record.texts("pictures").compactMap { named[$0] })
  }

  // MARK: Retention

  private func retention(_ record: Record) -> Retention {
    let all = retentions()
    let name = record.text("keep") ?? "standard"
    if let retention = all.first(where: { $0.name == name }) {
      return retention
    }
    findings.missing(
      "there is no retention “\(name)”", at: record.place(of: "keep"), in: ["settings", "keep"],
      help: Nearest.help(name, in: all.map(\.name), otherwise: "known are \(all.map(\.name).listed)"))
    return .standard
  }

  private func retentions() -> [Retention] {
    items(of: "retention", noun: "retentions").map { item in
      let record = record(item, of: "retention")
      let tiers = record.records("tiers").map { tier in
        Retention.Tier(
          every: seconds(tier, "every") ?? 0, duration: seconds(tier, "for") ?? 0, extremes: tier.bool("extremes"))
      }
      if record.given["tiers"] != nil { checkTiers(tiers, record, item) }
      return Retention(name: item.name, tiers: tiers)
    }
  }

  private func checkTiers(_ tiers: [Retention.Tier], _ record: Record, _ item: Item) {
    for (number, pair) in zip(tiers, tiers.dropFirst()).enumerated() {
      let (finer, coarser) = pair
      guard coarser.every <= finer.every || coarser.duration <= finer.duration else { continue }
      findings.error(
        "a tier that is not coarser and longer than the one before", at: record.records("tiers")[number + 1].place,
        in: item.crumb, help: "each tier has a longer “every” and a longer “for”")
    }
    if tiers.isEmpty {
      findings.error(
        "\(item.crumb.shown) has no tier", at: item.place, in: item.crumb,
        help: "write \(item.name): [{for: 10d}, {every: 5m, for: 40d}]")
    }
  }

  // MARK: Mail

  private func mail(_ record: Record?) -> MailSettings {
    guard let record else { return MailSettings() }
    return MailSettings(
      from: record.text("from") ?? "redeye@localhost", transport: transport(record),
      administrator: record.text("administrator"))
  }

  private func transport(_ record: Record) -> MailSettings.Transport? {
    let ways = ["smtp", "sendmail", "folder"].filter { record.given[$0] != nil }
    if ways.count > 1 {
      findings.error(
        "\(ways[0]) and \(ways[1]) are both given", at: record.place(of: ways[1]), in: record.crumb,
        help: "keep the one mail is to go through")
    }
    if let sendmail = record.text("sendmail") { return .sendmail(sendmail) }
    if let folder = record.text("folder") { return .folder(folder) }
    guard let url = record.text("smtp") else {
      if record["from"] != nil {
        findings.warning(
          "mail has neither smtp nor sendmail, so no mail is sent", at: record.place, in: record.crumb,
          help: "write smtp: smtp://HOST:PORT, or sendmail: /usr/sbin/sendmail")
      }
      return nil
    }
    checkServer(url, record)
    return .smtp(
      url: url, startTLS: record.bool("starttls"), user: record.text("user"), password: record.secret("password"))
  }

  private func checkServer(_ url: String, _ record: Record) {
    let place = record.place(of: "smtp")
    let crumb = record.crumb + ["smtp"]
    let host = Address.host(ofURL: url, schemes: ["smtp", "smtps"])
    if host?.contains("@") == true {
      findings.error(
        "the login does not belong into the address of the mail server", at: place, in: crumb,
        help: "write user: NAME and password: !secret file:PATH beside smtp")
    } else if let fault = faultOfServer(host, url) {
      findings.error(
        "“\(Mask.withoutLogins(url).printable(limit: 80))” is no mail server", at: place, in: crumb, help: fault)
    }
    if record["password"] != nil, record["user"] == nil {
      findings.error(
        "a password without a user", at: record.place(of: "password"), in: record.crumb, help: "write user: NAME too")
    }
  }

  private func faultOfServer(_ host: Substring?, _ url: String) -> String? {
    let form = "write smtp://HOST:PORT or smtps://HOST:PORT"
    guard let host else {
      let isServer = !url.contains("://") && WebAddress.faultOfServer(url[...]) == nil
      return isServer ? "write smtp://\(url) or smtps://\(url)" : form
    }
    return url.hasSuffix(host) ? WebAddress.faultOfServer(host) : form
  }
}
