internal import YAML

/// REM's `%(name)s`: a name in a template that stands for a parameter or a field of the host. `%%(` is a plain `%(`.
struct Substitution {
  let findings: Findings
  /// What a name stands for.
  let values: [String: YAMLNode]
  /// Names whose values are secrets, however they are written.
  var secrets: Set<String> = []

  /// The node with every name filled in. A text that is one name alone becomes the value itself, list or secret
  /// and all.
  func filled(_ node: YAMLNode, in crumb: Crumb) -> YAMLNode {
    guard node.hasSubstitution else { return node }
    switch node.content {
    case .scalar(let scalar): return filled(scalar, node, in: crumb)
    case .sequence(let items): return node.replacing(items.map { filled($0, in: crumb) })
    case .mapping(let pairs): return node.replacing(filled(pairs, in: crumb))
    }
  }

  func filled(_ pairs: [YAMLPair], in crumb: Crumb) -> [YAMLPair] {
    pairs.map { YAMLPair(key: $0.key, value: filled($0.value, in: crumb + [$0.key.text])) }
  }

  private func filled(_ scalar: YAMLScalar, _ node: YAMLNode, in crumb: Crumb) -> YAMLNode {
    let parts = Substitution.parts(scalar.text)
    if parts.count == 1, case .name(let name) = parts[0] {
      return value(name, at: node, in: crumb) ?? node.replacing("")
    }
    var text = ""
    for part in parts {
      switch part {
      case .text(let plain): text += plain
      case .name(let name):
        let piece = piece(name, at: node, in: crumb)
        // RFC 3986 section 3.2.2: an IPv6 address stands in brackets in a URL.
        text += text.hasSuffix("://") && HostAddress.isV6(piece) ? "[\(piece)]" : piece
      }
    }
    return node.replacing(text)
  }

  private func value(_ name: String, at node: YAMLNode, in crumb: Crumb) -> YAMLNode? {
    if let value = values[name] { return value }
    findings.error(
      "nothing is called “\(name)” here", at: Place(node), in: crumb,
      help: Nearest.help(name, in: values.keys.sorted(), otherwise: "known are \(values.keys.sorted().listed)"))
    return nil
  }

  private func piece(_ name: String, at node: YAMLNode, in crumb: Crumb) -> String {
    guard let value = value(name, at: node, in: crumb) else { return "" }
    guard let text = value.text, value.tag != YAMLTag.secret, !secrets.contains(name) else {
      findings.error(
        "“\(name)” cannot stand inside of a text", at: Place(node), in: crumb,
        help: "let “%(\(name))s” be all of the value")
      return ""
    }
    return value.isNull ? "" : text
  }

  // MARK: The text

  enum Part: Hashable {
    case text(String)
    case name(String)
  }

  static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var plain = ""
    var rest = Substring(text)
    while let sign = rest.firstRange(of: "%(") {
      plain += rest[..<sign.lowerBound]
      let after = rest[sign.upperBound...]
      if plain.hasSuffix("%") {
        plain += "("
        rest = after
      } else if let close = after.firstRange(of: ")s") {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.name(String(after[..<close.lowerBound])))
        rest = after[close.upperBound...]
      } else {
        plain += "%("
        rest = after
      }
    }
    plain += rest
    return plain.isEmpty ? parts : parts + [.text(plain)]
  }
}

extension YAMLNode {
  /// Whether anything in it is to be filled in.
  var hasSubstitution: Bool {
    switch content {
    case .scalar(let scalar): scalar.text.utf8.contains(UInt8(ascii: "%")) && scalar.text.contains("%(")
    case .sequence(let items): items.contains(where: \.hasSubstitution)
    case .mapping(let pairs): pairs.contains { $0.value.hasSubstitution }
    }
  }

  fileprivate func replacing(_ text: String) -> YAMLNode {
    YAMLNode(
      .scalar(YAMLScalar(text, style: scalar?.style ?? .plain)), tag: tag, source: source, start: start, end: end)
  }
}
