internal import Model
internal import YAML

/// Everybody who can be told something.
struct People {
  var contacts: [String: Contact] = [:]
  var roles: [String: Role] = [:]
  var escalations: [String: Escalation] = [:]

  var names: [String] { (Array(roles.keys) + contacts.keys).sorted() }
}

extension Workshop {
  func people(_ settings: Settings) -> People {
    var people = People()
    for item in items(of: "contacts", noun: "contacts") { people.contacts[item.name] = contact(item) }
    for item in items(of: "roles", noun: "roles") {
      people.roles[item.name] = role(item, people, settings)
      if people.contacts[item.name] != nil {
        findings.error(
          "“\(item.name)” is a role and a contact", at: item.place, in: item.crumb,
          help: "give one of them another name")
      }
    }
    for item in items(of: "escalations", noun: "escalations") {
      people.escalations[item.name] = escalation(item, people)
    }
    return people
  }

  private func contact(_ item: Item) -> Contact {
    let record = record(item, of: "contacts")
    if !record.said.contains("email") {
      findings.warning(
        "\(item.name) has no email, so nobody can be told", at: item.place, in: item.crumb,
        help: "write \(item.name): {email: …}")
    }
    return Contact(name: item.name, title: record.text("title") ?? item.name, email: record.text("email"))
  }

  // MARK: Roles

  private func role(_ item: Item, _ people: People, _ settings: Settings) -> Role {
    let record = record(item, of: "roles")
    let zone = if case .zone(let zone)? = record["timezone"]?.value { zone } else { settings.zone }
    let shifts = record.records("shifts").map { shift($0, people) }
    let fallback = known(record.list("fallback"), people, in: item.crumb + ["fallback"])
    if record.list("fallback").isEmpty, record.list("shifts").isEmpty,
      record.said.subtracting(record.given.keys).isDisjoint(with: ["fallback", "shifts"])
    {
      findings.warning(
        "\(item.name) has neither shifts nor a fallback, so nobody can be told", at: item.place, in: item.crumb,
        help: "write \(item.name): {fallback: [CONTACT]}, or shifts")
    }
    return Role(
      name: item.name, title: record.text("title") ?? item.name, zone: zone, shifts: shifts, fallback: fallback)
  }

  private func shift(_ record: Record, _ people: People) -> Role.Shift {
    let days = if case .days(let days)? = record["days"]?.value { days } else { Set(0..<7) }
    var hours = WeeklyHours(days: days, from: 0, to: 1_440)
    if case .stretch(let from, let to)? = record["hours"]?.value { (hours.from, hours.to) = (from, to) }
    return Role.Shift(hours: hours, contacts: known(record.list("contacts"), people, in: record.crumb))
  }

  /// The contacts that are there: one who is not must not keep the next from being asked.
  private func known(_ names: [Checked], _ people: People, in crumb: Crumb) -> [String] {
    names.compactMap { name -> String? in
      guard let text = name.text else { return nil }
      if people.contacts[text] != nil { return text }
      findings.missing(
        "there is no contact “\(text.printable(limit: 80))”, so nobody can be told", at: name.place, in: crumb,
        isWarning: true,
        help: Nearest.help(text, in: people.contacts.keys.sorted(), otherwise: "add \(text): {email: …} to contacts"))
      return nil
    }
  }

  // MARK: Escalations

  private func escalation(_ item: Item, _ people: People) -> Escalation {
    let record = record(item, of: "escalations")
    let steps = record.records("steps").compactMap { step($0, people, in: item.crumb) }
    if let place = record.records("steps").dropLast().first(where: { $0["repeat"] != nil })?.place {
      findings.error("nothing can follow a repeat", at: place, in: item.crumb, help: "make it the last step")
    }
    return Escalation(name: item.name, steps: steps)
  }

  private func step(_ record: Record, _ people: People, in crumb: Crumb) -> Escalation.Step? {
    let words = ["notify", "wait", "repeat"].filter { record.said.contains($0) }
    if words.isEmpty, record.hasUnknown { return nil }
    guard words.count == 1, !record.said.contains("next") || words == ["notify"] else {
      findings.error(
        "a step says one thing", at: record.place, in: crumb,
        help: "write {notify: NAME}, {notify: NAME, next: true}, {wait: 15m} or {repeat: 1h}")
      return nil
    }
    if let name = record.text("notify") {
      checkNotify(name, at: record.place(of: "notify"), people, in: crumb)
      return .notify(name, next: record.bool("next"))
    }
    return seconds(record, "wait").map { .wait($0) } ?? seconds(record, "repeat").map { .repeating($0) }
  }

  func checkNotify(_ name: String, at place: Place, _ people: People, and more: [String] = [], in crumb: Crumb) {
    let known = people.names + more
    guard !known.contains(name) else { return }
    findings.missing(
      "there is no role or contact “\(name.printable(limit: 80))”, so nobody can be told", at: place, in: crumb,
      isWarning: true,
      help: Nearest.help(name, in: known, otherwise: "add \(name) to roles or contacts"))
  }
}
