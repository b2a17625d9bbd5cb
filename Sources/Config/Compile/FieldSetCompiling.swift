internal import Model
internal import YAML

/// Requests of an SNMP job that are no field set.
private let ownRequests = [FieldSet.explicit, "table"]

extension Workshop {
  // MARK: What a job asks for

  func fieldSet(_ record: Record) -> FieldSet? {
    guard let request = record.text("request") ?? (record.said.contains("objects") ? FieldSet.explicit : nil) else {
      needs("request", of: "an snmp job", record)
      return nil
    }
    return ownRequests.contains(request) ? ownFieldSet(request, record) : fieldSet(named: request, record)
  }

  private func ownFieldSet(_ request: String, _ record: Record) -> FieldSet? {
    let own = request == FieldSet.explicit ? ["objects"] : ["objects", "instance", "include", "exclude"]
    checkWords(request, own, record)
    var reader = FieldSetReader(record: record, findings: findings)
    let metrics = reader.metrics("objects")
    guard !metrics.isEmpty else {
      needs("objects", of: "request: \(request)", record)
      return nil
    }
    if request == FieldSet.explicit { return FieldSet(name: FieldSet.explicit, objects: metrics) }
    return FieldSet(
      name: request, metrics: metrics, identity: record.text("instance").map { [$0] } ?? [],
      include: record.texts("include"), exclude: record.texts("exclude"))
  }

  private func fieldSet(named name: String, _ record: Record) -> FieldSet? {
    guard var set = fieldSets[name] else {
      // What is wrong with a field set was told where it stands.
      if !fieldSetNames.contains(name) {
        findings.error(
          "there is no field set “\(name.printable(limit: 80))”", at: record.place(of: "request"),
          in: record.crumb + ["request"],
          help: Nearest.help(
            name, in: fieldSetNames + ownRequests, otherwise: "known are \((fieldSetNames + ownRequests).listed)"))
      }
      return nil
    }
    let hasRows = !set.metrics.isEmpty
    let own = (hasRows ? ["include", "exclude", "only", "except"] : []) + (set.enabled.isEmpty ? [] : ["only enabled"])
    checkWords(name, own, record)
    set.include = record.texts("include")
    set.exclude = record.texts("exclude")
    if !record.bool("only enabled") { set.enabled = [] }
    filter(&set, record)
    return set
  }

  /// With what the job says of the columns.
  private func filter(_ set: inout FieldSet, _ record: Record) {
    guard record.given["only"] != nil || record.given["except"] != nil else { return }
    let name = set.name
    let item = items(of: "field sets", noun: "field sets").first { $0.name == name }
    let reader = FieldSetReader(
      record: record, findings: findings, columns: FieldSetReader.columns(of: set, item: item))
    set.only = reader.filters("only", over: set.only)
    set.except = reader.filters("except", over: set.except)
  }

  private func checkWords(_ request: String, _ own: [String], _ record: Record) {
    let all = ["objects", "instance", "include", "exclude", "only", "except", "only enabled"]
    for name in all where record.given[name] != nil && !own.contains(name) {
      findings.error(
        "“\(name)” is no part of request: \(request)", at: record.place(of: name), in: record.crumb + [name],
        help: own.isEmpty ? "it takes nothing more" : "with request: \(request) stands \(own.listed)")
    }
  }

  // MARK: Field sets of packages

  private var fieldSetNames: [String] { items(of: "field sets", noun: "field sets").map(\.name).sorted() }

  /// Those without an error, by name.
  var fieldSets: [String: FieldSet] {
    if let known = shelf.fieldSets { return known }
    var sets: [String: FieldSet] = [:]
    for item in items(of: "field sets", noun: "field sets") {
      if ownRequests.contains(item.name) {
        findings.error(
          "“\(item.name)” is a request of its own, so a field set cannot be called that", at: item.place, in: item.crumb
        )
      } else {
        sets[item.name] = fieldSet(item)
      }
    }
    shelf.fieldSets = sets
    return sets
  }

  /// Also those no job asks for.
  func checkFieldSets() { _ = fieldSets }

  private func fieldSet(_ item: Item) -> FieldSet? {
    var reader = FieldSetReader(record: record(item, of: "field sets"), findings: findings)
    let set = reader.fieldSet(named: item.name)
    guard set.objects.isEmpty, set.metrics.isEmpty else { return reader.isSound ? set : nil }
    if reader.isSound {
      findings.error(
        "\(item.crumb.shown) has neither objects nor metrics", at: item.place, in: item.crumb,
        help: "write metrics: {NAME: OID} for the columns of a table, or objects: {NAME: OID}")
    }
    return nil
  }
}
