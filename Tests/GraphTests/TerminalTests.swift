import Foundation
import PNG
import TestSupport
import Testing

@testable import Graph

@Suite struct TerminalTests {
  @Test(arguments: [("large", 1), ("narrow", 2), ("sparkline", 1), ("small", 1)])
  func `sixels are the pixels of the picture again`(name: String, scale: Int) throws {
    let format = try #require(ChartFormat(rawValue: name))
    for isDark in [false, true] {
      let raster = raster(Charts.traffic, format: format, scale: scale, isDark: isDark)
      let decoded = try #require(Sixels(raster.sixel))
      #expect(decoded.width == raster.width && decoded.height == raster.height)
      let expected = raster.indices.map { Sixels.percent(raster.colours[Int($0)]) }
      #expect(decoded.pixels == expected)
      let file = draw(Charts.traffic, format: format, scale: scale)
      let pixels = try #require(PNGPixels(isDark ? file.dark : file.light))
      #expect(
        pixels.colours
          == raster.indices.map { index in
            let colour = raster.colours[Int(index)]
            return UInt32(colour.red) << 16 | UInt32(colour.green) << 8 | UInt32(colour.blue)
          })
    }
  }

  @Test func `a band of sixels that is not full has no pixels below the picture`() throws {
    let raster = Raster(
      width: 5, height: 7, indices: [0, 0, 1, 1, 1] + [UInt8](repeating: 1, count: 30),
      colours: [RGB(0, 0, 0), RGB(255, 0, 51)])
    #expect(
      raster.sixel
        == "\u{1B}P0;1;0q\"1;1;5;7#0;2;0;0;0#1;2;100;0;20#0@@$#1}}~~~-#1!5@-\u{1B}\\")
    #expect(Sixels(raster.sixel)?.pixels.suffix(5).allSatisfy { $0 == [100, 0, 20] } == true)
  }

  @Test func `kitty gets the file in pieces it takes, and nothing to answer`() throws {
    let file = draw(Charts.traffic, format: .large, scale: 2).light
    let text = InlinePicture.kitty(file)
    let pieces = try text.split(separator: "\u{1B}\\").map { piece -> (keys: [String], letters: String) in
      let match = try #require(try /\e_G([^;]*);([A-Za-z0-9+\/=]*)/.wholeMatch(in: piece))
      return (match.1.split(separator: ",").map(String.init), String(match.2))
    }
    #expect(pieces.count > 3 && pieces.allSatisfy { $0.letters.utf8.count <= 4_096 })
    #expect(pieces.dropLast().allSatisfy { $0.letters.utf8.count % 4 == 0 && $0.keys.contains("m=1") })
    #expect(pieces[0].keys == ["a=T", "f=100", "q=2", "m=1"] && pieces.last?.keys == ["m=0"])
    #expect(Data(base64Encoded: pieces.map(\.letters).joined()).map(Array.init) == file)
  }

  @Test func `iTerm2 gets the whole file and how long it is`() throws {
    let file = draw(Charts.traffic, format: .small, scale: 1).dark
    let match = try #require(
      try /\e\]1337;File=inline=1;size=(\d+);preserveAspectRatio=1:([A-Za-z0-9+\/=]*)\a/.wholeMatch(
        in: InlinePicture.iterm(file)))
    #expect(Int(match.1) == file.count)
    #expect(Data(base64Encoded: String(match.2)).map(Array.init) == file)
  }

  @Test(
    arguments: [
      ([:], TerminalKind.braille), (["TERM": "xterm-256color"], .braille), (["TERM": "dumb"], .braille),
      (["TERM": "xterm-kitty"], .kitty), (["KITTY_WINDOW_ID": "1", "TERM": "xterm-256color"], .kitty),
      (["TERM": "xterm-ghostty"], .kitty), (["TERM_PROGRAM": "iTerm.app"], .iterm),
      (["TERM_PROGRAM": "WezTerm"], .iterm),
      (["LC_TERMINAL": "iTerm2", "TERM": "xterm-256color"], .iterm), (["TERM": "foot"], .sixel),
      (["TERM": "mlterm"], .sixel), (["KONSOLE_VERSION": "230804"], .sixel), (["TERM_PROGRAM": "vscode"], .braille),
      (["TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "KITTY_WINDOW_ID": "1"], .braille),
      (["TERM": "xterm-kitty", "TMUX": "/tmp/tmux"], .braille), (["TERM": "screen.xterm-kitty"], .braille),
    ] as [([String: String], TerminalKind)])
  func `a terminal is known by what it says of itself`(environment: [String: String], kind: TerminalKind) {
    #expect(TerminalKind.choice(environment, isTerminal: true) == kind)
    #expect(TerminalKind.choice(environment, isTerminal: false) == .braille, "a program reads it")
  }

  @Test func `colours are as many as the terminal has, and none where nobody wants them`() {
    func choice(_ environment: [String: String], _ isTerminal: Bool = true) -> TextColours {
      TextColours.choice(environment, isTerminal: isTerminal, isDark: true)
    }
    #expect(choice(["COLORTERM": "truecolor"]) == .full(isDark: true))
    #expect(choice(["TERM": "xterm-256color"]) == .cube(isDark: true))
    #expect(choice(["COLORTERM": "truecolor", "NO_COLOR": "1"]) == .none)
    #expect(choice(["TERM": "dumb"]) == .none && choice(["TERM": "xterm"], false) == .none)
    #expect(choice(["CLICOLOR_FORCE": "1", "TERM": "xterm"], false) == .cube(isDark: true))
    #expect(TextColours.isDark([:]) && TextColours.isDark(["COLORFGBG": "15;0"]))
    #expect(!TextColours.isDark(["COLORFGBG": "0;15"]) && !TextColours.isDark(["COLORFGBG": "0;default;7"]))
  }
}

/// Reads sixels strictly; `nil` for what is none.
private struct Sixels {
  var width = 0
  var height = 0
  /// Red, green and blue in percent.
  var pixels: [[Int]] = []

  static func percent(_ colour: RGB) -> [Int] {
    [colour.red, colour.green, colour.blue].map { (Int($0) * 100 + 127) / 255 }
  }

  init?(_ text: String) {
    guard let match = try? /\eP0;1;0q"1;1;(\d+);(\d+)(.*)\e\\/.wholeMatch(in: text) else { return nil }
    (width, height) = (Int(match.1) ?? 0, Int(match.2) ?? 0)
    var rest = Array(match.3.utf8)[...]
    var colours: [Int: [Int]] = [:]
    var canvas = [[Int]?](repeating: nil, count: width * height)
    var (x, top, colour, count) = (0, 0, -1, 1)
    func number() -> Int {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(digits.count)
      return Int(String(decoding: digits, as: UTF8.self)) ?? -1
    }
    while let sign = rest.popFirst() {
      switch sign {
      case UInt8(ascii: "#"):
        colour = number()
        guard rest.first == UInt8(ascii: ";") else { continue }
        var parts: [Int] = []
        while rest.first == UInt8(ascii: ";") {
          rest = rest.dropFirst()
          parts.append(number())
        }
        guard parts.count == 4, parts[0] == 2, parts.dropFirst().allSatisfy((0...100).contains) else { return nil }
        colours[colour] = Array(parts.dropFirst())
      case UInt8(ascii: "!"): count = number()
      case UInt8(ascii: "$"): x = 0
      case UInt8(ascii: "-"): (x, top) = (0, top + 6)
      case 63...126:
        guard let shade = colours[colour], count > 0 else { return nil }
        for place in x..<x + count {
          for bit in 0..<6 where (sign - 63) & (1 << UInt8(bit)) != 0 {
            guard place < width, top + bit < height, canvas[(top + bit) * width + place] == nil else { return nil }
            canvas[(top + bit) * width + place] = shade
          }
        }
        (x, count) = (x + count, 1)
      default: return nil
      }
    }
    guard canvas.allSatisfy({ $0 != nil }) else { return nil }
    pixels = canvas.compactMap(\.self)
  }
}
