/// Lines for a person, who needs to see the first ones and how many there are.
struct ProblemList {
  private static let limit = 20
  private var kept: [String] = []
  private var dropped = 0

  mutating func add(_ line: String) {
    if kept.count < ProblemList.limit { kept.append(line) } else { dropped += 1 }
  }

  var lines: [String] { dropped == 0 ? kept : kept + ["and \(dropped) more of the series"] }
}
