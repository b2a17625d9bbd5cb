import Config
import Model

extension Course {
  /// Takes every step of the ladder that is due, unless somebody has acknowledged.
  ///
  /// Steps are due by the time the incident opened, not by the time the step before was taken, so a run that comes
  /// late leaves nobody out. An acknowledgement stops the ladder; when it runs out, the step it stopped at is due and
  /// the steps after it count from there.
  mutating func climb(_ objective: Objective) {
    var climb = Climb(course: self, ladder: plan.ladder(of: objective))
    climb.run()
    self = climb.course
  }
}

private struct Climb {
  var course: Course
  let ladder: NamedLadder

  private var place: Ladder {
    get { course.incident.ladder }
    set { course.incident.ladder = newValue }
  }

  mutating func run() {
    if let acknowledgement = course.incident.acknowledgement {
      guard let until = acknowledgement.until, until <= course.now else { return wait(for: acknowledgement) }
      goOn(after: acknowledgement, at: until)
    }
    beginIfNew()
    while let due = place.dueAt, due <= course.now { take(due) }
  }

  private mutating func wait(for acknowledgement: Acknowledgement) {
    let end = acknowledgement.until.map { "until \(course.clock($0))" } ?? "until it is good again"
    course.decide(.acknowledged, "acknowledged by \(acknowledgement.by) \(end)")
  }

  private mutating func goOn(after acknowledgement: Acknowledgement, at until: Instant) {
    course.incident.acknowledgement = nil
    let text = "The acknowledgement by \(acknowledgement.by) ran out; the escalation goes on."
    course.decide(.expired, text, event: .noted)
    if let due = place.dueAt {
      place.dueAt = max(due, until)
    } else {
      // A ladder at its end has no step left to go on with, and silence would be taken for an answer.
      tellAgain()
    }
  }

  /// Also for an incident that had no ladder when it opened and has one now.
  private mutating func beginIfNew() {
    if place.dueAt == nil, place.step < ladder.steps.count { enter(place.step, from: course.now) }
    let isNew = course.decisions.contains { $0.reason == .opened }
    if isNew, ladder.steps.isEmpty { course.decide(.nobody, "Nobody is told: \(ladder.origin).", event: .noted) }
  }

  /// Stands before the next step that does something; waits on the way there put off when it is due.
  private mutating func enter(_ index: Int, from base: Instant) {
    place.step = index
    place.dueAt = base
    while place.step < ladder.steps.count, case .wait(let seconds) = ladder.steps[place.step] {
      place.step += 1
      place.dueAt = place.dueAt.map { $0 + seconds }
    }
    guard place.step < ladder.steps.count else {
      place.dueAt = nil
      return
    }
    if case .repeating(let seconds) = ladder.steps[place.step] {
      place.dueAt = place.dueAt.map { $0 + max(1, seconds) }
    }
  }

  private mutating func take(_ due: Instant) {
    guard place.step < ladder.steps.count else {
      place.dueAt = nil
      return
    }
    switch ladder.steps[place.step] {
    case .notify(let target, let next):
      tell(target, next ? .next : .first, as: place.told.isEmpty ? .opened : .escalated)
      enter(place.step + 1, from: due)
    // Only after the configuration has changed under the incident.
    case .wait: enter(place.step, from: due)
    case .repeating(let seconds):
      tellAgain()
      let missed = (course.now - due) / max(1, seconds)
      place.dueAt = due + (missed + 1) * max(1, seconds)
    }
  }

  /// The last notice once more; to whoever is on duty now if the shift has changed since.
  private mutating func tellAgain() {
    let taken = ladder.steps.prefix(place.step)
    for case .notify(let target, _) in taken.reversed() { return tell(target, .again, as: .repeated) }
  }

  private mutating func tell(_ target: String, _ turn: Turn, as reason: Notice.Reason) {
    let choice = course.choice(target, turn, ladder: ladder.name)
    for passed in choice.passed { course.decide(.skipped, passed, event: .noted) }
    place.asked[target, default: 0] += 1
    switch choice.recipient {
    case .tell(let contact, let why): send(contact, why, reason)
    case .toldThisRun(let contact):
      course.decide(.alreadyTold, "\(course.plan.title(of: contact)) was told in this run already.", event: .noted)
    case .nobody(let why): course.decide(.nobody, "Nobody is told: \(why).", event: .noted)
    }
  }

  private mutating func send(_ contact: String, _ why: String, _ reason: Notice.Reason) {
    course.notices.append(Notice(reason: reason, incident: course.incident, contact: contact, why: why))
    place.told.removeAll { $0 == contact }
    place.told.append(contact)
    let title = course.plan.title(of: contact)
    switch reason {
    case .escalated: course.decide(.escalated, "\(title) is told: \(why).", event: .escalated)
    case .repeated: course.decide(.repeated, "\(title) is told again: \(why).", event: .notified)
    case .opened, .closed, .withdrawn: course.decide(.told, "\(title) is told: \(why).", event: .notified)
    }
  }
}
