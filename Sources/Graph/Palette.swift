import PNG

/// The colours of one picture, made as they are needed, and the tables by which pixels blend.
///
/// Nothing ever computes with the colour of a pixel: each ink has 4 levels of coverage over each ground, an entry of
/// the palette each, and blending looks up `table[level][old index] → new index`. So one buffer of indices is valid
/// under the light and under the dark palette.
struct Palette {
  static let levels = 4
  /// Stands in the tables for what was not asked for yet; the palette ends before it.
  static let open: UInt8 = 255

  private(set) var light: [RGB] = []
  private(set) var dark: [RGB] = []
  /// What lies below the entry: itself for a ground.
  private var ground: [UInt8] = []
  private var cover: [Cover?] = []
  private var isGrid: [Bool] = []
  private var solids = [UInt8](repeating: Palette.open, count: Ink.allCases.count)
  /// What is known so far, `[base + 256 × level + old]` for an ink and `[base + old]` for a tint, `open` elsewhere.
  private var tables: [UInt8] = []
  private var inkBases = [Int](repeating: -1, count: Ink.allCases.count)
  private var tintBases = [Int](repeating: -1, count: Tint.places)

  private struct Cover {
    var ink: Ink
    var level: Int
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
  mutating func tinted(_ tint: Tint, over old: UInt8 = 0) -> UInt8 { tinted(tint, base(of: tint), over: old) }

  /// The same, for a loop over many pixels.
  @inline(__always)
  mutating func tinted(_ tint: Tint, _ base: Int, over old: UInt8) -> UInt8 {
    let known = tables[base &+ Int(old)]
    return known != Self.open ? known : learn(tint, base, over: old)
  }

  /// Where the table of a tint begins.
  mutating func base(of tint: Tint) -> Int {
    let place = tint.place
    if tintBases[place] < 0 {
      tintBases[place] = tables.count
      tables.append(contentsOf: repeatElement(Self.open, count: 256))
    }
    return tintBases[place]
  }

  private mutating func learn(_ tint: Tint, _ base: Int, over old: UInt8) -> UInt8 {
    let new = isGrid[Int(old)] && tint == .grid ? old : makeTint(tint, over: old)
    tables[base + Int(old)] = new
    return new
  }

  /// An entry under so many quarters of an ink.
  mutating func blended(_ ink: Ink, _ level: Int, over old: UInt8) -> UInt8 {
    blended(ink, base(of: ink), level, over: old)
  }

  /// The same, for a loop over many pixels.
  @inline(__always)
  mutating func blended(_ ink: Ink, _ base: Int, _ level: Int, over old: UInt8) -> UInt8 {
    let known = tables[base &+ 256 &* level &+ Int(old)]
    return known != Self.open ? known : learn(ink, base, level, over: old)
  }

  /// Where the table of an ink begins.
  mutating func base(of ink: Ink) -> Int {
    if inkBases[ink.rawValue] < 0 {
      inkBases[ink.rawValue] = tables.count
      tables.append(contentsOf: repeatElement(Self.open, count: 256 * (Self.levels + 1)))
    }
    return inkBases[ink.rawValue]
  }

  private mutating func learn(_ ink: Ink, _ base: Int, _ level: Int, over old: UInt8) -> UInt8 {
    let new = makeBlend(ink, level, over: old)
    tables[base + 256 * level + Int(old)] = new
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
    // A ground has its ramps where the table has what the ink makes of it.
    let place = base(of: ink) + 256 * level + Int(ground)
    if tables[place] != Self.open { return tables[place] }
    let share = Double(level) / Double(Self.levels)
    let entry = append(
      light[Int(ground)].mixed(ink.shade.light, raised(share, ink.weight.light)),
      dark[Int(ground)].mixed(ink.shade.dark, raised(share, ink.weight.dark)),
      over: ground, Cover(ink: ink, level: level))
    tables[place] = entry
    return entry
  }

  /// Coarser levels as the palette fills: thirty series get rougher edges instead of wrong colours.
  private func affordable(_ level: Int) -> Int {
    switch light.count {
    case ..<205: level
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
