extension Schema {
  /// Fields that name items of a section need one that is there.
  func checkTargets(_ findings: Findings) {
    for section in sections { checkTargets(section.fields, in: ["sections", section.name, "fields"], findings) }
  }

  private func checkTargets(_ table: FieldTable, in crumb: Crumb, _ findings: Findings) {
    for field in table.all { checkTarget(field, field.shape, in: crumb + [field.name], findings) }
  }

  private func checkTarget(_ field: Field, _ shape: Shape, in crumb: Crumb, _ findings: Findings) {
    switch shape {
    case .item(let section), .template(let section):
      guard self[section] == nil else { return }
      findings.error(
        "“\(field.name)” names items of a section “\(section)” that is not there", at: field.place, in: crumb,
        help: Nearest.help(section, in: names, otherwise: "write section: with one of \(names.listed)"))
    case .list(let element), .map(let element): checkTarget(field, element.shape, in: crumb, findings)
    case .fields(let inner, _): checkTargets(inner, in: crumb, findings)
    default: break
    }
  }
}
