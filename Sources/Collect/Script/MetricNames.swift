import Model

/// A metric's name for each label of a script: letters, digits, `-`, `_` and `.`, no two the same.
///
/// `/var/log` becomes `var_log` and `/` becomes `root`. Where two labels come to one name, those that had to be changed get four digits of
/// their own, the same in every run.
func metricNames(for labels: [String]) -> [String: String] {
  let unique = Set(labels)
  let plain = Dictionary(uniqueKeysWithValues: unique.map { ($0, metricName($0)) })
  let users = Dictionary(grouping: unique) { plain[$0] ?? $0 }
  return Dictionary(
    uniqueKeysWithValues: unique.map { label in
      let name = plain[label] ?? label
      let isAlone = users[name]?.count == 1 || name == label
      return (label, isAlone ? name : "\(name)-\(digits(of: label))")
    })
}

private func metricName(_ label: String) -> String {
  // The one label of many plugins that would leave nothing to read.
  if label == "/" { return "root" }
  var name = ""
  for scalar in label.unicodeScalars {
    let stays = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    if stays || "-_.".unicodeScalars.contains(scalar) {
      name.unicodeScalars.append(scalar)
    } else if name.last != "_" {
      name.append("_")
    }
  }
  var trimmed = name[...]
  while trimmed.count > 1, trimmed.first == "_" { trimmed.removeFirst() }
  while trimmed.count > 1, trimmed.last == "_" { trimmed.removeLast() }
  if trimmed.isEmpty { return "_" }
  // A name is bounded, since it becomes part of files and addresses.
  return trimmed.utf8.count <= 60 ? String(trimmed) : "\(trimmed.prefix(55))-\(digits(of: label))"
}

/// The instance a script's own name for it makes: on one line, without control characters, and bounded, since it
/// becomes part of files and addresses. `nil` for one of no characters.
func instanceName(_ text: String) -> String? {
  let name = text.printable(limit: 1000)
  guard name.utf8.count > 120 else { return name.isEmpty ? nil : name }
  var short = name
  while short.utf8.count > 115 { short.removeLast() }
  return "\(short)-\(digits(of: text))"
}

private func digits(of label: String) -> String {
  let text = String(fingerprint(label) % 65_536, radix: 16)
  return String(repeating: "0", count: 4 - text.count) + text
}
