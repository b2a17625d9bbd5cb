import Config
import Model
import SLA
import TestSupport
import Testing

struct CountingTests {
  private let day = Span(from: Instant(0), to: Instant(86_400))

  private func sum(
    _ objective: Objective, _ ledger: [LedgerInterval], now: Int = 86_400, in window: Span? = nil,
    isRolling: Bool = false
  ) -> Figure {
    figure(
      objective, window: window ?? day, windowLabel: "a day", isRolling: isRolling, ledger: ledger, now: Instant(now),
      zone: .utc)
  }

  @Test func `a month of 43 200 minutes adds up as the report says`() {
    let month = Span(from: Instant(0), to: Instant(2_592_000))
    let ledger = [
      interval(0, 5_400, .excluded), interval(5_400, 6_960, .bad), interval(6_960, 7_620, .unknown),
      interval(7_620, 2_592_000, .good),
    ]
    let figure = sum(objective(), ledger, now: 2_592_000, in: month)
    #expect(figure.service == 2_586_600)
    #expect(figure.budget == 2_586)
    #expect(figure.left == 1_026)
    #expect(figure.availabilityText == "99.939\u{202F}%")
    #expect(figure.coverageText == "99.9\u{202F}%")
    #expect(figure.lowerBoundText == "99.914\u{202F}%")
    #expect(figure.standing == .met)
  }

  // The table of allowed bad time, in seconds: day, week, 30 d, quarter of 91.25 d, year of 365 d.
  @Test(
    arguments: [
      (0.99, [864, 6_048, 25_920, 78_840, 315_360]), (0.995, [432, 3_024, 12_960, 39_420, 157_680]),
      (0.999, [86, 604, 2_592, 7_884, 31_536]), (0.9995, [43, 302, 1_296, 3_942, 15_768]),
      (0.9999, [8, 60, 259, 788, 3_153]), (1, [0, 0, 0, 0, 0]),
      (0, [86_400, 604_800, 2_592_000, 7_884_000, 31_536_000]),
    ] as [(Double, [Int])])
  func `the budget is what the target leaves, cut`(target: Double, budgets: [Int]) {
    let lengths = [86_400, 604_800, 2_592_000, 7_884_000, 31_536_000]
    for (length, budget) in zip(lengths, budgets) {
      let window = Span(from: Instant(0), to: Instant(length))
      let figure = sum(objective(target: target), [interval(0, 60, .good)], now: 60, in: window)
      #expect(figure.budget == budget)
    }
  }

  @Test func `before the first verdict nothing is said`() {
    let figure = sum(objective(), [])
    #expect(figure.availability == nil)
    #expect(figure.availabilityText == "–" && figure.coverageText == "–")
    #expect(figure.standing == .notEnoughData && figure.isVoid)
    #expect(figure.service == 0 && figure.until == day.from)
    #expect(figure.budget == 86)
  }

  @Test func `time before the first verdict is not service time`() {
    let figure = sum(objective(target: 0.9), [interval(43_200, 86_400, .good)])
    #expect(figure.inServiceSince == Instant(43_200))
    #expect(figure.service == 43_200 && figure.unknown == 0)
    #expect(figure.budget == 4_320)
    #expect(sum(objective(), [interval(-60, 86_400, .good)]).inServiceSince == nil)
  }

  @Test func `counting ends with what was judged, with now and with the window`() {
    #expect(sum(objective(), [interval(0, 600, .good)]).until == Instant(600))
    #expect(sum(objective(), [interval(0, 600, .good)], now: 570).good == 570)
    #expect(sum(objective(), [interval(0, 90_000, .good)], now: 90_000).good == 86_400)
  }

  @Test func `a hole in the ledger is unknown`() {
    let figure = sum(objective(), [interval(0, 600, .good), interval(1_200, 86_400, .good)])
    #expect(figure.unknown == 600)
  }

  @Test func `no second counts twice`() {
    let figure = sum(
      objective(), [interval(0, 600, .good), interval(300, 900, .bad), interval(0, 600, .bad), interval(0, 0, .bad)])
    #expect(figure.good == 600 && figure.bad == 300)
  }

  @Test(arguments: [
    (UnknownPolicy.exclude, 300, 60, 240, 0), (.bad, 300, 300, 0, 240), (.good, 540, 60, 0, 240),
    (.carry(2), 300, 180, 120, 120), (.carry(9), 300, 300, 0, 240), (.carry(0), 300, 60, 240, 0),
  ])
  func `unknown time counts as its policy says`(policy: UnknownPolicy, good: Int, bad: Int, unknown: Int, assumed: Int)
  {
    let ledger = [interval(0, 300, .good), interval(300, 360, .bad), interval(360, 600, .unknown)]
    let figure = sum(objective(unknown: policy), ledger)
    #expect(figure.good == good && figure.bad == bad && figure.unknown == unknown && figure.assumed == assumed)
    #expect(figure.service == 600)
    #expect(figure.coverage == 0.6)
  }

  @Test func `a carried verdict does not outlive a night of excluded time`() {
    let ledger = [interval(0, 300, .good), interval(300, 40_000, .excluded), interval(40_000, 40_600, .unknown)]
    #expect(sum(objective(unknown: .carry(3)), ledger).unknown == 600)
    #expect(sum(objective(unknown: .carry(3)), [interval(0, 600, .unknown)]).unknown == 600)
  }

  @Test func `a verdict is carried into the window from before it`() {
    let ledger = [interval(-60, 0, .bad), interval(0, 600, .unknown)]
    #expect(sum(objective(unknown: .carry(3)), ledger).bad == 180)
  }

  @Test func `too little measured time makes the figure void, not a hundred percent`() {
    let ledger = [interval(0, 60_000, .good), interval(60_000, 86_400, .unknown)]
    #expect(sum(objective(), ledger).isVoid)
    #expect(sum(objective(), ledger).standing == .notEnoughData)
    #expect(sum(objective(), ledger).markedAvailabilityText == "100.000\u{202F}% (void)")
    #expect(sum(objective(), []).markedAvailabilityText == "–")
    #expect(sum(objective(unknown: .good), ledger).isVoid)
    #expect(sum(objective(unknown: .bad), ledger).standing == .broken)
    let atFloor = [interval(0, 82_080, .good), interval(82_080, 86_400, .unknown)]
    #expect(!sum(objective(), atFloor).isVoid)
  }

  @Test(arguments: [(600, 43_200), (600, 86_400), (80_000, 86_400), (0, 43_200)])
  func `a void figure is neither met nor at risk nor broken`(bad: Int, now: Int) {
    let ledger = [interval(0, bad, .bad), interval(bad, bad + 60, .good), interval(bad + 60, now, .unknown)]
    let figure = sum(objective(target: 0.99, minimumCoverage: 0.9999), ledger, now: now)
    #expect(figure.isVoid)
    #expect(figure.standing == .notEnoughData)
  }

  @Test(arguments: [
    (0, Figure.Standing.met), (100, .met), (432, .met), (433, .atRisk), (864, .atRisk), (865, .broken),
  ])
  func `half a day in, half of the budget may be gone`(bad: Int, standing: Figure.Standing) {
    let ledger = [interval(0, bad, .bad), interval(bad, 43_200, .good)]
    #expect(sum(objective(target: 0.99), ledger, now: 43_200).standing == standing)
  }

  @Test func `a window that used exactly its budget is met`() {
    #expect(sum(objective(target: 0.99), [interval(0, 864, .bad), interval(864, 86_400, .good)]).standing == .met)
    #expect(sum(objective(target: 0.99), [interval(0, 865, .bad), interval(865, 86_400, .good)]).standing == .broken)
    #expect(sum(objective(target: 1), [interval(0, 86_400, .good)]).standing == .met)
    #expect(
      sum(objective(target: 1), [interval(0, 1, .bad), interval(1, 86_400, .good)], now: 600).standing == .broken)
  }

  @Test func `a window that ended below its target is broken with budget left`() {
    let ledger = [interval(0, 860, .bad), interval(860, 83_000, .good), interval(83_000, 86_400, .unknown)]
    let figure = sum(objective(target: 0.99), ledger)
    #expect(figure.left == 4 && figure.availabilityText == "98.963\u{202F}%")
    #expect(figure.standing == .broken)
  }

  @Test func `a rolling window has the budget of all its length from the first slot on`() {
    let ledger = [interval(86_280, 86_340, .bad), interval(86_340, 86_400, .good)]
    let figure = sum(objective(target: 0.99), ledger, isRolling: true)
    #expect(figure.wholeService == 86_400 && figure.budget == 864 && figure.left == 804)
    #expect(figure.service == 120 && figure.availability == 0.5 && figure.inServiceSince == Instant(86_280))
    #expect(figure.standing == .atRisk)
    #expect(sum(objective(target: 0.99), [interval(86_340, 86_400, .good)], isRolling: true).standing == .met)
    #expect(sum(objective(target: 0.99), [interval(85_500, 86_400, .bad)], isRolling: true).standing == .broken)
    #expect(sum(objective(), [], isRolling: true).budget == 86)
  }

  @Test func `a rolling window that is filled is held against its target, whenever the last slot was judged`() {
    let ledger = [interval(-60, 860, .bad), interval(860, 83_000, .good), interval(83_000, 86_340, .unknown)]
    let figure = sum(objective(target: 0.99), ledger, isRolling: true)
    #expect(figure.left == 4 && figure.inServiceSince == nil)
    #expect(figure.standing == .broken)
  }

  @Test func `service hours bound the budget of a rolling window, also before the first slot`() {
    let hours = ServiceHours.weekly([WeeklyHours(days: [0, 1, 2, 3, 4, 5, 6], from: 480, to: 1_080)])
    let figure = sum(
      objective(target: 0.99, hours: hours), [interval(61_200, 64_800, .good), interval(64_800, 86_400, .excluded)],
      isRolling: true)
    #expect(figure.service == 3_600 && figure.wholeService == 36_000 && figure.budget == 360)
  }

  @Test func `service hours bound the budget of the whole window`() {
    let hours = ServiceHours.weekly([WeeklyHours(days: [0, 1, 2, 3, 4, 5, 6], from: 480, to: 1_080)])
    let ledger = [interval(0, 28_800, .excluded), interval(28_800, 32_400, .good)]
    let figure = sum(objective(target: 0.99, hours: hours), ledger, now: 32_400)
    #expect(figure.service == 3_600 && figure.excluded == 28_800)
    #expect(figure.wholeService == 36_000 && figure.budget == 360)
  }

  @Test func `a day of 23 or 25 hours has the budget of its seconds`() {
    for (date, budget) in [(berlinTime(2025, 3, 30, 12), 828), (berlinTime(2025, 10, 26, 12), 900)] {
      let span = window(.calendar(.day), containing: date, zone: berlin)
      let ledger = [interval(span.from.seconds, span.to.seconds, .good)]
      let figure = figure(
        objective(target: 0.99), window: span, windowLabel: "", ledger: ledger, now: span.to, zone: berlin)
      #expect(figure.budget == budget)
      #expect(figure.availability == 1)
    }
  }

  @Test func `two thousand random ledgers add up second by second`() {
    var random = SeededRandom(2026)
    for round in 0..<2_000 {
      let tale = Tale(&random)
      let figure = figure(
        tale.objective, window: tale.window, windowLabel: "", isRolling: tale.isRolling, ledger: tale.ledger,
        now: tale.now, zone: berlin)
      let count = tale.count()
      #expect(figure.good == count.good && figure.bad == count.bad, "round \(round)")
      #expect(figure.unknown == count.unknown && figure.excluded == count.excluded, "round \(round)")
      #expect(figure.assumed == count.assumed && figure.wholeService == count.service, "round \(round)")
      #expect(figure.service == figure.good + figure.bad + figure.unknown)
      #expect(figure.availabilityText.hasPrefix("100") == (figure.bad == 0 && figure.good > 0))
    }
  }

  @Test func `more bad time never looks better`() {
    var last: (standing: Int, left: Int) = (0, .max)
    let order: [Figure.Standing] = [.met, .atRisk, .broken]
    for bad in stride(from: 0, through: 2_000, by: 20) {
      let ledger = [interval(0, bad, .bad), interval(bad, 43_200, .good)]
      let figure = sum(objective(target: 0.99), ledger, now: 43_200)
      let standing = order.firstIndex(of: figure.standing) ?? -1
      #expect(standing >= last.standing && figure.left < last.left)
      last = (standing, figure.left)
    }
  }

  @Test func `a month of a thousand objectives is summed in a moment`() {
    let month = Span(from: Instant(0), to: Instant(2_592_000))
    let ledger = (0..<200).map { interval($0 * 12_960, ($0 + 1) * 12_960, $0.isMultiple(of: 7) ? .bad : .good) }
    let time = ContinuousClock().measure {
      for _ in 0..<1_000 { #expect(sum(objective(), ledger, now: 2_592_000, in: month).service == 2_592_000) }
    }
    print("summing 1,000 months of 200 intervals: \(time)")
    #expect(time < .seconds(5) * patience)
  }
}

/// A random ledger and what each second of it should count as, found in the slowest way there is.
private struct Tale {
  struct Count {
    var good = 0
    var bad = 0
    var unknown = 0
    var excluded = 0
    var assumed = 0
    /// Of the whole window.
    var service = 0
  }

  let objective: Objective
  let ledger: [LedgerInterval]
  let window: Span
  let isRolling: Bool
  let now: Instant

  init(_ random: inout SeededRandom) {
    let hours: [ServiceHours] = [.always, .always, .weekly([officeHours]), .weekly([nights, officeHours])]
    let policies: [UnknownPolicy] = [.exclude, .bad, .good, .carry(Int.random(in: 0...5, using: &random))]
    objective = SLATests.objective(
      step: [1, 5, 60].randomElement(using: &random) ?? 60, hours: hours.randomElement(using: &random) ?? .always,
      unknown: policies.randomElement(using: &random) ?? .exclude)
    let edge = berlinTime(
      2026, 1, Int.random(in: 5...11, using: &random), [6, 8, 18, 22].randomElement(using: &random) ?? 6)
    let from = edge - Int.random(in: 0...300, using: &random)
    window = Span(from: from, to: from + Int.random(in: 1...600, using: &random))
    isRolling = .random(using: &random)
    now = from + Int.random(in: -60...700, using: &random)
    var ledger: [LedgerInterval] = []
    var cursor = from.seconds + Int.random(in: -200...200, using: &random)
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let length = Int.random(in: 0...120, using: &random)
      let verdict = Verdict.allCases.randomElement(using: &random) ?? .good
      ledger.append(interval(cursor, cursor + length, verdict))
      // Mostly end to end, now and then with a hole or an overlap.
      cursor += length + ([0, 0, 0, 30, -15].randomElement(using: &random) ?? 0)
    }
    self.ledger = ledger.shuffled(using: &random)
  }

  func count() -> Count {
    var count = Count()
    let filled = ledger.filter { !$0.span.isEmpty }
    let start = filled.map(\.span.from.seconds).min() ?? window.from.seconds
    let judged = filled.map(\.span.to.seconds).max() ?? window.from.seconds
    let until = min(judged, now.seconds, window.to.seconds)
    var measured: (verdict: Verdict, second: Int)?
    for second in min(start, window.from.seconds)..<window.to.seconds {
      let isService = isServiceTime(Instant(second), objective.hours, berlin)
      guard second < until else {
        if second >= (isRolling ? window.from.seconds : max(start, window.from.seconds)), isService {
          count.service += 1
        }
        continue
      }
      guard second >= start else {
        if isRolling, second >= window.from.seconds, isService { count.service += 1 }
        continue
      }
      var verdict = self.verdict(second, filled) ?? (isService ? .unknown : .excluded)
      var isAssumed = false
      if verdict == .good || verdict == .bad {
        measured = (verdict, second)
      } else if verdict == .unknown, let assumed = assumed(second, measured) {
        (verdict, isAssumed) = (assumed, true)
      }
      if second >= window.from.seconds { count.add(verdict, isAssumed) }
    }
    return count
  }

  private func verdict(_ second: Int, _ filled: [LedgerInterval]) -> Verdict? {
    filled.filter { $0.span.contains(Instant(second)) }.min { $0.span.from < $1.span.from }?.verdict
  }

  private func assumed(_ second: Int, _ measured: (verdict: Verdict, second: Int)?) -> Verdict? {
    switch objective.unknown {
    case .exclude: return nil
    case .bad: return .bad
    case .good: return .good
    case .carry(let slots):
      guard let measured, second < measured.second + 1 + slots * objective.step else { return nil }
      return measured.verdict
    }
  }
}

extension Tale.Count {
  fileprivate mutating func add(_ verdict: Verdict, _ isAssumed: Bool) {
    switch verdict {
    case .good: good += 1
    case .bad: bad += 1
    case .unknown: unknown += 1
    case .excluded: excluded += 1
    }
    if verdict != .excluded { service += 1 }
    if isAssumed { assumed += 1 }
  }
}
