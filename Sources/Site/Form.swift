/// A template rendered once with marks in the places of its values, for what is wanted thousands of times: from then on
/// a rendering is a row of texts.
struct Form: Sendable {
  /// One more than names.
  private let pieces: [String]
  private let names: [String]

  /// Letters of a plane that has none: they pass through every escaping, and no text from outside keeps them.
  private static let opening: Character = "\u{10F0F0}"
  private static let closing: Character = "\u{10F0F1}"

  /// What stands in the place of a value.
  static func mark(_ name: String) -> String { "\(opening)\(name)\(closing)" }

  init(_ rendered: String) {
    var pieces: [String] = []
    var names: [String] = []
    var rest = rendered[...]
    while let start = rest.firstIndex(of: Form.opening), let end = rest[start...].firstIndex(of: Form.closing) {
      pieces.append(String(rest[..<start]))
      names.append(String(rest[rest.index(after: start)..<end]))
      rest = rest[rest.index(after: end)...]
    }
    self.pieces = pieces + [String(rest)]
    self.names = names
  }

  /// With a value for each name; a value is escaped already.
  func filled(_ value: (String) -> String) -> String {
    var text = pieces[0]
    for (name, piece) in zip(names, pieces.dropFirst()) {
      text += value(name)
      text += piece
    }
    return text
  }
}

extension Press {
  /// A template filled with texts, which are escaped here, with markup that is finished, and with flags that decide
  /// what of it is there.
  mutating func filled(
    _ template: String, key: String, flags: @autoclosure () -> View, _ texts: [String: String],
    markup: [String: String] = [:]
  ) -> String? {
    guard let form = form(template, key, flags, Array(texts.keys) + markup.keys) else { return nil }
    let escaping = Markup()
    return form.filled { name in markup[name] ?? texts[name].map(escaping.escapeText) ?? "" }
  }

  private mutating func form(_ template: String, _ key: String, _ flags: () -> View, _ names: [String]) -> Form? {
    let key = "\(template) \(key)"
    if let form = forms[key] { return form }
    var view = flags()
    for name in names { view[name] = Form.mark(name) }
    guard let rendered = templates.text(view, with: template) else { return nil }
    let form = Form(rendered)
    forms[key] = form
    return form
  }
}
