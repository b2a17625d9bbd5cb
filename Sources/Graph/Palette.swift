import PNG

/// The colours of one picture, made as they are needed, and the tables by which pixels blend.
///
/// Nothing ever computes with the colour of a pixel: each ink has 8 levels of coverage over each ground, an entry of
/// the palette each, and blending looks up `table[level][old index] → new index`. So one buffer of indices is valid
/// under the light and under the dark palette.
struct Palette {
  static let levels = 8
  /// Stands in the tables for what was not asked for yet; the palette ends before it.
  static let open: UInt8 = 255

  private(set) var light: [RGB] = []
  private(set) var dark: [RGB] = []
  /// What lies below the entry: itself for a ground.
  private var ground: [UInt8] = []
  private var cover: [Cover?] = []
  private var isGrid: [Bool] = []
  private var solids = [UInt8](repeating: Palette.open, count: Ink.allCases.count)
  private var tables = [[UInt8]](repeating: [], count: Ink.allCases.count)
  private var ramps: [RampKey: UInt8] = [:]
  private var tints = [[UInt8]](repeating: emptyTable, count: Tint.places)

  private struct Cover {
    var ink: Ink
    var level: Int
  }

  private struct RampKey: Hashable {
    var ink: Ink
    var level: Int
    var ground: UInt8
  }

  init() { _ = solid(.background) }

  /// The entry of an ink at full coverage.
  mutating func solid(_ ink: Ink) -> UInt8 {
    if solids[ink.rawValue] == Self.open {
      let cover = ink.isGround ? nil : Cover(ink: ink, level: Self.levels)
      solids[ink.rawValue] = append(ink.shade.light, ink.shade.dark, over: nil, cover)
    }
    return solids[ink.rawValue]
  }

  /// Makes the entries of text on the page before others can use up the palette.
  mutating func reserveText() {
    for ink in [Ink.text, .quietText, .badText, .plannedText] {
      for level in 1...Self.levels { _ = blended(ink, level, over: 0) }
    }
  }

  /// An entry under a tint.
  mutating func tinted(_ tint: Tint, over old: UInt8 = 0) -> UInt8 {
    let known = tints[tint.place][Int(old)]
    if known != Self.open { return known }
    let new = isGrid[Int(old)] && tint == .grid ? old : makeTint(tint, over: old)
    tints[tint.place][Int(old)] = new
    return new
  }

  /// All that is known of a tint so far, `open` elsewhere, for a loop over many pixels.
  func table(_ tint: Tint) -> [UInt8] { tints[tint.place] }

  /// All that is known of an ink so far: `[256 × level + old]`, `open` elsewhere.
  mutating func table(_ ink: Ink) -> [UInt8] {
    if tables[ink.rawValue].isEmpty {
      tables[ink.rawValue] = [UInt8](repeating: Self.open, count: 256 * (Self.levels + 1))
    }
    return tables[ink.rawValue]
  }

  /// An entry under so many eighths of an ink.
  mutating func blended(_ ink: Ink, _ level: Int, over old: UInt8) -> UInt8 {
    let key = 256 * level + Int(old)
    if tables[ink.rawValue].isEmpty { _ = table(ink) }
    let known = tables[ink.rawValue][key]
    if known != Self.open { return known }
    let new = makeBlend(ink, level, over: old)
    tables[ink.rawValue][key] = new
    return new
  }

  private mutating func makeBlend(_ ink: Ink, _ level: Int, over old: UInt8) -> UInt8 {
    if level <= 0 { return old }
    if level >= Self.levels { return solid(ink) }
    guard let cover = cover[Int(old)] else { return ramp(ink, level, over: ground[Int(old)]) }
    if cover.ink == ink {
      // Two coverages of one ink leave open what both leave open.
      let left = Double((Self.levels - cover.level) * (Self.levels - level)) / Double(Self.levels)
      return ramp(ink, Self.levels - Int(left.rounded()), over: ground[Int(old)])
    }
    if cover.level > Self.levels / 2 { return level * 2 >= Self.levels ? solid(ink) : old }
    return ramp(ink, level, over: ground[Int(old)])
  }

  private mutating func ramp(_ ink: Ink, _ wanted: Int, over ground: UInt8) -> UInt8 {
    let level = affordable(wanted)
    if level <= 0 { return ground }
    if level >= Self.levels { return solid(ink) }
    let key = RampKey(ink: ink, level: level, ground: ground)
    if let entry = ramps[key] { return entry }
    let share = Double(level) / Double(Self.levels)
    let entry = append(
      light[Int(ground)].mixed(ink.shade.light, raised(share, ink.weight.light)),
      dark[Int(ground)].mixed(ink.shade.dark, raised(share, ink.weight.dark)),
      over: ground, Cover(ink: ink, level: level))
    ramps[key] = entry
    return entry
  }

  /// Coarser levels as the palette fills: thirty series get rougher edges instead of wrong colours.
  private func affordable(_ level: Int) -> Int {
    switch light.count {
    case ..<170: level
    case ..<205: (level + 1) / 2 * 2
    default: level >= Self.levels / 2 ? Self.levels : 0
    }
  }

  private mutating func makeTint(_ tint: Tint, over old: UInt8) -> UInt8 {
    // The last entries are for solid inks, which cannot be done without.
    guard light.count < Self.mostTints else { return old }
    let mix = tint.mix
    let new = append(
      light[Int(old)].mixed(mix.ink.shade.light, mix.light), dark[Int(old)].mixed(mix.ink.shade.dark, mix.dark),
      over: tint.isThin ? ground[Int(old)] : nil, nil)
    isGrid[Int(new)] = tint == .grid
    return new
  }

  private mutating func append(_ light: RGB, _ dark: RGB, over below: UInt8?, _ cover: Cover?) -> UInt8 {
    guard self.light.count < Int(Self.open) else { return 0 }
    let entry = UInt8(self.light.count)
    self.light.append(light)
    self.dark.append(dark)
    ground.append(below ?? (cover == nil ? entry : 0))
    self.cover.append(cover)
    isGrid.append(false)
    return entry
  }

  private static let mostTints = 227
}

private let emptyTable = [UInt8](repeating: Palette.open, count: 256)
