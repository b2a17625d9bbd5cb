import Config
import Model

/// How the jobs of one kind share the time there is: decided before the first of them is asked, so that the run ends in
/// time whatever they do.
///
/// Whoever answers gets all the time of its job. Whoever was silent is asked briefly; so is whoever was never heard,
/// where all together could take more than the run has. What does not fit is left out, the least urgent first.
struct Shares {
  /// With all their time, the most urgent first.
  var full: [Assignment] = []
  /// Asked briefly, each so many seconds.
  var short: [(assignment: Assignment, patience: Double)] = []
  var leftOut: [Assignment] = []
  /// Whether all together could take more than the run has.
  let isCrowded: Bool

  /// The share of the time that is given away: the rest is for what takes longer than it did.
  private static let givenAway = 0.9

  private let load: Load
  private let seconds: Double
  private let exempt: Set<JobID>

  /// - Parameter exempt: Jobs that are always asked in full: the guards.
  init(_ assignments: [Assignment], kind: String, seconds: Double, load: Load, exempt: Set<JobID> = []) {
    self.load = load
    self.seconds = seconds
    self.exempt = exempt
    let lanes = load.lanes(kind)
    let all = assignments.reduce(0) { $0 + load.seconds(of: $1.job, taking: $1.expected, isWaiting: $1.usual == nil) }
    isCrowded = assignments.count > lanes && all > seconds * 0.6
    let ordered = assignments.map { (assignment: $0, first: isExempt($0), urgency: $0.urgency) }
      .sorted {
        ($0.first ? 0 : 1, -$0.urgency, $0.assignment.job.id) < ($1.first ? 0 : 1, -$1.urgency, $1.assignment.job.id)
      }
      .map(\.assignment)
    share(ordered.filter { !isDoubtful($0) }, ordered.filter(isDoubtful), lanes: lanes)
  }

  private func isExempt(_ assignment: Assignment) -> Bool {
    assignment.isOnce || exempt.contains(assignment.job.id)
  }

  private func isDoubtful(_ assignment: Assignment) -> Bool {
    guard assignment.hasShortForm, !isExempt(assignment) else { return false }
    let silent = assignment.learned.silent
    if isCrowded { return silent > 0 || assignment.usual == nil }
    return silent >= Assignment.dead && assignment.learned.isConfirmed && !assignment.isFullTurn
  }

  private mutating func share(_ sure: [Assignment], _ doubtful: [Assignment], lanes: Int) {
    let shorts = doubtful.map { (assignment: $0, patience: $0.patience(isCrowded: isCrowded)) }
    let briefly = shorts.map {
      load.seconds(of: $0.assignment.shortened(to: $0.patience).job, taking: $0.patience, isWaiting: true)
    }
    let all = seconds * Shares.givenAway
    var used = 0.0
    for assignment in sure {
      used += load.seconds(of: assignment.job, taking: assignment.expected, isWaiting: assignment.usual == nil)
      let fits = used <= all - min(briefly.reduce(0, +), all * 0.4) || full.count < lanes || isExempt(assignment)
      if fits { full.append(assignment) } else { leftOut.append(assignment) }
    }
    used = min(used, all)
    for (short, seconds) in zip(shorts, briefly) {
      used += seconds
      if used <= all || self.short.count < lanes { self.short.append(short) } else { leftOut.append(short.assignment) }
    }
  }
}
