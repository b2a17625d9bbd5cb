/// A row of numbers that is the same in every run (xorshift).
struct Chance {
  private var state: UInt64
  init(seed: UInt64) { state = seed | 1 }

  mutating func next(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, count)))
  }

  private static let spice =
    Array("\0\n\r\" '\\|=:;,.{}[]#-+eEUNaninf0987654321/~@\u{7F}é\u{202E}\u{301}".utf8) + [0xFF, 0xC3]

  mutating func mutated(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...next(6) {
      let place = next(bytes.count)
      switch next(5) {
      case 0: bytes.insert(Chance.spice[next(Chance.spice.count)], at: place)
      case 1 where !bytes.isEmpty: bytes.remove(at: place)
      case 2 where !bytes.isEmpty: bytes[place] = Chance.spice[next(Chance.spice.count)]
      case 3: bytes = Array(bytes[..<place])
      default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + next(20))], at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
