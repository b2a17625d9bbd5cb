import PNG
import TestSupport
import Testing

struct EncodeTests {
  static let grey: [RGB] = [0, 80, 160, 240].map { RGB($0, $0, $0) }
  static let warm: [RGB] = [255, 175, 95, 15].map { RGB($0, 60, 20) }

  /// Three pixels wide, two high.
  static func picture(_ indices: [UInt8] = [0, 1, 2, 2, 1, 0], texts: [PNGText] = []) -> IndexedPicture {
    IndexedPicture(indices: indices, width: 3, height: 2, texts: texts)
  }

  @Test func `libpng reads back the colours of each palette`() throws {
    let files = try encode(Self.picture(), palettes: [Self.grey, Self.warm])
    let light = try #require(PNGPixels(files[0]))
    let dark = try #require(PNGPixels(files[1]))
    #expect((light.width, light.height) == (3, 2))
    #expect(light.colours == [0, 0x505050, 0xA0A0A0, 0xA0A0A0, 0x505050, 0])
    #expect(dark.colours == [0xFF3C14, 0xAF3C14, 0x5F3C14, 0x5F3C14, 0xAF3C14, 0xFF3C14])
  }

  @Test func `two palettes make files that differ in PLTE alone`() throws {
    let files = try encode(Self.picture(texts: [PNGText("Title", "a")]), palettes: [Self.grey, Self.warm])
    let (light, dark) = (PNGPixels.chunks(files[0]), PNGPixels.chunks(files[1]))
    #expect(light.map(\.name) == ["IHDR", "PLTE", "pHYs", "tEXt", "IDAT", "IEND"])
    #expect(light.map(\.name) == dark.map(\.name))
    for (one, other) in zip(light, dark) { #expect((one.bytes == other.bytes) == (one.name != "PLTE")) }
  }

  @Test func `the palette ends after the highest index used`() throws {
    let file = try encode(Self.picture(), palettes: [Self.grey])[0]
    #expect(PNGPixels.chunks(file).first { $0.name == "PLTE" }?.bytes.count == 9)
  }

  @Test func `the resolution is in the file`() throws {
    var picture = Self.picture()
    picture.pixelsPerMetre = 7_560
    let file = try encode(picture, palettes: [Self.grey])[0]
    #expect(PNGPixels.chunks(file).first { $0.name == "pHYs" }?.bytes == [0, 0, 29, 136, 0, 0, 29, 136, 1])
  }

  @Test(arguments: [(0, 2), (3, 0), (0, 0)])
  func `a picture without pixels is refused in libpng's words`(width: Int, height: Int) {
    let error = #expect(throws: PNGError.self) {
      try encode(IndexedPicture(indices: [], width: width, height: height), palettes: [Self.grey])
    }
    #expect(error?.description.contains("zero in IHDR") == true, "\(error?.description ?? "")")
  }

  @Test func `a count of indices that is not width × height is refused`() {
    #expect(throws: PNGError(reason: "3 × 2 pixels need 6 indices, not 5")) {
      try encode(Self.picture([0, 1, 2, 2, 1]), palettes: [Self.grey])
    }
  }

  @Test func `an index beyond a palette is refused`() {
    #expect(throws: PNGError(reason: "the palette has 4 colours and the highest index is 4")) {
      try encode(Self.picture([0, 1, 2, 3, 4, 0]), palettes: [Self.grey])
    }
  }

  @Test func `a size beyond any screen is refused before anything is allocated`() {
    #expect(throws: PNGError.self) {
      try encode(IndexedPicture(indices: [], width: .max, height: 2), palettes: [Self.grey])
    }
    #expect(throws: PNGError.self) {
      try encode(IndexedPicture(indices: [], width: -1, height: 2), palettes: [Self.grey])
    }
  }

  @Test func `a palette of 256 colours and large pictures survive`() throws {
    let palette = (0..<256).map { RGB(UInt8($0), UInt8(255 - $0), 7) }
    let indices = (0..<1_000 * 700).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 11) }
    let file = try encode(IndexedPicture(indices: indices, width: 1_000, height: 700), palettes: [palette])[0]
    let pixels = try #require(PNGPixels(file))
    #expect(pixels.colours == indices.map { UInt32($0) << 16 | UInt32(255 - $0) << 8 | 7 })
  }
}
