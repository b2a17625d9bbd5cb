/// A zlib stream (RFC 1950) of the rows of a picture, compressed as RFC 1951 says.
///
/// A general compressor looks every byte up in a table. Rows of a graph are runs, nearly all of them, and this one looks
/// at eight bytes of a run at a time (docs/decisions/0010-pictures-are-compressed-here.md).
func zlibStream(_ rows: PlainRows) -> [UInt8] {
  // A window of 32 KiB, no dictionary, and the check bits that make both bytes a multiple of 31.
  var writer = BitWriter([0x78, 0x01])
  var tokens = Tokens(stride: rows.stride)
  var block = tokens.next(rows.bytes)
  repeat {
    let following = tokens.next(rows.bytes)
    put(block.tokens, standingFor: rows.bytes[block.bytes], isLast: following.tokens.isEmpty, &writer)
    block = following
  } while !block.tokens.isEmpty
  writer.fillByte()
  writer.append((0..<4).map { UInt8(truncatingIfNeeded: rows.checksum.value >> (24 - 8 * $0)) })
  return writer.bytes
}

private func put(_ tokens: [Token], standingFor bytes: ArraySlice<UInt8>, isLast: Bool, _ writer: inout BitWriter) {
  let block = CodedBlock(tokens)
  if block.leastBits > 8 * (bytes.count + 5) {
    putPlain(bytes, isLast: isLast, &writer)
  } else {
    block.put(isLast: isLast, &writer)
  }
}

/// As they are, in parts of which two bytes can tell the length (RFC 1951, 3.2.4).
private func putPlain(_ bytes: ArraySlice<UInt8>, isLast: Bool, _ writer: inout BitWriter) {
  var rest = bytes
  repeat {
    let part = rest.prefix(65_535)
    rest = rest.dropFirst(part.count)
    writer.put(isLast && rest.isEmpty ? 1 : 0, 3)
    writer.fillByte()
    writer.put(part.count, 16)
    writer.put(~part.count & 0xFFFF, 16)
    writer.append(part)
  } while !rest.isEmpty
}
