import Model

/// Reads a formula by descent, as deep as `Formula.deepest`.
///
/// ```
/// formula    = comparison ["as" TEXT]
/// comparison = sum [("<" | "<=" | ">" | ">=" | "=" | "!=") sum]
/// sum        = product {("+" | "-") product}
/// product    = signed {("*" | "/") signed}
/// signed     = {"-" | "+"} primary
/// primary    = NUMBER | TEXT | NAME "(" argument {"," argument} ")" | "(" formula ")"
/// argument   = formula | ["over"] PERIOD
/// ```
struct Parser {
  private var lexer: Lexer
  private var token: Token
  private var depth = 0
  private(set) var steps: [Step] = []
  /// The last step of each result that is not taken yet.
  private var open: [Int] = []

  init(_ text: String) throws(FormulaError) {
    let scalars = Array(text.unicodeScalars.prefix(Formula.longest + 1))
    guard scalars.count <= Formula.longest else {
      throw FormulaError(
        "a formula of more than \(Formula.longest) characters", at: Formula.longest..<Formula.longest + 1)
    }
    lexer = Lexer(scalars)
    token = try lexer.next()
  }

  mutating func formula() throws(FormulaError) -> [Step] {
    if token.kind == .end { throw FormulaError("an empty formula", at: 0..<1, help: "write it like 'a/b/c' * 8") }
    try expression()
    if token.kind != .end { throw unexpected(after: "a value", wanted: "one of + - * /") }
    if case .family(let selector) = steps[steps.count - 1].operation {
      throw tooMany(selector, at: steps[steps.count - 1].place)
    }
    return steps
  }

  // MARK: Words

  private mutating func advance() throws(FormulaError) { token = try lexer.next() }

  private mutating func take(_ sign: String) throws(FormulaError) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    try advance()
    return true
  }

  private func unexpected(after what: String, wanted: String) -> FormulaError {
    switch token.kind {
    case .end: return FormulaError("the formula ends after \(what)", at: token.place, help: "it needs \(wanted)")
    case .text(let text):
      return FormulaError("\(text.quoted) cannot follow \(what)", at: token.place, help: "it needs \(wanted)")
    case .word(let word): return unknown(word)
    case .number: return FormulaError("a number cannot follow \(what)", at: token.place, help: "it needs \(wanted)")
    case .sign(")"): return FormulaError("a “)” without its “(”", at: token.place)
    case .sign(let sign):
      return FormulaError("“\(sign)” cannot follow \(what)", at: token.place, help: "it needs \(wanted)")
    }
  }

  private func unknown(_ word: String) -> FormulaError {
    let names = Signature.all.map(\.name)
    guard lexer.isBeforeCall else {
      return FormulaError(
        "\(word.quoted) means nothing here without quotes", at: token.place,
        help: "a series stands in quotes, 'HOST/JOB/METRIC', and a function has a “(” after it", word: word,
        candidates: ["as", "over"])
    }
    return FormulaError(
      "\(word.quoted) is no function", at: token.place, help: "functions are " + names.joined(separator: ", "),
      word: word, candidates: names)
  }

  private func tooMany(_ selector: Selector, at place: Range<Int>) -> FormulaError {
    FormulaError(
      "\(selector.text.quoted) names many series where one is needed", at: place,
      help: "put them together: sum('\(selector.text.printable(limit: 80))'), or min, max, avg, count")
  }

  // MARK: Steps

  /// Puts a step behind its operands.
  private mutating func emit(_ operation: Operation, taking operands: Int, at place: Range<Int>) throws(FormulaError) {
    guard steps.count < Formula.mostSteps else {
      throw FormulaError(
        "a formula of more than \(Formula.mostSteps) numbers, series and signs", at: place,
        help: "sum, min, max and avg take many series in one pattern")
    }
    let taken = open.suffix(operands)
    if case .call(let function) = operation, function.isAggregate {
    } else {
      for index in taken {
        if case .family(let selector) = steps[index].operation { throw tooMany(selector, at: steps[index].place) }
      }
    }
    let start = taken.first.map { steps[$0].start } ?? steps.count
    open.removeLast(operands)
    steps.append(Step(operation: operation, place: place, operands: operands, start: start))
    open.append(steps.count - 1)
  }

  // MARK: Expressions

  private mutating func expression() throws(FormulaError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Formula.deepest else {
      throw FormulaError("nested more than \(Formula.deepest) deep", at: token.place, help: "make two graphs of it")
    }
    try comparison()
    while token.kind == .word("as") { try naming() }
  }

  private mutating func naming() throws(FormulaError) {
    let place = token.place
    try advance()
    let symbol: String
    switch token.kind {
    case .text(let text): symbol = text
    case .word, .sign:
      throw FormulaError("the unit after “as” is not in quotes", at: token.place, help: "write it like as 'bit/s'")
    default: throw unexpected(after: "“as”", wanted: "a unit in quotes, such as 'bit/s'")
    }
    guard let unit = Unit(formula: symbol) else {
      throw FormulaError("\(symbol.quoted) is no unit", at: token.place, help: "write it like 'B', 's', '%' or 'bit/s'")
    }
    try emit(.named(unit), taking: 1, at: place.lowerBound..<token.place.upperBound)
    try advance()
  }

  private mutating func comparison() throws(FormulaError) {
    try sum()
    guard case .sign(let sign) = token.kind, let operation = Binary(rawValue: sign), operation.isComparison
    else { return }
    let place = token.place
    try advance()
    try sum()
    try emit(.binary(operation), taking: 2, at: place)
  }

  private mutating func sum() throws(FormulaError) {
    try product()
    while token.kind == .sign("+") || token.kind == .sign("-") {
      let operation: Binary = token.kind == .sign("+") ? .plus : .minus
      let place = token.place
      try advance()
      try product()
      try emit(.binary(operation), taking: 2, at: place)
    }
  }

  private mutating func product() throws(FormulaError) {
    try signed()
    while token.kind == .sign("*") || token.kind == .sign("/") {
      let operation: Binary = token.kind == .sign("*") ? .times : .over
      let place = token.place
      try advance()
      try signed()
      try emit(.binary(operation), taking: 2, at: place)
    }
  }

  private mutating func signed() throws(FormulaError) {
    var isNegative = false
    var place = token.place
    while token.kind == .sign("-") || token.kind == .sign("+") {
      if token.kind == .sign("-") { isNegative.toggle() }
      place = token.place
      try advance()
    }
    try primary()
    if isNegative { try emit(.negative, taking: 1, at: place) }
  }

  private mutating func primary() throws(FormulaError) {
    let place = token.place
    switch token.kind {
    case .number(let value, let unit, _):
      try emit(.number(value, unit), taking: 0, at: place)
      try advance()
    case .text(let text):
      try emit(try series(text, at: place), taking: 0, at: place)
      try advance()
    case .word(let name):
      guard let signature = Signature.table[name] else { throw unknown(name) }
      try call(signature, at: place)
    case .sign("("):
      try advance()
      try expression()
      guard try take(")") else { throw closing(place) }
    default: throw unexpected(after: steps.isEmpty ? "nothing" : "this", wanted: "a number, a series or a function")
    }
  }

  private func closing(_ place: Range<Int>) -> FormulaError {
    token.kind == .end
      ? FormulaError("a “(” without its “)”", at: place)
      : unexpected(after: "a value", wanted: "one of + - * / or “)”")
  }

  private func series(_ text: String, at place: Range<Int>) throws(FormulaError) -> Operation {
    let selector = Selector(text)
    if text.printable(limit: 1_000) != text {
      throw FormulaError("a series with a control character, or longer than 1000 characters", at: place)
    }
    if !selector.isExact, text.hasSuffix("**") || SeriesID(text) != nil { return .family(selector) }
    guard selector.isExact, let series = SeriesID(text) else {
      throw FormulaError(
        "\(text.quoted) is no series", at: place, help: "write it like HOST/JOB/METRIC or HOST/JOB/INSTANCE/METRIC")
    }
    return .series(series)
  }

  // MARK: Functions

  private mutating func call(_ signature: Signature, at name: Range<Int>) throws(FormulaError) {
    try advance()
    guard try take("(") else {
      throw FormulaError("\(signature.name) has no “(” after it", at: name, help: "write \(signature.usage)")
    }
    var constants = Signature.Constants()
    var values = 0
    var count = 0
    while token.kind != .sign(")") {
      guard signature.isVariadic || count < signature.parameters.count else {
        throw FormulaError(
          "\(signature.name) takes no more than this", at: token.place, help: "write \(signature.usage)")
      }
      switch signature.parameters[min(count, signature.parameters.count - 1)] {
      case .value:
        try expression()
        values += 1
      case .period: constants.periods.append(try period(signature))
      case .number(let range): constants.numbers.append(try number(in: range, signature))
      }
      count += 1
      // `percentile(x, 95 over 1d)`
      guard token.kind != .word("over"), try !take(",") else { continue }
      guard token.kind == .sign(")") else {
        throw token.kind == .end
          ? FormulaError("\(signature.name)( has no “)”", at: name) : unexpected(after: "this", wanted: "“,” or “)”")
      }
    }
    guard count >= signature.parameters.count - signature.optional else {
      throw FormulaError(
        "\(signature.name) needs more than this", at: name.lowerBound..<token.place.upperBound,
        help: "write \(signature.usage)")
    }
    let place = name.lowerBound..<token.place.upperBound
    try emit(.call(signature.make(constants)), taking: values, at: place)
    try advance()
  }

  private mutating func period(_ signature: Signature) throws(FormulaError) -> CalendarPeriod {
    if token.kind == .word("over") { try advance() }
    guard case .number(_, _, let period?) = token.kind, period.length > 0 else {
      throw FormulaError(
        "\(signature.name) needs a length of time here", at: token.place,
        help: "write \(signature.usage), with 30s, 5m, 1h, 1d or 1w, at most ten years")
    }
    try advance()
    return period
  }

  private mutating func number(
    in range: ClosedRange<Double>, _ signature: Signature
  ) throws(FormulaError) -> Double {
    guard case .number(let value, nil, _) = token.kind, range.contains(value) else {
      throw FormulaError(
        "\(signature.name) needs a number from \(Int(range.lowerBound)) to \(Int(range.upperBound)) here",
        at: token.place, help: "write \(signature.usage)")
    }
    try advance()
    return value
  }
}
