import Model

extension Unit {
  /// The units of the house by their symbols; any other short text is itself. `nil` for one that is no unit.
  package init?(formula symbol: String) {
    guard symbol.unicodeScalars.count <= 20, symbol.printable() == symbol else { return nil }
    self = Unit.house.first { $0.symbol == symbol } ?? Unit(symbol)
  }

  fileprivate static let house: [Unit] = [
    .none, .percent, .seconds, .days, .bytes, .bytesPerSecond, .bitsPerSecond, .perSecond,
  ]
}

/// A unit taken apart: `bit/s` is bit¹ s⁻¹.
struct Dimension: Hashable {
  private(set) var powers: [String: Int] = [:]

  init(_ unit: Unit) {
    for (place, part) in unit.symbol.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
      for factor in part.split(separator: "·") where factor != "1" {
        let power = factor.hasSuffix("²") ? 2 : factor.hasSuffix("³") ? 3 : 1
        add(power == 1 ? String(factor) : String(factor.dropLast()), place == 0 ? power : -power)
      }
    }
  }

  private mutating func add(_ name: String, _ power: Int) {
    let sum = (powers[name] ?? 0) + power
    powers[name] = sum == 0 ? nil : sum
  }

  /// This one times another, or divided by it.
  func combined(with other: Dimension, dividing: Bool) -> Dimension {
    var result = self
    for (name, power) in other.powers { result.add(name, dividing ? -power : power) }
    return result
  }

  /// A unit of the house where it is one.
  var unit: Unit {
    let above = text(powers.filter { $0.value > 0 }, "·")
    let below = text(powers.filter { $0.value < 0 }, "/")
    let symbol = below.isEmpty ? above : "\(above.isEmpty ? "1" : above)/\(below)"
    return Unit.house.first { $0.symbol == symbol } ?? Unit(symbol.printable(limit: 40))
  }

  private func text(_ powers: [String: Int], _ separator: String) -> String {
    powers.sorted { $0.key < $1.key }.map { name, power in
      switch power.magnitude {
      case 1: name
      case 2: name + "²"
      case 3: name + "³"
      default: name + "^\(power.magnitude)"
      }
    }.joined(separator: separator)
  }
}

/// The unit of a result, as far as it is known.
enum Quantity: Hashable {
  /// A number that nobody gave a unit: it takes that of what it meets.
  case bare
  case unit(Unit)
  /// Not known before something was measured.
  case unknown

  /// Whether two results can be added.
  func fits(_ other: Quantity) -> Bool {
    guard case .unit(let left) = self, case .unit(let right) = other else { return true }
    return left == right || Dimension(left) == Dimension(right)
  }

  /// Of several that fit: a unit where any has one.
  static func common(_ quantities: some Sequence<Quantity>) -> Quantity {
    var result = Quantity.bare
    for quantity in quantities {
      if case .unit = quantity { return quantity }
      if quantity == .unknown { result = .unknown }
    }
    return result
  }

  /// Of a product or a quotient, and what the number must be multiplied with.
  ///
  /// A percentage is a share of one hundred: 80 % × 5 Mbit/s is 4 Mbit/s, 5 s ÷ 50 % is 10 s. Twice 30 % are 60 %.
  static func product(_ left: Quantity, _ right: Quantity, dividing: Bool) -> (quantity: Quantity, factor: Double) {
    switch (left, right) {
    case (.unknown, _), (_, .unknown): return (.unknown, 1)
    case (_, .bare): return (left, 1)
    case (.bare, .unit(let unit)):
      if unit == .percent, dividing { return (.bare, 100) }
      return (.unit(dividing ? Dimension(.none).combined(with: Dimension(unit), dividing: true).unit : unit), 1)
    case (.unit(let left), .unit(let right)): return product(left, right, dividing: dividing)
    }
  }

  private static func product(_ left: Unit, _ right: Unit, dividing: Bool) -> (quantity: Quantity, factor: Double) {
    switch (left == .percent, right == .percent) {
    case (true, true): return dividing ? (.unit(.none), 1) : (.unit(.percent), 0.01)
    case (false, true): return (.unit(left), dividing ? 100 : 0.01)
    case (true, false):
      if dividing, Dimension(right) == Dimension(.none) { return (.unit(.percent), 1) }
      let unit = Dimension(.none).combined(with: Dimension(right), dividing: dividing).unit
      return (.unit(dividing ? unit : right), 0.01)
    case (false, false):
      // What keeps its unit keeps its way of scaling too.
      if Dimension(right) == Dimension(.none) { return (.unit(left), 1) }
      if !dividing, Dimension(left) == Dimension(.none) { return (.unit(right), 1) }
      return (.unit(Dimension(left).combined(with: Dimension(right), dividing: dividing).unit), 1)
    }
  }
}
