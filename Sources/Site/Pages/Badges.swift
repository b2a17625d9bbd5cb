import Config
import Model
import SLA

/// A small picture of a state, for pages elsewhere.
struct Badge {
  var label: String
  var mark: StateMark
  /// Beside the word of the state: a figure.
  var figure: String?

  var words: String { [figure, mark.word].compactMap { $0 }.joined(separator: " ") }
}

extension Press {
  /// `badges/OBJECTIVE.svg`
  mutating func objectiveBadges() {
    for status in input.objectives {
      // A void figure is none.
      let figure = status.figure.flatMap { $0.isVoid || $0.availability == nil ? nil : $0.availabilityText }
      put(
        Badge(label: status.objective.title, mark: StateMark(status.figure?.standing), figure: figure),
        badgePath(status.objective))
    }
  }

  /// `badges/host-NAME.svg`
  mutating func badge(of host: Host) {
    put(Badge(label: host.title, mark: state(of: host).mark), badgePath(host))
  }

  func badgePath(_ objective: Objective) -> String {
    // An objective may be called “host-www”, and a host “www”.
    let name = objective.name.hasPrefix(Press.hostBadge) ? "/" + objective.name : objective.name
    return "badges/\(fileName(name)).svg"
  }

  func badgePath(_ host: Host) -> String { "badges/\(Press.hostBadge)\(fileName(host.name)).svg" }

  private static let hostBadge = "host-"

  /// It is another one only where its words are.
  private mutating func put(_ badge: Badge, _ path: String) {
    let label = badge.label.printable(limit: 40)
    let words = badge.words.printable(limit: 40)
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(templates.digest)))
    for text in [label, words, badge.mark.shape.rawValue] { definition.add(text) }
    if keeps(path, definition.value) { return }
    let shape = badge.mark.shape
    let (flags, texts) = (flags(shape), places(label, words))
    guard let text = filled("badge", key: shape.rawValue, flags: flags, texts) else { return }
    put(path, text, definition.value)
  }

  private func flags(_ shape: StateMark.Shape) -> View {
    var view: View = [:]
    for one in [StateMark.Shape.good, .warning, .bad, .unknown, .planned, .off] { view[one.rawValue] = one == shape }
    // Colour is spent on what needs a person.
    view["pale"] = [.good, .unknown, .off].contains(shape)
    return view
  }

  /// Where everything stands, in pixels; a browser fits each text into the width it was given here.
  private func places(_ label: String, _ words: String) -> [String: String] {
    let (left, right) = (BadgeType.width(label), BadgeType.width(words))
    let split = left + 12
    return [
      "label": label, "words": words, "labelwidth": "\(left)", "wordswidth": "\(right)", "split": "\(split)",
      "rest": "\(right + 27)", "width": "\(split + right + 27)", "inner": "\(split + right + 26)",
      "shapex": "\(split + 11)", "wordsx": "\(split + 20)",
    ]
  }
}

/// How wide text of 11 pixels is, about as in Verdana and DejaVu Sans, which are the widest of those it may be set in.
enum BadgeType {
  static func width(_ text: String) -> Int {
    Int(text.unicodeScalars.reduce(0.0) { $0 + width($1) }.rounded(.up))
  }

  private static func width(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "'", "|", ".", ",", ":", ";", "!": 3.6
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-", "\u{202F}": 4.6
    case "m", "w", "M", "W", "%", "@": 10.4
    case "A"..."Z", "&", "+", "=", "<", ">", "#", "~": 7.8
    default: String(scalar).columns == 2 ? 11.2 : String(scalar).columns == 0 ? 0 : 6.9
    }
  }
}
