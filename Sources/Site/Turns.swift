/// Which pictures are drawn while there is time, and which wait for the next run.
///
/// Those that have waited longest come first: any other leaves them the time they will take, by what a picture has taken
/// on average so far, by its sizes. So none waits for ever, and no picture has to be remembered until all are known.
struct Turns {
  /// Pictures there was no time for, with how many runs each has waited.
  private(set) var waiting: [String: Int] = [:]
  private let remaining: @Sendable () -> Double
  /// Seconds drawing has taken.
  private var spent = 0.0
  private var before: [String: Int]
  /// How many sizes of pictures are still to come, by how many runs they have waited.
  private var ahead: [Int: Int]
  /// Sizes that were drawn, and those that have their turn and wait for it: several are drawn at a time.
  private var drawn = 0
  private var pending = 0

  init(_ input: SiteInput) {
    remaining = input.remaining
    before = input.waiting
    folders = Set(input.waiting.keys.compactMap { $0.split(separator: "/").dropFirst().first.map(String.init) })
    ahead = Dictionary(input.waiting.map { ($0.value, Self.sizes($0.key)) }, uniquingKeysWith: +)
  }

  /// Hosts with pictures that wait, by their folders.
  private let folders: Set<String>

  /// In how many sizes a picture is drawn: for phones too where it is a large one.
  private static func sizes(_ picture: String) -> Int { picture.hasSuffix("-day") ? 3 : 2 }

  /// Whether a run before had no time for a picture of the host.
  func isWaiting(in chapter: String) -> Bool { !folders.isEmpty && folders.contains(fileName(chapter)) }

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
    pending += sizes
    return true
  }

  /// What had its turn has been drawn, in so many seconds.
  mutating func drewAll(in seconds: Double) {
    if seconds.isFinite { spent += seconds }
    drawn += pending
    pending = 0
  }

  /// Before anything was drawn nobody knows how long it takes.
  var batch: Int { drawn == 0 && remaining() < .infinity ? 1 : 48 }

  private func hasTime(after runs: Int) -> Bool {
    let time = remaining()
    guard time < .infinity else { return true }
    let first = ahead.reduce(0) { $0 + ($1.key > runs ? $1.value : 0) }
    let each = drawn == 0 ? 0 : spent / Double(drawn)
    return time > Double(first + pending) * each
  }
}
