/// How a function is called.
struct Signature: Sendable {
  enum Parameter: Sendable {
    case value
    case period
    case number(ClosedRange<Double>)
  }

  /// What is no value, in its order.
  struct Constants {
    var periods: [CalendarPeriod] = []
    var numbers: [Double] = []
  }

  var name: String
  var parameters: [Parameter]
  /// How many of them, from the end, may be left out.
  var optional = 0
  /// The last parameter may come again and again.
  var isVariadic = false
  /// `shift(X, 1w)`
  var usage: String
  var make: @Sendable (Constants) -> Function

  static let table: [String: Signature] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  static let all: [Signature] =
    [Aggregate.min, .max, .avg, .sum, .count].map { aggregate in
      Signature(
        name: aggregate.rawValue, parameters: [.value], isVariadic: true,
        usage: "\(aggregate.rawValue)(X, Y, …) or \(aggregate.rawValue)('HOST/JOB/*/METRIC')"
      ) { _ in .aggregate(aggregate) }
    } + [
      Signature(name: "clamp", parameters: [.value, .value, .value], usage: "clamp(X, LOW, HIGH)") { _ in .clamp },
      Signature(name: "abs", parameters: [.value], usage: "abs(X)") { _ in .abs },
      Signature(name: "share", parameters: [.value, .value], usage: "share(PART, WHOLE)") { _ in .share },
      Signature(name: "if", parameters: [.value, .value, .value], usage: "if(X > Y, THEN, ELSE)") { _ in .choose },
      Signature(name: "rate", parameters: [.value], usage: "rate(X)") { _ in .rate },
      Signature(name: "delta", parameters: [.value], usage: "delta(X)") { _ in .delta },
      Signature(name: "shift", parameters: [.value, .period], usage: "shift(X, 1w)") { .shift($0.periods[0]) },
      Signature(name: "smooth", parameters: [.value, .period], usage: "smooth(X, 1h)") { .smooth($0.periods[0]) },
      Signature(
        name: "percentile", parameters: [.value, .number(0...100), .period], optional: 1,
        usage: "percentile(X, 95) or percentile(X, 95, over 1d)"
      ) { .percentile($0.numbers[0], $0.periods.first) },
      Signature(
        name: "seasonal", parameters: [.value, .period, .number(2...52)], optional: 1,
        usage: "seasonal(X, 1w) or seasonal(X, 1w, 8)"
      ) { .seasonal($0.periods[0], $0.numbers.first.map { Int($0) } ?? 4) },
      Signature(name: "forecast", parameters: [.value, .period], usage: "forecast(X, 1d)") { .forecast($0.periods[0]) },
    ]
}
