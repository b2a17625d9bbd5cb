import Model

/// One step of a formula in the order it is worked out, operands before what takes them (postfix).
///
/// A flat list and no tree: nothing that is done with it goes deeper than one call, whatever was written.
struct Step: Hashable, Sendable {
  var operation: Operation
  /// What of the text it stands for, in characters.
  var place: Range<Int>
  /// How many results before it it takes.
  var operands: Int
  /// The first step that belongs to it.
  var start: Int
}

enum Operation: Hashable, Sendable {
  /// Without a unit it takes that of what it meets.
  case number(Double, Unit?)
  case series(SeriesID)
  /// Many series: only an aggregate takes them.
  case family(Selector)
  case negative
  case binary(Binary)
  /// `as "bit/s"`: the number stays, its unit is what is said.
  case named(Unit)
  case call(Function)
}

enum Binary: String, Hashable, Sendable {
  case plus = "+"
  case minus = "-"
  case times = "*"
  case over = "/"
  case less = "<"
  case lessOrEqual = "<="
  case more = ">"
  case moreOrEqual = ">="
  case equal = "="
  case unequal = "!="

  var isComparison: Bool {
    switch self {
    case .plus, .minus, .times, .over: false
    default: true
    }
  }

  /// Of two numbers; a comparison is 1 or 0. What is not finite is for the caller to make unknown.
  func of(_ left: Double, _ right: Double) -> Double {
    // A comparison with what is unknown would be false.
    if left.isNaN || right.isNaN { return .nan }
    switch self {
    case .plus: return left + right
    case .minus: return left - right
    case .times: return left * right
    case .over: return right == 0 ? .nan : left / right
    case .less: return left < right ? 1 : 0
    case .lessOrEqual: return left <= right ? 1 : 0
    case .more: return left > right ? 1 : 0
    case .moreOrEqual: return left >= right ? 1 : 0
    case .equal: return left == right ? 1 : 0
    case .unequal: return left != right ? 1 : 0
    }
  }
}

enum Aggregate: String, Hashable, Sendable {
  case min
  case max
  case avg
  case sum
  case count
}

enum Function: Hashable, Sendable {
  case aggregate(Aggregate)
  case clamp
  case abs
  case share
  case choose
  case delta
  case rate
  case shift(CalendarPeriod)
  case smooth(CalendarPeriod)
  /// Over a moving window, or over all the time that is shown.
  case percentile(Double, CalendarPeriod?)
  /// The mean of the same time in so many periods before.
  case seasonal(CalendarPeriod, Int)
  case forecast(CalendarPeriod)

  var isAggregate: Bool { if case .aggregate = self { true } else { false } }
}
