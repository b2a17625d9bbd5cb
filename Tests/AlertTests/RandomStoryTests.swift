import Alert
import Config
import Model
import TestSupport
import Testing

struct RandomStoryTests {
  @Test func `a thousand random stories keep every promise`() {
    var random = SeededRandom(42)
    for round in 0..<1_000 {
      var world = World(holdDown: [0, 60, 180].randomElement(using: &random) ?? 0, steps: randomLadder(&random))
      world.minute = Int.random(in: 0...1_440, using: &random)
      for _ in 0..<20 {
        if Int.random(in: 0...14, using: &random) == 0 {
          world.acknowledge(by: "alice", minutes: [nil, 1, 5, 30].randomElement(using: &random) ?? nil)
        }
        world.live(randomStretch(&random))
        guard keepsItsWord(world) else {
          Issue.record("round \(round): \(world.log)")
          return
        }
      }
    }
  }

  private func randomStretch(_ random: inout SeededRandom) -> String {
    let letter = Array("gggbbbbbbuxGBUX").randomElement(using: &random) ?? "g"
    return String(repeating: letter, count: Int.random(in: 1...8, using: &random))
  }

  private func randomLadder(_ random: inout SeededRandom) -> [Escalation.Step]? {
    let targets = ["oncall", "managers", "clumsy", "empty", "alice", "nowhere"]
    guard Int.random(in: 0...9, using: &random) > 0 else { return nil }
    var steps: [Escalation.Step] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      steps.append(.notify(targets.randomElement(using: &random) ?? "oncall", next: Bool.random(using: &random)))
      steps.append(.wait(Int.random(in: 0...900, using: &random)))
    }
    return Bool.random(using: &random) ? steps + [.repeating(Int.random(in: 0...900, using: &random))] : steps
  }

  private func keepsItsWord(_ world: World) -> Bool {
    let open = world.incidents.filter { $0.phase == .open }
    let numbers = world.incidents.map(\.number)
    return open.count <= 1 && numbers == Array(1..<world.nextNumber)
      && world.incidents.allSatisfy { isSound($0, world) }
      && oneNoticeEach(world.log)
  }

  private func isSound(_ incident: Incident, _ world: World) -> Bool {
    let times = incident.events.map(\.at)
    guard incident.events.first?.kind == .opened, times == times.sorted() else { return false }
    guard Set(incident.ladder.told).count == incident.ladder.told.count else { return false }
    guard incident.phase == .closed else { return incident.closedAt == nil && incident.until == nil }
    guard let until = incident.until, incident.ladder.dueAt == nil else { return false }
    let closings = incident.events.filter { $0.text.hasSuffix("is told that it is closed.") }
    // The second after the last bad slot is the first that is not bad.
    return incident.since < until && closings.count == incident.ladder.told.count
      && world.ledger.contains { $0.verdict == .bad && $0.span.to == until }
  }

  /// A contact is told once in a minute, unless an incident closes and the next one opens.
  private func oneNoticeEach(_ log: [String]) -> Bool {
    let notices = log.filter { $0.contains(":") }.map { $0.replacing("escalated", with: "opened") }
    return Set(notices).count == notices.count
  }

  @Test func `bad for longer never means fewer people told`() {
    var last = 0
    for length in stride(from: 0, through: 120, by: 3) {
      var world = World()
      world.live("g")
      world.live("b", minutes: length)
      let told = world.log.filter { $0.contains(":") }.count
      #expect(told >= last)
      last = told
    }
    #expect(last == 4)
  }

  @Test func `a thousand objectives are looked at in a moment`() {
    let objectives = (0..<1_000).map { World.objective("www\($0)") }
    var plan = World().plan
    plan.objectives = objectives
    let conditions = objectives.enumerated().map { index, objective in
      let verdict = index.isMultiple(of: 10) ? Verdict.bad : .good
      return Condition(
        objective: objective,
        latest: [
          LedgerInterval(
            objective: objective.name, span: Span(from: World.start, to: World.start + 600), verdict: verdict,
            cause: "", configuration: "")
        ])
    }
    let time = ContinuousClock().measure {
      let result = advance(open: [], nextNumber: 1, conditions: conditions, plan: plan, now: World.start + 605)
      #expect(result.incidents.count == 100 && result.notices.count == 100)
    }
    print("looking at 1,000 objectives, 100 of which open: \(time)")
    #expect(time < .seconds(2) * patience)
  }
}
