import Glyphs
import TestSupport
import Testing

struct FontBookTests {
  static let fonts = FontBook.installed

  static func width(_ text: String) -> Double { fonts.width(of: text, .regular, pixels: 11) }

  @Test func `this machine has a font`() {
    #expect(Self.fonts.problem == nil)
  }

  @Test func `letters have a width and bold ones a larger one`() {
    #expect(Self.width("Mbit/s") > 25)
    #expect(Self.fonts.width(of: "Mbit/s", .bold, pixels: 11) > Self.width("Mbit/s"))
    #expect(abs(Self.fonts.width(of: "Mbit/s", .regular, pixels: 22) - 2 * Self.width("Mbit/s")) < 0.2)
  }

  @Test func `digits are equally wide, so columns stand under each other`() {
    #expect(Set("0123456789".map { Self.width(String($0)) }).count == 1)
  }

  @Test func `pairs are kerned`() {
    #expect(Self.width("AV") < Self.width("A") + Self.width("V") - 0.1)
  }

  @Test func `letters stand on quarters of a pixel`() throws {
    let quarters = [0, 0.25, 0.5, 0.75].map { Self.fonts.line("l", .regular, pixels: 11, at: 10 + $0).letters[0] }
    #expect(Set(quarters.map(\.glyph)).count == 4)
    #expect(Self.fonts.line("l", .regular, pixels: 11, at: 10.99).letters[0].x == 11)
    #expect(Self.fonts.line("l", .regular, pixels: 11, at: -0.3).letters[0].x == -1)
  }

  @Test func `the anchor moves a line by a share of its width`() {
    let right = Self.fonts.line("abc", .regular, pixels: 11, at: 100, share: 1)
    let left = Self.fonts.line("abc", .regular, pixels: 11, at: 100 - right.width)
    #expect(right == left)
  }

  @Test func `a text that fits is not touched`() {
    #expect(Self.fonts.fitted("router1", .regular, pixels: 11, room: 100) == "router1")
  }

  @Test func `a text too long ends in dots inside its room`() {
    let text = "a very long name, with many words"
    for room in [30.0, 58, 61, 64, 90] {
      let fitted = Self.fonts.fitted(text, .regular, pixels: 11, room: room)
      #expect(fitted.hasSuffix("…") && Self.width(fitted) <= room, "\(fitted)")
      #expect(!fitted.hasSuffix(" …") && !fitted.hasSuffix(",…"))
      #expect(text.hasPrefix(fitted.dropLast()))
    }
    #expect(Self.fonts.fitted(text, .regular, pixels: 11, room: 3) == "")
  }

  @Test(arguments: [
    "\u{0}\u{7}\u{1B}[31m", "\u{202E}drowssap\u{202C}", "\u{2028}\u{2029}", "e\u{301}\u{302}\u{303}\u{489}",
    "👩‍👩‍👧‍👦🏳️‍🌈", "\u{10FFFF}\u{E000}", "العربية हिन्दी 東京", "\r\n\t", "\u{FE0F}\u{200D}",
    String(repeating: "x\u{301}", count: 10_000),
  ])
  func `any text is set without harm`(text: String) {
    let line = Self.fonts.line(text, .regular, pixels: 11, at: 0)
    #expect(line.width.isFinite && line.width >= 0)
    for letter in line.letters { #expect(letter.glyph.coverage.count == letter.glyph.width * letter.glyph.height) }
  }

  @Test func `a character that moves others about is shown as one that cannot be shown`() {
    let replaced = Self.fonts.line("\u{FFFD}", .regular, pixels: 11, at: 0)
    #expect(Self.fonts.line("\u{202E}", .regular, pixels: 11, at: 0) == replaced)
    #expect(Self.fonts.line("\u{7}", .regular, pixels: 11, at: 0) == replaced)
  }

  @Test func `a character no font has is a box`() throws {
    let line = Self.fonts.line("\u{10FFFF}", .regular, pixels: 11, at: 0)
    let box = try #require(line.letters.first?.glyph)
    #expect(line.width == 8)
    #expect(box.coverage.prefix(box.width).allSatisfy { $0 == 255 })
    #expect(box.coverage[box.width + 1] == 0)
  }

  @Test func `no font at all is a problem with its way out, and no crash`() throws {
    let folder = try TemporaryFolder()
    let fonts = FontBook(folders: [folder.path])
    #expect(fonts.problem?.contains("apt-get install fonts-dejavu-core") == true)
    #expect(fonts.problem?.contains(folder.path) == true)
    #expect(fonts.line("abc", .bold, pixels: 11, at: 0).letters.isEmpty)
    #expect(fonts.fitted("abc", .bold, pixels: 11, room: 10) == "abc")
  }

  @Test func `a file that only calls itself a font is passed over`() throws {
    let folder = try TemporaryFolder()
    try folder.write("DejaVuSansCondensed.ttf", "not a font")
    try folder.write("empty/Other.otf", "")
    #expect(FontBook(folders: [folder.path]).problem != nil)
    let both = FontBook(folders: [folder.path, "/usr/share/fonts/truetype/dejavu"])
    #expect(both.problem == nil)
    #expect(both.width(of: "abc", .regular, pixels: 11) > 10)
  }

  @Test func `threads set text side by side`() async {
    let expected = Self.fonts.line("99.899 % Wärme → 東京", .regular, pixels: 11, at: 3.5, share: 0.5)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { _ in
            Self.fonts.line("99.899 % Wärme → 東京", .regular, pixels: 11, at: 3.5, share: 0.5) == expected
          }
        }
      }
      for await same in group { #expect(same) }
    }
  }

  // MARK: Scripts

  /// Whether each letter of a text has a picture of its own, which the box for what no font has is not.
  static func hasLetters(_ text: String) -> Bool {
    let box = fonts.line("\u{10FFFF}", .regular, pixels: 11, at: 0).letters[0].glyph
    return fonts.line(text, .regular, pixels: 11, at: 0).letters.allSatisfy { $0.glyph != box }
  }

  @Test(arguments: ["Größe naïve Łódź", "Αθήνα Ελλάδα", "Москва Київ", "→ ≤ · … − µ", "\u{202F}"])
  func `Latin, Greek, Cyrillic and the signs of charts are in the fonts that redeye asks for`(text: String) {
    #expect(Self.hasLetters(text))
  }

  @Test(
    .enabled(
      if: hasLetters("東"), "no font here has Chinese characters; apt-get install fonts-wqy-microhei to test them"))
  func `Chinese, Japanese and Korean come from whatever font has them`() {
    #expect(Self.hasLetters("東京 ルーター 서울 网络"))
    let letters = Self.fonts.line("東京", .regular, pixels: 11, at: 0).letters.map(\.glyph)
    #expect(letters[0] != letters[1] && letters.allSatisfy { $0.coverage.contains { $0 > 100 } })
    #expect(Self.width("東京") > 15)
  }

  @Test func `storms of marks are as wide as the letter they stand on`() {
    #expect(Self.width("e" + String(repeating: "\u{301}", count: 5_000)) < 2 * Self.width("e"))
  }
}
