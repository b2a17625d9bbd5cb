import CPNG

/// One PNG file for each palette. The pixels are compressed once, so the files differ in their PLTE chunk alone.
///
/// A palette is cut after the highest index the picture uses. Any thread may call this.
package func encode(_ picture: IndexedPicture, palettes: [[RGB]]) throws(PNGError) -> [[UInt8]] {
  let highest = unsafe picture.indices.withUnsafeBufferPointer(highest)
  try check(picture, highest, palettes)
  let stream = zlibStream(PlainRows(picture))
  let texts = picture.texts.map(ChunkText.init)
  var files: [[UInt8]] = []
  for palette in palettes {
    files.append(try file(picture, palette.prefix(highest + 1), texts, stream))
  }
  return files
}

private func check(_ picture: IndexedPicture, _ highest: Int, _ palettes: [[RGB]]) throws(PNGError) {
  let limit = 1_000_000
  guard (0...limit).contains(picture.width), (0...limit).contains(picture.height) else {
    throw PNGError(reason: "\(picture.width) × \(picture.height) pixels is beyond \(limit) each way")
  }
  guard picture.indices.count == picture.width * picture.height else {
    throw PNGError(
      reason: "\(picture.width) × \(picture.height) pixels need \(picture.width * picture.height) indices, "
        + "not \(picture.indices.count)")
  }
  for palette in palettes where palette.count <= highest || palette.count > 256 {
    throw PNGError(reason: "the palette has \(palette.count) colours and the highest index is \(highest)")
  }
}

/// Memory of the C side, released with the value; safe because the pointer never leaves it.
@safe private struct Bytes: ~Copyable {
  var raw: cpng_bytes

  init(_ raw: cpng_bytes) { unsafe self.raw = raw }

  deinit {
    var raw = unsafe raw
    unsafe cpng_release(&raw)
  }

  var array: [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: raw.bytes, count: raw.count))
  }
}

private func file(
  _ picture: IndexedPicture, _ palette: ArraySlice<RGB>, _ texts: [ChunkText], _ stream: [UInt8]
) throws(PNGError) -> [UInt8] {
  let colours = palette.flatMap { [$0.red, $0.green, $0.blue] }
  var raw = unsafe cpng_bytes()
  var message = [CChar](repeating: 0, count: Int(cpng_error_length))
  let status = unsafe withChunkTexts(texts) { texts in
    var header = unsafe cpng_header(
      width: UInt32(picture.width), height: UInt32(picture.height),
      pixels_per_metre: UInt32(clamping: picture.pixelsPerMetre), texts: texts.baseAddress, text_count: texts.count)
    return unsafe cpng_write(&header, colours, palette.count, stream, stream.count, &raw, &message)
  }
  let file = unsafe Bytes(raw)
  guard status == 0 else { throw PNGError(reason: text(message)) }
  return file.array
}

private func text(_ message: [CChar]) -> String {
  String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
