import CFreeType

/// FreeType itself. One thread at a time may use it and its faces; `FontBook` sees to that.
@safe final class FreeType {
  private let handle: FT_Library

  /// `nil` where FreeType cannot start.
  init?() {
    var handle: FT_Library?
    guard unsafe FT_Init_FreeType(&handle) == 0, let handle = unsafe handle else { return nil }
    unsafe self.handle = handle
  }

  deinit { unsafe _ = FT_Done_FreeType(handle) }

  /// `nil` for a file that is no scalable font.
  func face(_ path: String) -> Face? {
    var face: FT_Face?
    guard unsafe FT_New_Face(handle, path, 0, &face) == 0, let face = unsafe face else { return nil }
    return unsafe Face(face, self)
  }
}

/// An open font.
@safe final class Face {
  private let handle: FT_Face
  /// Closing FreeType closes its faces, so it has to stay until they are closed.
  private let library: FreeType
  private var pixels = 0
  private let hasKerning: Bool
  private let unitsPerEm: Double

  fileprivate init?(_ handle: FT_Face, _ library: FreeType) {
    unsafe self.handle = handle
    self.library = library
    hasKerning = unsafe handle.pointee.face_flags & FT_Long(FT_FACE_FLAG_KERNING) != 0
    unitsPerEm = unsafe Double(handle.pointee.units_per_EM)
    let isScalable = unsafe handle.pointee.face_flags & FT_Long(FT_FACE_FLAG_SCALABLE) != 0
    guard isScalable, unitsPerEm > 0 else { return nil }
  }

  deinit { unsafe _ = FT_Done_Face(handle) }

  /// `nil` where the font has no such character.
  func index(of scalar: Unicode.Scalar) -> UInt32? {
    let index = unsafe FT_Get_Char_Index(handle, FT_ULong(scalar.value))
    return index == 0 ? nil : index
  }

  /// Pixels from this letter's pen to the next one's, unhinted; `nil` where the font is damaged there.
  func advance(of glyph: UInt32, pixels: Int) -> Double? {
    guard load(glyph, pixels) else { return nil }
    return unsafe Double(handle.pointee.glyph.pointee.linearHoriAdvance) / 65_536
  }

  /// Font units the second letter moves by.
  func kerning(_ left: UInt32, _ right: UInt32) -> Int {
    guard hasKerning else { return 0 }
    var delta = FT_Vector()
    guard unsafe FT_Get_Kerning(handle, left, right, FT_KERNING_UNSCALED.rawValue, &delta) == 0 else { return 0 }
    return Int(delta.x)
  }

  /// Font units in pixels.
  func scaled(_ units: Int, pixels: Int) -> Double { Double(units) * Double(pixels) / unitsPerEm }

  /// The letter with its pen `quarter` quarters of a pixel to the right; `nil` where the font is damaged there.
  func render(_ glyph: UInt32, pixels: Int, quarter: Int) -> Glyph? {
    guard load(glyph, pixels) else { return nil }
    let slot = unsafe handle.pointee.glyph
    guard let slot = unsafe slot, unsafe slot.pointee.format == FT_GLYPH_FORMAT_OUTLINE else { return nil }
    unsafe FT_Outline_Translate(&slot.pointee.outline, FT_Pos(16 * quarter), 0)
    guard unsafe FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) == 0 else { return nil }
    return unsafe Self.copy(slot.pointee)
  }

  private func load(_ glyph: UInt32, _ pixels: Int) -> Bool {
    if self.pixels != pixels {
      guard unsafe FT_Set_Pixel_Sizes(handle, 0, FT_UInt(pixels)) == 0 else { return false }
      self.pixels = pixels
    }
    return unsafe FT_Load_Glyph(handle, glyph, FT_Int32(FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP)) == 0
  }

  private static func copy(_ slot: FT_GlyphSlotRec_) -> Glyph? {
    let bitmap = unsafe slot.bitmap
    let (width, height) = unsafe (Int(bitmap.width), Int(bitmap.rows))
    var coverage = [UInt8](repeating: 0, count: width * height)
    if let rows = unsafe bitmap.buffer {
      for y in 0..<height {
        for x in 0..<width { unsafe coverage[y * width + x] = rows[y * Int(bitmap.pitch) + x] }
      }
    }
    return unsafe Glyph(
      left: Int(slot.bitmap_left), top: Int(slot.bitmap_top), width: width, height: height, coverage: coverage)
  }
}
