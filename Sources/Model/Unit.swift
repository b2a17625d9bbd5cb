/// The unit of a series, as it is printed.
///
/// Bits and network bytes scale by 1000, memory and disk by 1024; percentages, counts and days do not scale.
package struct Unit: Hashable, Sendable, Codable, CustomStringConvertible {
  package enum Scale: String, Sendable, Codable { case decimal, binary, none }

  package var symbol: String
  package var scale: Scale

  package init(_ symbol: String, scale: Scale = .decimal) {
    self.symbol = symbol
    self.scale = scale
  }

  package var description: String { symbol }

  package static let none = Unit("", scale: .decimal)
  package static let count = Unit("", scale: .decimal)
  package static let percent = Unit("%", scale: .none)
  package static let seconds = Unit("s", scale: .decimal)
  package static let days = Unit("d", scale: .none)
  package static let bytes = Unit("B", scale: .binary)
  package static let bytesPerSecond = Unit("B/s", scale: .decimal)
  package static let bitsPerSecond = Unit("bit/s", scale: .decimal)
  package static let perSecond = Unit("1/s", scale: .decimal)
}
