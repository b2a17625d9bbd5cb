import Config
import Model
import SLA
import TestSupport
import Testing

struct JudgeTests {
  private let up = SeriesID(host: "www", job: "website", metric: "up")

  private func seen(_ slot: Int, _ value: Double?, _ failure: Failure? = nil, of series: String? = nil) -> Observation {
    Observation(slot: Instant(slot), series: series.flatMap { SeriesID($0) } ?? up, value: value, failure: failure)
  }

  private func judged(
    _ observations: [Observation], by rule: Objective = objective(), from: Int = 0, to: Int
  ) -> [LedgerInterval] {
    judge(
      rule, observations: observations, from: Instant(from), to: Instant(to), configuration: "c0ffee", zone: .utc)
  }

  @Test func `equal neighbours are one interval`() {
    let ledger = judged([seen(0, 1), seen(60, 1), seen(120, 0), seen(180, 0), seen(240, 1)], to: 300)
    let bad = "up is 0, minimum 1"
    #expect(ledger == [interval(0, 120, .good), interval(120, 240, .bad, bad), interval(240, 300, .good)])
  }

  @Test func `a slot nobody observed is unknown because the collector did not run`() {
    let ledger = judged([seen(0, 1), seen(240, 1)], to: 420)
    let missing = "collector did not run"
    #expect(
      ledger == [
        interval(0, 60, .good), interval(60, 240, .unknown, missing), interval(240, 300, .good),
        interval(300, 420, .unknown, missing),
      ])
  }

  @Test func `an hour without a run is an hour unknown, never good and never bad`() {
    #expect(judged([], to: 3_600) == [interval(0, 3_600, .unknown, "collector did not run")])
  }

  @Test func `no value is unknown with its failure`() {
    let timeout = Failure(.timeout, "no answer from 192.0.2.1\nin 5 s")
    let ledger = judged([seen(0, nil, timeout), seen(60, nil), seen(120, .nan), seen(180, .infinity)], to: 240)
    #expect(
      ledger == [
        interval(0, 60, .unknown, "timeout: no answer from 192.0.2.1\u{FFFD}in 5 s"),
        interval(60, 120, .unknown, "no value"), interval(120, 240, .unknown, "the value is not a number"),
      ])
  }

  @Test(
    arguments: [
      (Tolerance(minimum: 1), 0, "up is 0, minimum 1"),
      (Tolerance(maximum: 0.08), 0.0831, "up is 83.1 ms, maximum 80 ms"),
      (Tolerance(equals: 3), 2, "up is 2 s, must be 3 s"),
      (Tolerance(minimum: 1, maximum: 2), 3, "up is 3 s, maximum 2 s"),
      (Tolerance(minimum: 1), 0.999_999, "up is 0.999999 s, minimum 1 s"),
    ] as [(Tolerance, Double, String)])
  func `a cause names the rule and the value`(tolerance: Tolerance, value: Double, cause: String) {
    let unit = cause.hasSuffix("s") ? Unit.seconds : .none
    let observation = Observation(slot: Instant(0), series: up, value: value, unit: unit)
    let ledger = judged([observation], by: objective(tolerance: tolerance), to: 60)
    #expect(ledger.map { $0.cause.replacing(thinSpace, with: " ") } == [cause])
    #expect(ledger.first?.verdict == .bad)
  }

  @Test(
    arguments: [
      (Tolerance(minimum: 1), 1), (Tolerance(maximum: 1), 1), (Tolerance(equals: 1), 1), (Tolerance(), -5),
      (Tolerance(minimum: 0, maximum: 2), 1),
    ] as [(Tolerance, Double)])
  func `a bound itself is good`(tolerance: Tolerance, value: Double) {
    #expect(judged([seen(0, value)], by: objective(tolerance: tolerance), to: 60) == [interval(0, 60, .good)])
  }

  @Test func `a glob is bad when any of its series is, and names it`() {
    let loss = objective(series: "*/ping/loss", tolerance: Tolerance(maximum: 5))
    let timeout = Failure(.timeout, "no answer")
    let ledger = judged(
      [
        seen(0, 0, of: "a/ping/loss"), seen(0, 20, of: "c/ping/loss"), seen(0, nil, timeout, of: "b/ping/loss"),
        seen(60, nil, timeout, of: "b/ping/loss"), seen(60, 0, of: "a/ping/loss"), seen(120, 0, of: "a/ping/loss"),
        seen(120, 1, of: "b/ping/loss"),
      ], by: loss, to: 180)
    #expect(
      ledger == [
        interval(0, 60, .bad, "c/ping/loss is 20, maximum 5"),
        interval(60, 120, .unknown, "b/ping/loss: timeout: no answer"), interval(120, 180, .good),
      ])
  }

  @Test func `a cause does not depend on the order in which jobs came home`() {
    let loss = objective(series: "*/ping/loss", tolerance: Tolerance(maximum: 5))
    let observations = ["d", "b", "a", "c"].map { seen(0, 20, of: "\($0)/ping/loss") }
    #expect(judged(observations, by: loss, to: 60) == judged(observations.reversed(), by: loss, to: 60))
  }

  @Test func `a replayed journal changes nothing, and a late value beats none`() {
    let once = [seen(0, 1), seen(60, 0), seen(120, nil)]
    #expect(judged(once + once, to: 180) == judged(once, to: 180))
    #expect(judged([seen(0, 1), seen(0, nil)], to: 60) == [interval(0, 60, .good)])
    #expect(judged([seen(0, nil), seen(0, 1)], to: 60) == [interval(0, 60, .good)])
  }

  @Test func `observations outside the span are left alone`() {
    let ledger = judged([seen(0, 0), seen(60, 1), seen(120, 0)], from: 60, to: 120)
    #expect(ledger == [interval(60, 120, .good)])
  }

  @Test func `a span that begins or ends inside a slot is judged to the second`() {
    #expect(judged([seen(0, 1), seen(60, 0)], from: 17, to: 97).map(\.span.seconds) == [43, 37])
    #expect(judged([seen(0, 1)], from: 60, to: 60).isEmpty)
    #expect(judged([seen(0, 1)], from: 60, to: 0).isEmpty)
  }

  @Test func `a finer series counts in the slot it lies in`() {
    #expect(judged([seen(0, 1), seen(20, 0), seen(40, 1)], to: 60).map(\.verdict) == [.bad])
  }

  @Test func `service hours split a slot to the second`() {
    let hours = ServiceHours.weekly([WeeklyHours(days: [0, 1, 2, 3, 4, 5, 6], from: 1, to: 8)])
    let ledger = judged([seen(0, 1), seen(300, 0)], by: objective(step: 300, hours: hours), to: 600)
    let closed = "outside service hours"
    #expect(
      ledger == [
        interval(0, 60, .excluded, closed), interval(60, 300, .good), interval(300, 480, .bad, "up is 0, minimum 1"),
        interval(480, 600, .excluded, closed),
      ])
  }

  @Test func `every second of random observations has the verdict a second by second count gives`() {
    var random = SeededRandom(11)
    for round in 0..<300 {
      let story = Story(&random)
      let ledger = judge(
        story.objective, observations: story.observations.shuffled(using: &random), from: story.span.from,
        to: story.span.to, configuration: "", zone: berlin)
      #expect(isPartition(ledger, of: story.span), "round \(round)")
      var index = 0
      for second in story.span.from.seconds..<story.span.to.seconds {
        let instant = Instant(second)
        while ledger[index].span.to <= instant { index += 1 }
        guard ledger[index].verdict == story.verdict(at: instant) else {
          Issue.record("round \(round), second \(second - story.span.from.seconds)")
          break
        }
      }
    }
  }

  @Test func `a thousand objectives are judged in a moment`() {
    let objectives = (0..<1_000).map { _ in objective(hours: .weekly([officeHours])) }
    let now = berlinTime(2026, 11, 20, 14, 5)
    let clock = ContinuousClock()
    let time = clock.measure {
      for objective in objectives {
        let observation = Observation(slot: now, series: up, value: 1)
        let ledger = judge(
          objective, observations: [observation], from: now, to: now + 60, configuration: "", zone: berlin)
        #expect(ledger.count == 1)
      }
    }
    print("judging 1,000 objectives: \(time)")
    #expect(time < .seconds(1) * patience)
  }
}

private func isPartition(_ ledger: [LedgerInterval], of span: Span) -> Bool {
  ledger.first?.span.from == span.from && ledger.last?.span.to == span.to
    && zip(ledger, ledger.dropFirst()).allSatisfy { left, right in
      left.span.to == right.span.from && (left.verdict != right.verdict || left.cause != right.cause)
    }
}

/// Random observations with what each second should be, found in the slowest way there is.
private struct Story {
  let objective: Objective
  let observations: [Observation]
  let span: Span
  private let bySlot: [Instant: [Observation]]

  init(_ random: inout SeededRandom) {
    let step = [1, 7, 60, 300].randomElement(using: &random) ?? 60
    let hours: [ServiceHours] = [.always, .weekly([officeHours]), .weekly([nights]), .weekly([officeHours, nights])]
    let names = ["a", "b", "c"].prefix(Int.random(in: 1...3, using: &random))
    objective = SLATests.objective(
      series: names.count == 1 ? "a/ping/loss" : "*/ping/loss", step: step, tolerance: Tolerance(maximum: 5),
      hours: hours.randomElement(using: &random) ?? .always)
    let edges = [6, 8, 18, 22].map { berlinTime(2026, 1, Int.random(in: 5...11, using: &random), $0) }
    let edge = edges.randomElement(using: &random) ?? berlinTime(2026, 1, 5)
    let from = edge - Int.random(in: 0...900, using: &random)
    span = Span(from: from, to: from + Int.random(in: 1...1_000, using: &random))
    var observations: [Observation] = []
    for slot in stride(from: from.slot(step: step).seconds - step, to: span.to.seconds + step, by: step) {
      for name in names where Int.random(in: 0...9, using: &random) > 0 {
        let values: [Double?] = [nil, 0, 0, 0, 20]
        let value = values.randomElement(using: &random) ?? nil
        observations.append(
          Observation(slot: Instant(slot), series: SeriesID(host: name, job: "ping", metric: "loss"), value: value))
      }
    }
    self.observations = observations
    bySlot = Dictionary(grouping: observations, by: \.slot)
  }

  func verdict(at instant: Instant) -> Verdict {
    guard isServiceTime(instant, objective.hours, berlin) else { return .excluded }
    let slot = bySlot[instant.slot(step: objective.step)] ?? []
    if slot.contains(where: { ($0.value ?? 0) > 5 }) { return .bad }
    return slot.isEmpty || slot.contains { $0.value == nil } ? .unknown : .good
  }
}
