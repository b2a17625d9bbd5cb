/// The file name for a name from outside: ASCII, at most 60 bytes, no two alike even where case is ignored.
///
/// `www` stays `www`; `xe-0/0/0` becomes `xe-0-0-0~` and sixteen hexadecimal digits. A plain name never holds `~`.
func fileName(_ name: String) -> String {
  isPlainFileName(name) ? name : "\(slug(name))~\(digest(name))"
}

private func isPlainFileName(_ name: String) -> Bool {
  guard let first = name.utf8.first, let last = name.utf8.last, name.utf8.count <= 40 else { return false }
  guard name.utf8.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }) else {
    return false
  }
  return isPlain(first) && isPlain(last) && !reservedFileNames.contains(name)
}

/// `index` is taken by the list of a folder; `index-2` and so on by its further pages.
private let reservedFileNames = Set(["index"] + (2...100).map { "index-\($0)" })

private func isPlain(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

private func slug(_ name: String) -> String {
  var bytes: [UInt8] = []
  for byte in name.utf8 where bytes.count < 40 {
    let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
    if isPlain(lower) {
      bytes.append(lower)
    } else if bytes.last != UInt8(ascii: "-") {
      bytes.append(UInt8(ascii: "-"))
    }
  }
  while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
  while bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
  return String(decoding: bytes, as: UTF8.self)
}

/// Sixteen hexadecimal digits of `hash(name)`.
func digest(_ name: String) -> String { digits(of: hash(name)) }

/// Sixteen hexadecimal digits.
func digits(of number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

/// FNV-1a, 64 bits: the same on every machine and in every run.
func hash(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
