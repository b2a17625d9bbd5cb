/// One YAML document, read through libyaml's events.
package struct YAMLDocument: Sendable {
  package var root: YAMLNode

  /// Reads a text that holds exactly one document; one without any is a null.
  ///
  /// UTF-8 only, with or without a byte order mark. Keys are scalars and stand once in a mapping; merge keys (`<<`)
  /// are refused. `source` is stored in every node. Throws the first thing wrong.
  package static func parse(
    _ bytes: [UInt8], source: Int = 0, limits: YAMLLimits = YAMLLimits()
  ) throws(YAMLError) -> YAMLDocument {
    var faults: [YAMLError] = []
    let document = try parse(bytes, source: source, limits: limits, faults: &faults)
    if let first = faults.first { throw first }
    return document
  }

  /// The same, with everything reading can go on after in `faults`: keys given twice, unknown tags, merge keys.
  package static func parse(
    _ bytes: [UInt8], source: Int = 0, limits: YAMLLimits = YAMLLimits(), faults: inout [YAMLError]
  ) throws(YAMLError) -> YAMLDocument {
    let text = try wellFormed(bytes, limit: limits.bytes)
    var builder = TreeBuilder(text: text, lead: bytes.count - text.count, source: source, limits: limits)
    let result = unsafe text.withUnsafeBufferPointer { buffer -> Result<YAMLNode?, YAMLError> in
      guard let stream = unsafe EventStream(buffer) else {
        return .failure(YAMLError(at: .start, "there is no memory to read this"))
      }
      return builder.build(from: stream)
    }
    faults += builder.faults
    let root = try result.get()
    return YAMLDocument(root: root ?? YAMLNode(.scalar(YAMLScalar("")), source: source, start: .start, end: .start))
  }

  /// The text without its byte order mark.
  private static func wellFormed(_ bytes: [UInt8], limit: Int) throws(YAMLError) -> ArraySlice<UInt8> {
    guard bytes.count <= limit else {
      throw YAMLError(at: .whole, "the file is longer than \(limit >> 20) MiB", help: "split it with include:")
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      throw YAMLError(at: .whole, "the file is UTF-16", help: "save it as UTF-8")
    }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if let zero = text.firstIndex(of: 0) {
      throw place(zero, in: bytes, "a NUL byte", help: "this is not a text file, or it was not written to its end")
    }
    if let wrong = text.firstInvalidUTF8 {
      throw place(wrong, in: bytes, "a byte that is not UTF-8", help: "save the file as UTF-8")
    }
    return text
  }

  private static func place(_ byte: Int, in bytes: [UInt8], _ message: String, help: String) -> YAMLError {
    let lead = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = bytes[lead...]
    let mark = TextIndex(text, lead: lead).mark(byte: byte - lead, in: text)
    return YAMLError(at: mark, message, help: help)
  }
}

extension ArraySlice<UInt8> {
  /// The first byte that is no part of a UTF-8 character (RFC 3629: no overlong form, no surrogate).
  fileprivate var firstInvalidUTF8: Int? {
    if String(validating: self, as: UTF8.self) != nil { return nil }
    var index = startIndex
    while index < endIndex {
      guard let length = utf8Length(at: index) else { return index }
      index += length
    }
    return nil
  }

  private func utf8Length(at index: Int) -> Int? {
    for length in 1...4 where index + length <= endIndex {
      if String(validating: self[index..<index + length], as: UTF8.self) != nil { return length }
    }
    return nil
  }
}
