/// What a page or a picture of the site was made from, and when: what would be the same is not made again.
package struct Making: Hashable, Sendable {
  /// A hash of all that it shows but for its samples.
  package var definition: UInt64
  /// The newest slot it shows.
  package var slot: Instant
  package var madeAt: Instant
  /// Which files a picture has, a bit for each; 0 for a page, which is a file itself.
  package var variants: UInt16
  /// The heights of a picture in its formats, in CSS pixels.
  package var heights: [Int]
  /// What a picture says to those who cannot see it, where that took its samples.
  package var words: String

  package init(
    definition: UInt64, slot: Instant, madeAt: Instant, variants: UInt16 = 0, heights: [Int] = [], words: String = ""
  ) {
    self.definition = definition
    self.slot = slot
    self.madeAt = madeAt
    self.variants = variants
    self.heights = heights
    self.words = words
  }
}

/// The pages and pictures of one host, or those of none, as they were last made.
package struct Chapter: Hashable, Sendable {
  /// A hash of all that anything in it can show: while it is the same, nothing in it is looked at.
  package var definition: UInt64
  /// By path; of pictures without what tells their files apart.
  package var makings: [String: Making]

  package init(definition: UInt64 = 0, makings: [String: Making] = [:]) {
    self.definition = definition
    self.makings = makings
  }
}

extension Chapter {
  private static let layout: UInt8 = 1

  package var coded: [UInt8] {
    var writer = ByteWriter(reserving: 64 + makings.count * 80)
    writer.byte(Self.layout)
    writer.unsigned(definition)
    writer.count(makings.count)
    for (path, making) in makings {
      writer.string(path)
      writer.unsigned(making.definition)
      writer.integer(making.slot.seconds)
      writer.integer(making.madeAt.seconds)
      writer.unsigned(UInt64(making.variants))
      writer.count(making.heights.count)
      for height in making.heights { writer.integer(height) }
      writer.string(making.words)
    }
    return writer.bytes
  }

  package init(coded: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(coded)
    guard try reader.byte() == Self.layout else { throw ByteReader.Malformed(offset: 0) }
    definition = try reader.unsigned()
    let count = try reader.count()
    makings = [String: Making](minimumCapacity: min(count, 4_096))
    for _ in 0..<count {
      let path = try reader.string()
      var making = Making(
        definition: try reader.unsigned(), slot: Instant(try reader.integer()), madeAt: Instant(try reader.integer()),
        variants: UInt16(truncatingIfNeeded: try reader.unsigned()))
      for _ in 0..<(try reader.count()) { making.heights.append(try reader.integer()) }
      making.words = try reader.string()
      makings[path] = making
    }
  }
}

/// A chapter on its way to where it is kept.
package struct CodedChapter: Hashable, Sendable {
  package var definition: UInt64
  package var bytes: [UInt8]

  package init(_ chapter: Chapter) {
    definition = chapter.definition
    bytes = chapter.coded
  }
}
