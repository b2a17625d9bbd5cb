/// Fields of a file's header at byte offsets; one outside of it reads as a value no header may have.
struct FieldReader {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func word(at offset: Int) -> UInt64 {
    guard offset >= 0, offset + 8 <= bytes.count else { return .max }
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
  }

  func double(at offset: Int) -> Double { Double(bitPattern: word(at: offset)) }

  func count(at offset: Int, in range: ClosedRange<Int>, _ what: String) throws(RRDFault) -> Int {
    let value = word(at: offset)
    guard let number = Int(exactly: value), range.contains(number) else { throw RRDFault("it has \(value) \(what)") }
    return number
  }

  /// A text that ends with a zero byte inside its field; `nil` where it does not, or is not ASCII.
  func text(at offset: Int, length: Int) -> String? {
    guard offset >= 0, offset + length <= bytes.count else { return nil }
    let field = bytes[offset..<offset + length]
    guard let end = field.firstIndex(of: 0), field[..<end].allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(decoding: field[..<end], as: UTF8.self)
  }
}
