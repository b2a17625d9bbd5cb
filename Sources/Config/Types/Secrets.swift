internal import Model
internal import YAML

extension Checker {
  /// `!secret env:NAME`, `!secret file:PATH`, `!secret command:PROGRAM ARGUMENTS`; plain text with a warning.
  ///
  /// No message here holds any of the text.
  func secret(_ node: YAMLNode, in crumb: Crumb) -> Checked? {
    let name = crumb.last ?? "secret"
    if node.text.flatMap({ reference($0, node) }) == nil || node.tag != YAMLTag.secret { findings.hide(node) }
    guard let text = node.text, !text.isEmpty else {
      findings.error("“\(name)” needs a secret", at: Place(node), in: crumb, help: Checker.secretHelp)
      return nil
    }
    guard node.tag == YAMLTag.secret else {
      findings.warning(
        "the secret “\(name)” is written into the configuration", at: Place(node), in: crumb,
        help: "write it as !secret file:PATH, so that it is in no file others read")
      return Checked(value: .secret(.literal(Secret(text))), place: Place(node))
    }
    guard let reference = reference(text, node) else {
      findings.error(
        "“\(name)” says neither env:, file: nor command:", at: Place(node), in: crumb, help: Checker.secretHelp)
      return nil
    }
    checkFile(reference, at: Place(node), in: crumb)
    return Checked(value: .secret(reference), place: Place(node))
  }

  /// A file that is missing is a warning: it may be put there before the next run.
  private func checkFile(_ reference: SecretReference, at place: Place, in crumb: Crumb) {
    guard case .file(let path) = reference, let status = inspector?.status(path) else { return }
    let name = Path.relative(path, to: findings.root)
    switch status {
    case .missing:
      findings.warning("there is no secret file \(name)", at: place, in: crumb, help: "it is looked for at \(path)")
    case .file(let mode, _, _) where mode & 0o007 != 0:
      findings.warning("everybody may read the secret file \(name)", at: place, in: crumb, help: "chmod o= \(path)")
    case .folder, .other: findings.error("\(name) is no file", at: place, in: crumb)
    case .file, .remembered: break
    }
  }

  private static let secretHelp = "write !secret env:NAME, !secret file:PATH or !secret command:PROGRAM ARGUMENTS"

  private func reference(_ text: String, _ node: YAMLNode) -> SecretReference? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let rest = String(text[text.index(after: colon)...]).trimmed
    guard !rest.isEmpty else { return nil }
    let folder = findings.sources[node.source].folder
    switch text[..<colon] {
    case "env":
      return rest.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") } ? .environment(rest) : nil
    case "file": return .file(Path.join(folder, rest))
    case "command":
      var words = rest.split(separator: " ").map(String.init)
      if words[0].contains("/") { words[0] = Path.join(folder, words[0]) }
      return .command(words)
    default: return nil
    }
  }
}
