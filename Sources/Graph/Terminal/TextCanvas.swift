import Model
import PNG

/// Lines of a terminal under way: cells of dots, and words.
struct TextCanvas {
  /// A letter of two by four dots (Unicode's braille patterns), or another sign.
  struct Cell {
    var dots: UInt8 = 0
    var sign: Character?
    var ink: Ink?
  }

  let width: Int
  private(set) var rows: [[Cell]] = []
  private var words: [Int: [(text: String, ink: Ink?, isBold: Bool)]] = [:]

  init(width: Int) { self.width = width }

  /// Adds empty rows of cells, and tells the number of the first.
  mutating func addRows(_ count: Int) -> Int {
    rows += Array(repeating: [Cell](repeating: Cell(), count: width), count: count)
    return rows.count - count
  }

  /// Adds a line of words, each as long as it is; they are cleaned before they come here.
  mutating func add(_ line: [(text: String, ink: Ink?, isBold: Bool)]) {
    words[addRows(1)] = line
  }

  mutating func put(_ text: String, row: Int, column: Int, _ ink: Ink?) {
    for (place, sign) in text.enumerated() where (0..<width).contains(column + place) {
      rows[row][column + place].sign = sign
      rows[row][column + place].ink = ink
    }
  }

  /// A dot, counted from the first row and cell of a plot.
  mutating func dot(_ x: Int, _ y: Int, row: Int, column: Int, _ ink: Ink) {
    let (line, cell) = (row + y / 4, column + x / 2)
    guard rows.indices.contains(line), (0..<width).contains(cell), x >= 0, y >= 0 else { return }
    rows[line][cell].dots |= Self.bits[y % 4][x % 2]
    rows[line][cell].ink = ink
  }

  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// With the codes of its colours; each line ends without any.
  func text(_ colours: TextColours) -> String {
    rows.indices.map { line in
      let parts = words[line] ?? rows[line].map { (String($0.letter), $0.ink, false) }
      return Self.line(parts, colours)
    }.joined(separator: "\n")
  }

  private static func line(_ parts: [(text: String, ink: Ink?, isBold: Bool)], _ colours: TextColours) -> String {
    let end = (parts.lastIndex { $0.text.contains { $0 != " " } } ?? -1) + 1
    var (text, open) = ("", "")
    for part in parts[..<end] {
      let code = part.text == " " ? open : colours.code(part.ink, isBold: part.isBold)
      if code != open {
        if !open.isEmpty { text += "\u{1B}[0m" }
        text += code
        open = code
      }
      text += part.text
    }
    return open.isEmpty ? text : text + "\u{1B}[0m"
  }
}

extension TextCanvas.Cell {
  fileprivate var letter: Character {
    if dots != 0 { return Character(UnicodeScalar(0x2800 + UInt32(dots)) ?? " ") }
    return sign ?? " "
  }
}

extension TextColours {
  fileprivate func code(_ ink: Ink?, isBold: Bool) -> String {
    let bold = isBold ? "\u{1B}[1m" : ""
    switch self {
    case .none: return ""
    case .cube(let isDark): return bold + (ink.map { "\u{1B}[38;5;\(Self.cubed($0.colour(isDark)))m" } ?? "")
    case .full(let isDark):
      return bold + (ink?.colour(isDark)).map { "\u{1B}[38;2;\($0.red);\($0.green);\($0.blue)m" }.orEmpty
    }
  }

  private static func cubed(_ colour: RGB) -> Int {
    // The levels of the cube are 0, 95, 135 and so on by 40.
    func step(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    return 16 + 36 * step(colour.red) + 6 * step(colour.green) + step(colour.blue)
  }
}

extension Ink {
  fileprivate func colour(_ isDark: Bool) -> RGB { isDark ? shade.dark : shade.light }
}

extension Optional where Wrapped == String {
  fileprivate var orEmpty: String { self ?? "" }
}
