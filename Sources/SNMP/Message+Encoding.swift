extension Message {
  /// A request of the versions 1 (0) and 2c (1) as a datagram.
  static func datagram(_ request: Request, number: Int32, version: Int, community: [UInt8]) -> [UInt8] {
    var writer = BackwardWriter()
    for oid in request.oids.reversed() {
      writer.element(Tag.sequence) { binding in
        binding.element(Tag.null) { _ in }
        binding.element(Tag.identifier) { $0.put(oid) }
      }
    }
    writer.close(Tag.sequence, since: 0)
    writer.integer(request.repetitions)
    writer.integer(0)
    writer.integer(Int(number))
    writer.close(request.tag, since: 0)
    writer.element(Tag.octets) { $0.put(community) }
    writer.integer(version)
    writer.close(Tag.sequence, since: 0)
    return writer.finished()
  }
}

extension Request {
  fileprivate var tag: UInt8 {
    switch kind {
    case .get: Tag.get
    case .next: Tag.next
    case .bulk: Tag.bulk
    }
  }

  /// What GETBULK has where the others have the error-index; its non-repeaters are always none.
  fileprivate var repetitions: Int { if case .bulk(let rows) = kind { max(0, rows) } else { 0 } }
}

/// Writes elements from the last byte to the first, so that a length is known when its place comes.
private struct BackwardWriter {
  private var reversed: [UInt8] = []

  init() { reversed.reserveCapacity(1024) }

  consuming func finished() -> [UInt8] {
    reversed.reverse()
    return reversed
  }

  mutating func element(_ tag: UInt8, _ content: (inout BackwardWriter) -> Void) {
    let start = reversed.count
    content(&self)
    close(tag, since: start)
  }

  /// Puts the length and the tag before all that was written since.
  mutating func close(_ tag: UInt8, since start: Int) {
    var length = reversed.count - start
    if length < 0x80 {
      reversed.append(UInt8(length))
    } else {
      var size: UInt8 = 0
      while length > 0 {
        reversed.append(UInt8(truncatingIfNeeded: length))
        length >>= 8
        size += 1
      }
      reversed.append(0x80 | size)
    }
    reversed.append(tag)
  }

  mutating func put(_ bytes: [UInt8]) { reversed += bytes.reversed() }

  /// In as few bytes as the sign allows.
  mutating func integer(_ value: Int) {
    element(Tag.integer) { writer in
      var rest = value
      repeat {
        writer.reversed.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
      } while !(-1...0).contains(rest) || (writer.reversed[writer.reversed.count - 1] >= 0x80) != (rest < 0)
    }
  }

  /// The first two parts share a number (X.690 section 8.19.4).
  mutating func put(_ oid: OID) {
    let parts = oid.parts
    guard let first = parts.first else { return }
    var place = parts.endIndex
    while place > parts.startIndex + 2 {
      place -= 1
      put(UInt64(parts[place]))
    }
    put(UInt64(first) * 40 + UInt64(parts.count > 1 ? parts[parts.startIndex + 1] : 0))
  }

  private mutating func put(_ part: UInt64) {
    reversed.append(UInt8(part & 0x7F))
    var rest = part >> 7
    while rest > 0 {
      reversed.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
  }
}
