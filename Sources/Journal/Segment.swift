import Model

/// A file of the journal, by its name: `00000017-2026-07-25.journal` is segment 17, begun with a slot of that UTC day.
struct Segment: Hashable, Comparable {
  /// The first bytes of every segment.
  static let magic = Array("redeye-journal1\n".utf8)

  let number: Int
  let day: Int

  init(number: Int, slot: Instant) {
    self.number = number
    self.day = slot.slot(step: 86_400).seconds / 86_400
  }

  init?(name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0].count >= 8, parts[3].hasSuffix(".journal"), let number = Int(parts[0]),
      let year = Int(parts[1]), let month = Int(parts[2]), let day = Int(parts[3].dropLast(8)), number > 0,
      (0...9_999).contains(year)
    else { return nil }
    self.number = number
    self.day = Civil(year: year, month: month, day: day).daysFromEpoch
  }

  var name: String {
    "\(padded(number, to: 8))-\(dateText(Civil(secondsFromEpoch: day * 86_400))).journal"
  }

  /// The end of its day.
  var end: Instant { Instant((day + 1) * 86_400) }

  static func < (left: Segment, right: Segment) -> Bool { left.number < right.number }
}
