import Platform

/// What a person at a terminal sees while a run goes on: how far its stage is and what time is left for it.
final class RunProgress {
  private let line = LiveLine()
  /// Of what the stage has to do, how much is done; a new one for each stage.
  private(set) var tally = Tally()

  /// - Parameters:
  ///   - total: How many there are to do; `nil` where that is not known before.
  ///   - end: Monotonic seconds at which the stage is over, done or not.
  func begin(_ stage: String, of total: Int?, _ things: String, until end: Double = .infinity) {
    let tally = Tally()
    self.tally = tally
    line.show {
      let share = total.map { "\(min(tally.count, $0)) of \($0)" } ?? "\(tally.count)"
      let left = end - Clock.monotonic()
      let time = left.isFinite && left > 0 ? ", at most \(Int(left.rounded(.up))) s left" : ""
      return "\(stage): \(share) \(things)\(time)"
    }
  }

  func end() { line.end() }
}
