import Alert
import Config
import Model
import Testing

struct StoryTests {
  @Test func `an incident opens after its hold-down, from the first bad slot`() throws {
    var world = World()
    world.live("ggbbbb")
    #expect(world.log == ["4 opened 1", "4 alice: opened"])
    let incident = try #require(world.incidents.first)
    #expect(incident.since == World.start + 120)
    #expect(incident.openedAt == World.start + 245)
    #expect(incident.cause == "up is 0, minimum 1")
    #expect(incident.host == "www")
    #expect(incident.events.map(\.kind) == [.opened, .notified])
    #expect(
      incident.events.map { $0.text.replacing("\u{202F}", with: " ") } == [
        "up is 0, minimum 1; bad since today 10:02 (rule: for 3 min).",
        "Alice is told: oncall, first of shift daily 08:00-18:00.",
      ])
  }

  @Test func `a blip shorter than the hold-down opens nothing`() {
    var world = World()
    world.live("gbbgbbgbg")
    #expect(world.log.isEmpty)
  }

  @Test(arguments: [0, 30, 60]) func `without a hold-down the first bad slot opens`(holdDown: Int) {
    var world = World(holdDown: holdDown)
    world.live("gbg")
    #expect(world.log == ["1 opened 1", "1 alice: opened", "2 closed 1", "2 alice: closed"])
  }

  @Test func `unknown slots neither count nor clear`() {
    var world = World()
    world.live("gbbuuub")
    #expect(world.log == ["6 opened 1", "6 alice: opened"])
    #expect(world.incidents.first?.since == World.start + 60)
  }

  @Test func `unknown alone opens nothing`() {
    var world = World(holdDown: 0)
    world.live("guuuuuuuu")
    #expect(world.log.isEmpty)
  }

  @Test func `unknown closes nothing, the first good slot does`() throws {
    var world = World()
    world.live("gbbbuug")
    #expect(world.log == ["3 opened 1", "3 alice: opened", "6 closed 1", "6 alice: closed"])
    #expect(try #require(world.incidents.first).until == World.start + 240)
  }

  @Test func `excluded time opens nothing, holds what is open, and starts the count anew`() {
    var world = World()
    world.live("gbbxxxbbbxxxg")
    #expect(world.log == ["8 opened 1", "8 alice: opened", "12 closed 1", "12 alice: closed"])
    #expect(world.incidents.first?.since == World.start + 360)
    #expect(world.incidents.first?.until == World.start + 540)
  }

  @Test func `a ladder rests outside service hours and goes on at the same step`() {
    var world = World()
    world.live("gbbbb")
    world.live("x", minutes: 60)
    world.live("b", minutes: 30)
    #expect(world.log == ["3 opened 1", "3 alice: opened", "65 bob: escalated", "80 chief: escalated"])
  }

  @Test func `bad again after it closed is another incident`() {
    var world = World(holdDown: 60)
    world.live("bgbgb")
    #expect(
      world.log == [
        "0 opened 1", "0 alice: opened", "1 closed 1", "1 alice: closed", "2 opened 2", "2 alice: opened", "3 closed 2",
        "3 alice: closed", "4 opened 3", "4 alice: opened",
      ])
  }

  @Test func `a run that finds good and bad again closes the one and opens the other`() {
    var world = World(holdDown: 60)
    world.live("bbGBb")
    #expect(
      world.log == ["0 opened 1", "0 alice: opened", "4 closed 1", "4 opened 2", "4 alice: closed", "4 alice: opened"])
    #expect(world.incidents.first?.until == World.start + 120)
    #expect(world.incidents.last?.since == World.start + 180)
  }

  @Test func `the ladder is climbed until it is good, and everybody told hears of it once`() {
    var world = World()
    world.live("gbbb")
    world.live("b", minutes: 100)
    world.live("g", minutes: 3)
    #expect(
      world.log == [
        "3 opened 1", "3 alice: opened", "18 bob: escalated", "33 chief: escalated", "93 chief: repeated",
        "104 closed 1", "104 alice: closed", "104 bob: closed", "104 chief: closed",
      ])
  }

  @Test func `an acknowledgement stops the ladder and its repeats`() {
    var world = World()
    world.live("gbbbbb")
    world.acknowledge(by: "alice")
    world.live("b", minutes: 300)
    world.live("g")
    #expect(world.log == ["3 opened 1", "3 alice: opened", "306 closed 1", "306 alice: closed"])
    #expect(world.incidents.first?.acknowledgement?.by == "alice")
  }

  @Test func `an acknowledgement that ran out lets the ladder go on at the same step`() {
    var world = World()
    world.live("gbbbbb")
    world.acknowledge(by: "alice", minutes: 60)
    world.live("b", minutes: 90)
    #expect(
      world.log == ["3 opened 1", "3 alice: opened", "66 expired 1", "66 bob: escalated", "81 chief: escalated"])
    #expect(world.incidents.first?.acknowledgement == nil)
  }

  @Test func `an acknowledgement that runs out before the next step changes nothing`() {
    var world = World()
    world.live("gbbbbb")
    world.acknowledge(by: "alice", minutes: 5)
    world.live("b", minutes: 14)
    #expect(world.log == ["3 opened 1", "3 alice: opened", "11 expired 1", "18 bob: escalated"])
  }

  @Test func `a ladder at its end tells the last contact again when the acknowledgement runs out`() {
    var world = World(notify: "oncall")
    world.live("gbbb")
    world.acknowledge(by: "alice", minutes: 10)
    world.live("b", minutes: 60)
    #expect(world.log == ["3 opened 1", "3 alice: opened", "14 expired 1", "14 alice: repeated"])
  }

  @Test func `after a shift change the next step goes to the new shift`() {
    var world = World()
    world.minute = 470  // 17:50
    world.live("gbbb")
    world.live("b", minutes: 35)
    #expect(
      world.log == ["473 opened 1", "473 alice: opened", "488 carol: escalated", "503 chief: escalated"])
  }

  @Test func `a repeat goes to the new shift, and stays with it`() {
    var world = World(steps: [.notify("oncall", next: false), .repeating(600)])
    world.minute = 470
    world.live("gbbb")
    world.live("b", minutes: 30)
    world.live("g")
    #expect(
      world.log == [
        "473 opened 1", "473 alice: opened", "483 carol: repeated", "493 carol: repeated", "503 carol: repeated",
        "504 closed 1", "504 alice: closed", "504 carol: closed",
      ])
  }

  @Test func `a late run leaves nobody out and tells nobody twice`() {
    var world = World()
    world.live("gbbb")
    world.live("B", minutes: 199)
    world.live("bb")
    #expect(
      world.log == [
        "3 opened 1", "3 alice: opened", "203 alreadyTold 1", "203 bob: escalated", "203 chief: escalated",
      ])
    world.live("b", minutes: 12)
    #expect(world.log.last == "213 chief: repeated")
  }

  @Test func `steps without a wait tell each contact once`() {
    var world = World(steps: [
      .notify("oncall", next: false), .notify("alice", next: false), .notify("oncall", next: true),
      .notify("oncall", next: true), .notify("oncall", next: true), .notify("chief", next: false),
    ])
    world.live("bbb")
    #expect(
      world.log == [
        "2 opened 1", "2 alreadyTold 1", "2 alreadyTold 1", "2 alice: opened", "2 bob: escalated", "2 boss: escalated",
        "2 chief: escalated",
      ])
  }

  @Test func `when everybody was told it starts over with the first`() {
    let next = [Escalation.Step.wait(60), .notify("oncall", next: true)]
    var world = World(steps: [.notify("oncall", next: false)] + next + next + next)
    world.live("bbbbbbb")
    #expect(
      world.log == [
        "2 opened 1", "2 alice: opened", "3 bob: escalated", "4 boss: escalated", "5 alice: escalated",
      ])
  }

  @Test func `contacts who cannot be reached are passed over with a reason`() throws {
    var world = World(notify: "clumsy")
    world.live("bbbg")
    #expect(
      world.log == [
        "2 opened 1", "2 skipped 1", "2 skipped 1", "2 bob: opened", "3 closed 1", "3 bob: closed",
      ])
    #expect(
      try #require(world.incidents.first).events.filter { $0.kind == .noted }.map(\.text) == [
        "mute is passed over: no e-mail address.", "ghost is passed over: there is no such contact.",
      ])
  }

  @Test(arguments: [
    ("empty", "Nobody is told: empty has nobody on duty and no fallback who can be reached."),
    ("lost", "Nobody is told: lost has nobody on duty and no fallback who can be reached."),
    ("nowhere", "Nobody is told: there is no role or contact “nowhere”."),
    ("mute", "Nobody is told: mute cannot be reached."),
  ])
  func `nobody to tell is said, and the ladder goes on`(target: String, text: String) throws {
    var world = World(steps: [.notify(target, next: false), .wait(60), .notify("chief", next: false)])
    world.live("bbbb")
    #expect(world.log.contains("2 nobody 1"))
    #expect(world.log.last == "3 chief: opened")
    #expect(try #require(world.incidents.first).events.contains { $0.kind == .noted && $0.text == text })
  }

  @Test func `without any ladder the incident says that nobody is told, once`() throws {
    var world = World(steps: nil)
    world.live("bbbbbg")
    #expect(world.log == ["2 opened 1", "2 nobody 1", "5 closed 1"])
    #expect(
      try #require(world.incidents.first).events.map(\.text).contains(
        "Nobody is told: “www” has neither notify nor escalation, and there is no escalation default."))
  }

  @Test func `a ladder that comes later is climbed from then on`() {
    var world = World(steps: nil)
    world.live("bbb")
    world.plan.escalations["default"] = Escalation(name: "default", steps: World.ladder)
    world.live("b", minutes: 20)
    #expect(world.log == ["2 opened 1", "2 nobody 1", "3 alice: opened", "18 bob: escalated"])
  }

  @Test func `the objective's own escalation goes before notify, and notify before the default`() {
    var own = World(notify: "bob", escalation: "own")
    own.plan.escalations["own"] = Escalation(name: "own", steps: [.notify("carol", next: false)])
    own.live("bbb")
    #expect(own.log.last == "2 carol: opened")
    var notify = World(notify: "bob")
    notify.live("bbb")
    #expect(notify.log.last == "2 bob: opened")
  }

  @Test func `a ladder that begins with a wait begins with a wait`() {
    var world = World(steps: [.wait(120), .wait(60), .notify("chief", next: false)])
    world.live("bbbbbbbb")
    #expect(world.log == ["2 opened 1", "5 chief: opened"])
  }

  @Test func `a ladder of nothing but repeats tells nobody and ends`() {
    var world = World(steps: [.repeating(0), .repeating(60)])
    world.live("bbbbbbbbg")
    #expect(world.log.last == "8 closed 1")
    #expect(!world.log.contains { $0.contains(":") })
  }

  @Test func `an objective taken out of the configuration withdraws its incident and claims nothing`() throws {
    var world = World()
    world.live("bbbb")
    world.plan.objectives = []
    world.live("bb")
    #expect(world.log == ["2 opened 1", "2 alice: opened", "4 withdrawn 1", "4 alice: withdrawn"])
    let incident = try #require(world.incidents.first)
    #expect(incident.phase == .closed && incident.until == nil && incident.closedAt != nil)
    #expect(
      incident.events.map(\.text).contains(
        "“www” is no longer in the configuration; whether the service works is not known."))
  }

  @Test func `an incident of which the ledger has no word stays open and climbs on`() {
    var world = World()
    world.live("bbb")
    let later = advance(
      open: world.incidents, nextNumber: 2, conditions: [], plan: world.plan, now: world.now + 1_000)
    #expect(later.decisions.first?.reason == .noWord)
    #expect(later.notices.map(\.contact) == ["bob"])
    let unplanned = advance(
      open: [], nextNumber: 2,
      conditions: [Condition(objective: World.objective("gone"), latest: world.ledger)], plan: world.plan,
      now: world.now)
    #expect(unplanned.incidents.isEmpty && unplanned.nextNumber == 2)
  }

  @Test func `a notice shows the incident as it stands at the end of the run`() {
    var world = World(steps: [.notify("alice", next: false), .notify("chief", next: false)])
    world.live("BB")
    let objective = World.objective(holdDown: 120)
    let result = advance(
      open: [], nextNumber: 7, conditions: [Condition(objective: objective, latest: world.ledger)], plan: world.plan,
      now: world.now)
    #expect(result.nextNumber == 8)
    #expect(result.notices.map(\.incident) == [result.incidents[0], result.incidents[0]])
    #expect(result.incidents[0].ladder.told == ["alice", "chief"])
    #expect(result.notices.map(\.why) == ["named by escalation default", "named by escalation default"])
  }
}
