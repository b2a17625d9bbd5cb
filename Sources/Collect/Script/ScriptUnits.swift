import Model

extension Unit {
  /// The units of the house by their symbols; any other short word is itself.
  init?(ofScript text: String) {
    let known = [Unit.percent, .seconds, .days, .bytes, .bytesPerSecond, .bitsPerSecond, .perSecond]
    if let unit = known.first(where: { $0.symbol == text }) {
      self = unit
    } else {
      guard text.unicodeScalars.count <= 16, text.printable() == text else { return nil }
      self = Unit(text)
    }
  }

  /// Of the growth in a second of what is counted in this.
  var rate: Unit {
    if symbol.isEmpty { return .perSecond }
    if self == .bytes { return .bytesPerSecond }
    return Unit("\(symbol)/s")
  }

  /// By the suffix that the Prometheus naming rules ask for: `_seconds`, `_bytes`, `_ratio`.
  init(suffixOf metric: String) {
    let base = metric.hasSuffix("_total") ? metric.dropLast(6) : metric[...]
    self = Unit.suffixes[String(base.split(separator: "_").last ?? "")] ?? .none
  }

  private static let suffixes: [String: Unit] = [
    "seconds": .seconds, "bytes": .bytes, "percent": .percent, "celsius": Unit("°C"), "volts": Unit("V"),
    "amperes": Unit("A"), "joules": Unit("J"), "watts": Unit("W"), "hertz": Unit("Hz"), "meters": Unit("m"),
    "grams": Unit("g"),
  ]

  /// By the first word of Munin's `graph_vlabel`, where that is clear: `bits in (-) / out (+) per ${graph_period}`.
  init(vlabel: String, isRate: Bool) {
    let word = vlabel.split { $0.isWhitespace || $0 == "/" }.first.map { $0.lowercased() } ?? ""
    switch (word, isRate) {
    case ("%", _), ("percent", _): self = .percent
    case ("bytes", true): self = .bytesPerSecond
    case ("bytes", false): self = .bytes
    case ("bits", true): self = .bitsPerSecond
    case ("seconds", false), ("s", false): self = .seconds
    case (_, true): self = .perSecond
    default: self = .none
    }
  }
}
