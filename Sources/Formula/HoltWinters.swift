/// What is expected of each value by those before it, and how far it may be off; not numbers where nothing is.
///
/// Exponential smoothing of a level, a trend and a season, additive: Holt (1957), Winters (1960); the deviation is
/// smoothed for each phase of the season as Brutlag (2000, LISA XIV) does for his confidence bands. A value that is
/// unknown teaches nothing: the forecast goes on from what was expected of it.
///
/// - Parameters:
///   - phases: Where in the season each value stands, from 0 to `length`.
///   - length: Values in a season.
func holtWinters(_ values: [Double], phases: [Int], length: Int) -> [(value: Double, deviation: Double)] {
  let nothing = [(value: Double, deviation: Double)](repeating: (.nan, .nan), count: values.count)
  guard let first = values.firstIndex(where: { !$0.isNaN }), first + 2 * length < values.count,
    var state = SeasonState(values, phases, first: first, length: length)
  else { return nothing }
  var result = nothing
  // The first two seasons began it; what it makes of the second tells how well it does.
  for index in first + length..<values.count {
    let expected = state.expected(phases[index])
    if index >= first + 2 * length { result[index] = expected }
    state.learn(values[index], expected.value, phases[index], isDeviationOnly: index < first + 2 * length)
  }
  return result
}

private struct SeasonState {
  private var level: Double
  private var trend: Double
  private var season: [Double]
  private var deviation: [Double]

  /// How fast each follows: the level in some ten values, the trend over a season, the season and its deviation in some
  /// three.
  private let levelShare = 0.1
  private let trendShare: Double
  private let seasonShare = 0.3

  /// A straight line through the means of the first two seasons, and what is left of it; `nil` where fewer than half of
  /// the phases are known in both.
  init?(_ values: [Double], _ phases: [Int], first: Int, length: Int) {
    let pairs = (first..<first + length).filter { !values[$0].isNaN && !values[$0 + length].isNaN }
    guard 2 * pairs.count >= length else { return nil }
    let count = Double(pairs.count)
    let one = pairs.reduce(0) { $0 + values[$1] / count }
    let two = pairs.reduce(0) { $0 + values[$1 + length] / count }
    let slope = (two - one) / Double(length)
    let middle = pairs.reduce(0) { $0 + Double($1 - first) / count }
    let line = (first..<first + 2 * length).map { one + slope * (Double($0 - first) - middle) }
    trend = slope
    trendShare = 0.1 / Double(length)
    level = one + slope * (Double(length - 1) - middle)
    season = SeasonState.means(values, phases, line, first: first, length: length)
    deviation = Array(repeating: .nan, count: length)
  }

  private static func means(
    _ values: [Double], _ phases: [Int], _ line: [Double], first: Int, length: Int
  ) -> [Double] {
    var sums = Array(repeating: 0.0, count: length)
    var counts = Array(repeating: 0.0, count: length)
    for (index, expected) in line.enumerated() where !values[first + index].isNaN {
      sums[phases[first + index]] += (values[first + index] - expected) / 2
      counts[phases[first + index]] += 1
    }
    return zip(sums, counts).map { $1 == 0 ? .nan : $0 * 2 / $1 }
  }

  func expected(_ phase: Int) -> (value: Double, deviation: Double) {
    (level + trend + season[phase], deviation[phase])
  }

  /// Goes on by one value.
  mutating func learn(_ value: Double, _ expected: Double, _ phase: Int, isDeviationOnly: Bool) {
    let before = level
    guard !value.isNaN else {
      level += trend
      return
    }
    if expected.isNaN {
      level += trend
      season[phase] = value - level
      return
    }
    let error = abs(value - expected)
    deviation[phase] = deviation[phase].isNaN ? error : deviation[phase] + seasonShare * (error - deviation[phase])
    guard !isDeviationOnly else {
      level += trend
      return
    }
    level = levelShare * (value - season[phase]) + (1 - levelShare) * (level + trend)
    trend += trendShare * (level - before - trend)
    season[phase] += seasonShare * (value - level - season[phase])
  }
}
