import PNG

/// A colour in the light and in the dark palette.
struct Shade: Hashable {
  let light: RGB
  let dark: RGB

  /// As `0xRRGGBB`.
  init(_ light: Int, _ dark: Int) {
    self.light = RGB(hex: light)
    self.dark = RGB(hex: dark)
  }
}

extension RGB {
  fileprivate init(hex: Int) {
    self.init(UInt8(hex >> 16 & 255), UInt8(hex >> 8 & 255), UInt8(hex & 255))
  }

  /// This colour under `amount` (0 to 1) of another one, in sRGB.
  func mixed(_ other: RGB, _ amount: Double) -> RGB {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8(clamping: Int((Double(from) + (Double(to) - Double(from)) * amount).rounded()))
    }
    return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }
}

/// What is painted solid, with soft edges.
enum Ink: Int, CaseIterable {
  case background
  case first
  case second
  case third
  case fourth
  case fifth
  case sixth
  case ink
  case bad
  case warn
  case ok
  case planned
  case loss0
  case loss5
  case loss20
  case loss50
  case lossMore
  case system
  case user
  case nice
  case wait
  case interrupts
  case steal
  case text
  case quietText
  case badText
  case plannedText

  var shade: Shade {
    switch self {
    case .background: Shade(0xFFFFFF, 0x121417)
    case .first, .loss0: Shade(0x1C6BB0, 0x5FA9EC)
    case .second: Shade(0xBB5206, 0xF0A066)
    case .third, .interrupts: Shade(0x8A63AD, 0x9A78C2)
    case .fourth: Shade(0x148A6B, 0x5CCFB0)
    case .fifth: Shade(0xA67C00, 0xD9B52B)
    case .sixth: Shade(0xB03A6E, 0xE88BB4)
    case .ink, .text: Shade(0x16191D, 0xE4E7EA)
    case .quietText: Shade(0x59616B, 0x9DA5AF)
    case .bad: Shade(0xC0281E, 0xFF7563)
    case .badText: Shade(0xB3261E, 0xFF8F80)
    case .warn: Shade(0xBF7F00, 0xE0A52E)
    case .ok: Shade(0x8ECFBB, 0x256D64)
    case .planned: Shade(0x5A5FC4, 0x9297EE)
    case .plannedText: Shade(0x4A4FB3, 0xAAB0F6)
    case .loss5: Shade(0xC99A00, 0xE8CF3F)
    case .loss20: Shade(0xC95C00, 0xF08A24)
    case .loss50: Shade(0xA80F2E, 0xFF5A4A)
    case .lossMore: Shade(0x5A1470, 0xFFE0FA)
    case .system: Shade(0x174A7C, 0x3A72AD)
    case .user: Shade(0x5B9BD5, 0x5FA3E0)
    case .nice: Shade(0xA9CBEA, 0xB4D5F4)
    case .wait: Shade(0xCF8F00, 0xD99C2B)
    case .steal: Shade(0x9C2C1C, 0xD65A46)
    }
  }

  /// Unhinted text at 11 px needs a little weight, bright text on dark less of it: coverage is raised to this power.
  var weight: (light: Double, dark: Double) {
    switch self {
    case .text, .quietText, .badText, .plannedText: (0.74, 0.92)
    default: (1, 1)
    }
  }

  /// Layers of a stack carry each other; other inks cover one another.
  var isGround: Bool {
    switch self {
    case .background, .system, .user, .nice, .wait, .interrupts, .steal: true
    default: false
    }
  }

  static let lines: [Ink] = [.first, .second, .third, .fourth, .fifth, .sixth]
  static let layers: [Ink] = [.system, .user, .nice, .wait, .interrupts, .steal]

  /// The class of a round's loss in percent.
  static func loss(_ percent: Double) -> Ink {
    percent <= 0 ? .loss0 : percent <= 5 ? .loss5 : percent <= 20 ? .loss20 : percent <= 50 ? .loss50 : .lossMore
  }
}

/// What lets the pixel below shine through.
enum Tint: Hashable {
  case grid
  case tick
  case axis
  case breach
  case planned
  case hatch
  case unknown
  case unknownLine
  case unknownHatch
  /// Between the steps of a logarithmic axis.
  case faint
  /// A hairline through the plot.
  case mark
  /// Where a series was expected to be.
  case expected
  /// How bad a cell of a calendar is, below the worst.
  case heat(Int)
  /// How large the number of a cell is, below the largest.
  case level(Int)
  /// Four densities of answers, the widest range first.
  case smoke(Int)
  case area(Ink)
  case peak(Ink)
  /// What a bar is filled with.
  case bar(Ink)

  /// The ink and how much of it, in the light and in the dark palette.
  var mix: (ink: Ink, light: Double, dark: Double) {
    switch self {
    case .grid: (.ink, 0.09, 0.12)
    case .tick: (.ink, 0.30, 0.34)
    case .axis: (.ink, 0.42, 0.46)
    case .breach: (.bad, 0.10, 0.21)
    case .planned: (.planned, 0.075, 0.15)
    case .hatch: (.planned, 0.34, 0.42)
    case .unknown: (.ink, 0.045, 0.065)
    case .unknownLine: (.ink, 0.34, 0.38)
    case .unknownHatch: (.ink, 0.12, 0.16)
    case .faint: (.ink, 0.045, 0.065)
    case .mark: (.ink, 0.45, 0.5)
    case .expected: (.ink, 0.10, 0.13)
    case .heat(let step): step <= 0 ? (.bad, 0.34, 0.42) : (.bad, 0.66, 0.70)
    case .level(let step): Self.levels[min(max(step, 0), 3)]
    case .smoke(let density): Self.smokes[min(max(density, 0), 3)]
    case .area(let ink): (ink, 0.17, 0.27)
    case .peak(let ink): (ink, 0.10, 0.155)
    case .bar(let ink): (ink, 0.62, 0.66)
    }
  }

  /// Its place in the palette's tables.
  var place: Int {
    switch self {
    case .grid: 0
    case .tick: 1
    case .axis: 2
    case .breach: 3
    case .planned: 4
    case .hatch: 5
    case .unknown: 6
    case .unknownLine: 7
    case .smoke(let density): 8 + min(max(density, 0), 3)
    case .unknownHatch: 12
    case .faint: 13
    case .mark: 14
    case .expected: 15
    case .heat(let step): step <= 0 ? 16 : 17
    case .level(let step): 18 + min(max(step, 0), 3)
    case .area(let ink): 22 + ink.rawValue
    case .peak(let ink): 22 + Ink.allCases.count + ink.rawValue
    case .bar(let ink): 22 + 2 * Ink.allCases.count + ink.rawValue
    }
  }

  static let places = 22 + 3 * Ink.allCases.count

  private static let levels: [(ink: Ink, light: Double, dark: Double)] = [
    (.first, 0.12, 0.16), (.first, 0.30, 0.34), (.first, 0.52, 0.54), (.first, 0.76, 0.76),
  ]

  private static let smokes: [(ink: Ink, light: Double, dark: Double)] = [
    (.ink, 0.09, 0.12), (.ink, 0.19, 0.22), (.ink, 0.33, 0.35), (.ink, 0.50, 0.50),
  ]

  /// A line across: what is drawn over it blends with what lies below it.
  var isThin: Bool {
    switch self {
    case .grid, .hatch, .faint, .mark, .unknownHatch: true
    default: false
    }
  }
}
