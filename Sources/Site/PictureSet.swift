import Config
package import Graph
import Model

/// A picture in the sizes a page offers.
struct PictureSet {
  /// From the site's root, without a suffix.
  var base: String
  var formats: [ChartFormat]

  /// One size of a picture.
  typealias Sheet = (format: ChartFormat, scale: Int, suffix: String, darkSuffix: String)

  /// Every size there is; its place is its bit.
  private static let all: [Sheet] = [
    sheet(.large, 1), sheet(.large, 2), sheet(.narrow, 2), sheet(.small, 1), sheet(.small, 2), sheet(.evidence, 1),
    sheet(.evidence, 2), sheet(.sparkline, 1), sheet(.sparkline, 2),
  ]

  private static func sheet(_ format: ChartFormat, _ scale: Int) -> Sheet {
    let tail = scale == 1 ? ".png" : "@\(scale)x.png"
    return (format, scale, suffix(format) + tail, suffix(format) + "-dark" + tail)
  }

  /// Beside the bits of the sizes: each is there in dark colours too.
  static let dark: UInt16 = 1 << 15
  /// Its series had next to no points when it was drawn.
  static let young: UInt16 = 1 << 14
  private static let notes = young

  static func suffix(_ format: ChartFormat) -> String {
    switch format {
    case .large: "-L"
    case .narrow: "-N"
    case .medium, .small, .evidence, .sparkline: ""
    }
  }

  /// The sizes with a bit.
  static func sheets(_ variants: UInt16) -> [Sheet] {
    all.indices.filter { variants & (1 << UInt16($0)) != 0 }.map { all[$0] }
  }

  /// Whether the files are those wanted.
  static func same(_ one: UInt16, _ other: UInt16) -> Bool { one & ~notes == other & ~notes }

  /// The sizes that are wanted. Phones have two pixels for each point at least, so theirs have just these.
  func variants(_ wanted: PictureVariants) -> UInt16 {
    var bits: UInt16 = wanted.contains(.dark) ? Self.dark : 0
    for (place, sheet) in Self.all.enumerated() where formats.contains(sheet.format) {
      let isWanted =
        sheet.format == .narrow ? wanted.contains(.phone) : sheet.scale == 1 || wanted.contains(.sharp)
      if isWanted { bits |= 1 << UInt16(place) }
    }
    return bits
  }
}

extension PictureSet {
  /// Width and height as the page says them.
  static func extent(_ set: PictureSet, _ making: Making) -> (width: Int, height: Int) {
    switch set.formats.first {
    case .large?: (760, making.heights.first ?? 315)
    case .sparkline?: (120, 24)
    default: (360, making.heights.first ?? 93)
    }
  }
}

/// A chart that waits to be drawn, and where its pictures go.
package struct Drawing: Sendable {
  package struct Sheet: Hashable, Sendable {
    package var format: ChartFormat
    package var scale: Int
  }

  package var chart: Chart
  package var sheets: [Sheet]
  /// Whether each is wanted in dark colours too.
  package var isDark: Bool
  /// What the files say of themselves beside their words.
  package var stamps: [PictureStamp]
  var base: String
  var variants: UInt16

  /// One for each sheet.
  package func pictures() -> [Picture] {
    sheets.map { draw(chart, format: $0.format, scale: $0.scale, isDark: isDark, stamps: stamps) }
  }
}

/// Draws several charts, on whatever the machine has; gives the pictures of each.
package typealias Studio = @Sendable ([Drawing]) -> [[Picture]]
