/// Which pictures are drawn while there is time, and which wait for the next run.
///
/// Those that have waited longest come first: any other leaves them the time they will take, by what a picture has taken
/// on average so far, by its sizes. So none waits for ever, and no picture has to be remembered until all are known.
struct Turns {
  /// Pictures there was no time for, with how many runs each has waited.
  private(set) var waiting: [String: Int] = [:]
  private let remaining: @Sendable () -> Double
  private let atFirst: Double
  private var before: [String: Int]
  /// How many sizes of pictures are still to come, by how many runs they have waited.
  private var ahead: [Int: Int]
  private var drawn = 0

  init(_ input: SiteInput) {
    remaining = input.remaining
    atFirst = input.remaining()
    before = input.waiting
    ahead = Dictionary(input.waiting.map { ($0.value, Self.sizes($0.key)) }, uniquingKeysWith: +)
  }

  /// How often the picture is drawn: once and with two pixels for each point, and where it is large for phones too.
  private static func sizes(_ picture: String) -> Int { picture.hasSuffix("-L.png") ? 3 : 2 }

  /// Whether a run before had no time for it.
  func isWaiting(_ picture: String) -> Bool { before[picture] != nil }

  /// Takes the picture's turn; where this is false it waits for the next run.
  mutating func take(_ picture: String) -> Bool {
    let runs = before.removeValue(forKey: picture) ?? 0
    let sizes = Self.sizes(picture)
    if runs > 0 { ahead[runs, default: sizes] -= sizes }
    guard hasTime(after: runs) else {
      waiting[picture] = runs + 1
      return false
    }
    drawn += sizes
    return true
  }

  private func hasTime(after runs: Int) -> Bool {
    let time = remaining()
    guard time < .infinity else { return true }
    let first = ahead.reduce(0) { $0 + ($1.key > runs ? $1.value : 0) }
    let each = drawn == 0 ? 0 : (atFirst - time) / Double(drawn)
    return time > Double(first) * each
  }
}
