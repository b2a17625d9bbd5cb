/// Open faces and what was measured and rendered with them; used by one thread at a time.
struct Typesetter: ~Copyable {
  private let library: FreeType
  private let files: FontFiles
  private var faces: [Face]
  private let first: [Int]
  private var hasFallbacks = false
  private var letters: [LetterKey: Letter] = [:]
  /// ASCII is most of all text: by weight, size and character, without hashing.
  private var plain: [[Letter?]] = []
  private var plainSizes: [Int] = []
  /// Font units by weight and two characters of ASCII; asking FreeType takes longer than all the rest of a letter.
  private var kerns = [Int16](repeating: Typesetter.unasked, count: 2 * 128 * 128)

  /// `nil` where no font can be opened.
  init?(_ files: FontFiles) {
    guard let library = FreeType() else { return nil }
    var faces: [Face] = []
    var first: [Int] = []
    for weight in [Weight.regular, .bold] {
      guard let face = files.primary(weight).lazy.compactMap({ library.face($0) }).first else { return nil }
      first.append(faces.count)
      faces.append(face)
    }
    self.library = library
    self.files = files
    self.faces = faces
    self.first = first
  }

  /// Each letter with its pen in pixels from the start; returns the width.
  mutating func set(
    _ text: String, _ weight: Weight, pixels: Int, each: (Letter, Double) -> Void
  ) -> Double {
    var pen = 0.0
    var previous: Letter?
    let size = plainSize(pixels)
    for scalar in text.unicodeScalars where !scalar.isInvisible {
      let letter = letter(scalar, weight, pixels, size)
      if let previous, previous.face == letter.face, letter.face >= 0 {
        pen += faces[letter.face].scaled(kerning(previous, letter, weight), pixels: pixels)
      }
      each(letter, pen)
      pen += letter.advance
      previous = letter
    }
    return pen
  }

  private mutating func kerning(_ left: Letter, _ right: Letter, _ weight: Weight) -> Int {
    guard left.plain < 128, right.plain < 128 else { return faces[left.face].kerning(left.glyph, right.glyph) }
    let place = (weight.rawValue << 7 | Int(left.plain)) << 7 | Int(right.plain)
    if kerns[place] == Self.unasked {
      kerns[place] = Int16(clamping: faces[left.face].kerning(left.glyph, right.glyph))
    }
    return Int(kerns[place])
  }

  func glyph(_ letter: Letter, pixels: Int, quarter: Int) -> Glyph {
    if let glyph = letter.rendered[quarter] { return glyph }
    let rendered = letter.face < 0 ? nil : faces[letter.face].render(letter.glyph, pixels: pixels, quarter: quarter)
    let glyph = rendered ?? .box(pixels: pixels)
    letter.rendered[quarter] = glyph
    return glyph
  }

  private mutating func plainSize(_ pixels: Int) -> Int {
    if let size = plainSizes.firstIndex(of: pixels) { return size }
    plainSizes.append(pixels)
    plain += [[Letter?](repeating: nil, count: 128), [Letter?](repeating: nil, count: 128)]
    return plainSizes.count - 1
  }

  private mutating func letter(_ scalar: Unicode.Scalar, _ weight: Weight, _ pixels: Int, _ size: Int) -> Letter {
    let shelf = 2 * size + weight.rawValue
    if scalar.isASCII, let letter = plain[shelf][Int(scalar.value)] { return letter }
    let key = LetterKey(scalar: scalar, weight: weight, pixels: pixels)
    if !scalar.isASCII, let letter = letters[key] { return letter }
    let letter = find(scalar.isControlling ? "\u{FFFD}" : scalar, weight, pixels)
    if scalar.isASCII {
      plain[shelf][Int(scalar.value)] = letter
    } else {
      if letters.count >= Self.mostLetters { letters.removeAll() }
      letters[key] = letter
    }
    return letter
  }

  private mutating func find(_ scalar: Unicode.Scalar, _ weight: Weight, _ pixels: Int) -> Letter {
    if let letter = look(scalar, in: [first[weight.rawValue]], pixels) { return letter }
    openFallbacks()
    return look(scalar, in: Array(first.count..<max(first.count, faces.count)), pixels)
      ?? Letter(scalar, face: -1, glyph: 0, advance: Glyph.boxAdvance(pixels: pixels))
  }

  private func look(_ scalar: Unicode.Scalar, in candidates: [Int], _ pixels: Int) -> Letter? {
    for face in candidates {
      if let glyph = faces[face].index(of: scalar), let advance = faces[face].advance(of: glyph, pixels: pixels) {
        return Letter(scalar, face: face, glyph: glyph, advance: advance)
      }
    }
    return nil
  }

  private mutating func openFallbacks() {
    guard !hasFallbacks else { return }
    hasFallbacks = true
    for path in files.fallbacks {
      if let face = library.face(path) { faces.append(face) }
    }
  }

  private static let unasked = Int16.min

  /// Some 10 MB at the worst: names from outside may hold any of a hundred thousand characters.
  private static let mostLetters = 10_000
}

/// A character's place in the fonts and its pictures so far; face -1 is the box for what none has.
final class Letter {
  let face: Int
  let glyph: UInt32
  /// Pixels.
  let advance: Double
  /// The character, 128 for what is not ASCII.
  let plain: UInt8
  /// By quarter of a pixel.
  fileprivate(set) var rendered: [Glyph?] = [nil, nil, nil, nil]

  init(_ scalar: Unicode.Scalar, face: Int, glyph: UInt32, advance: Double) {
    plain = scalar.isASCII ? UInt8(scalar.value) : 128
    self.face = face
    self.glyph = glyph
    self.advance = advance
  }
}

private struct LetterKey: Hashable {
  var scalar: Unicode.Scalar
  var weight: Weight
  var pixels: Int
}

extension Unicode.Scalar {
  /// Joiners and variation selectors: nothing to draw, nothing to hide.
  var isInvisible: Bool {
    value == 0x200D || value == 0x200C || (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
  }

  /// What moves other characters about instead of being one.
  fileprivate var isControlling: Bool {
    guard value >= 0x7F || value < 0x20 else { return false }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
