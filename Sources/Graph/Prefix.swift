import Model

/// The one prefix of a picture, chosen from its largest number: `M` and 1e6 for 420 Mbit/s.
struct Prefix: Hashable {
  var unit: String
  var divisor: Double

  init(_ unit: Unit, largest: Double) {
    let step = Self.steps(for: unit).first { largest >= $0.factor * 0.9995 } ?? (symbol: "", factor: 1)
    // A rate for each second keeps its "per": 1/s becomes k/s.
    let symbol = !step.symbol.isEmpty && unit.symbol.hasPrefix("1/") ? String(unit.symbol.dropFirst()) : unit.symbol
    self.unit = (step.symbol + symbol).printable(limit: 40)
    divisor = step.factor
  }

  private static func steps(for unit: Unit) -> [(symbol: String, factor: Double)] {
    switch unit.scale {
    case .none: []
    case .binary: binary
    case .decimal where unit.symbol == "s": small
    case .decimal where divisible.contains(unit.symbol): large + small.dropFirst()
    case .decimal: large
    }
  }

  /// Units that thousandths are usual of; half a packet is not 500 millipackets.
  private static let divisible: Set<String> = ["V", "A", "W", "g", "m", "l"]
  private static let large: [(symbol: String, factor: Double)] = [
    ("E", 1e18), ("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3), ("", 1),
  ]
  private static let small: [(symbol: String, factor: Double)] = [("", 1), ("m", 1e-3), ("µ", 1e-6), ("n", 1e-9)]
  private static let binary: [(symbol: String, factor: Double)] = [
    ("Ei", 0x1p60), ("Pi", 0x1p50), ("Ti", 0x1p40), ("Gi", 0x1p30), ("Mi", 0x1p20), ("Ki", 0x1p10), ("", 1),
  ]
}
