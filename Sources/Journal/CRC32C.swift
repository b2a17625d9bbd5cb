/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78; RFC 3720 appendix B.4), eight bytes at a time.
///
/// `crc32c("123456789")` is `0xE3069283`.
package func crc32c(_ bytes: ArraySlice<UInt8>, continuing start: UInt32 = 0) -> UInt32 {
  var crc = ~start
  let tables = crcTables
  var index = bytes.startIndex
  while bytes.endIndex - index >= 8 {
    let low =
      crc ^ UInt32(bytes[index]) ^ UInt32(bytes[index + 1]) << 8 ^ UInt32(bytes[index + 2]) << 16
      ^ UInt32(bytes[index + 3]) << 24
    crc =
      tables[7 << 8 | Int(low & 0xFF)] ^ tables[6 << 8 | Int(low >> 8 & 0xFF)]
      ^ tables[5 << 8 | Int(low >> 16 & 0xFF)] ^ tables[4 << 8 | Int(low >> 24)]
      ^ tables[3 << 8 | Int(bytes[index + 4])] ^ tables[2 << 8 | Int(bytes[index + 5])]
      ^ tables[1 << 8 | Int(bytes[index + 6])] ^ tables[Int(bytes[index + 7])]
    index += 8
  }
  for byte in bytes[index...] { crc = tables[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8 }
  return ~crc
}

/// Table k, at `k << 8`, advances a byte over k zero bytes more than table 0.
private let crcTables: [UInt32] = {
  var tables = [UInt32](repeating: 0, count: 8 << 8)
  for byte in 0..<256 {
    var crc = UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    tables[byte] = crc
  }
  for entry in 256..<tables.count {
    let before = tables[entry - 256]
    tables[entry] = tables[Int(before & 0xFF)] ^ before >> 8
  }
  return tables
}()
