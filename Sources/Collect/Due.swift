package import Config
package import Model

/// The jobs whose turn it is, each with the slot its reading belongs to, in the order of the plan.
///
/// A job with the base step is due in every base slot. One with a longer step has its turn in one base slot of its
/// own slot, chosen by a hash of its name, so that not all of them start at the full hour. Where that turn was missed
/// and `lastSlots` shows it, the job is due in the next base slot of the same slot.
///
/// A job with times of its own has its turn in the first base slot that begins not before such a time, and makes up for
/// it likewise. A job that is done once is due from its time on, until it is done or too late.
package func due(
  _ jobs: [Job], at now: Instant, baseStep: Int, lastSlots: [JobID: Instant] = [:]
) -> [(job: Job, slot: Instant)] {
  var times: [Schedule: Instant?] = [:]
  return jobs.compactMap { job in
    let last = lastSlots[job.id]
    let slot: Instant? =
      switch job.schedule {
      case .grid: gridSlot(of: job, at: now, baseStep: baseStep, last: last)
      case .cron(let cron, let zone):
        cronSlot(
          of: job, at: now, baseStep: baseStep, last: last,
          // Thousands of hosts may share a monitor, and so its times.
          time: times.value(job.schedule) { cron.previous(atOrBefore: now, zone: zone) })
      case .once(let time, let late): onceSlot(at: now, baseStep: baseStep, last: last, time: time, late: late)
      }
    return slot.map { (job, $0) }
  }
}

/// When a job is next due, after `now`; `nil` where it is not due any more.
package func nextTurn(of job: Job, after now: Instant, baseStep: Int, lastSlot: Instant?) -> Instant? {
  switch job.schedule {
  case .grid:
    let next = now.slot(step: baseStep) + baseStep
    guard job.step > baseStep else { return next }
    let turns = [now.slot(step: job.step), now.slot(step: job.step) + job.step].map { slot in
      Turn(of: job, in: slot, baseStep: baseStep).instant
    }
    return turns.first { $0 >= next } ?? turns[1] + job.step
  case .cron(let cron, let zone): return cron.next(after: now, zone: zone).map { $0.roundedUp(to: baseStep) }
  case .once(let time, let late):
    if let lastSlot, lastSlot >= time.slot(step: baseStep) { return nil }
    let next = max(time.roundedUp(to: baseStep), now.slot(step: baseStep) + baseStep)
    return next <= time + max(late, baseStep) ? next : nil
  }
}

private func gridSlot(of job: Job, at now: Instant, baseStep: Int, last: Instant?) -> Instant? {
  let slot = now.slot(step: baseStep).slot(step: job.step)
  guard job.step > baseStep else { return now.slot(step: job.step) }
  let turn = Turn(of: job, in: slot, baseStep: baseStep)
  let index = turn.index(of: now.slot(step: baseStep))
  let isLate = index > turn.own && last.map { $0 < slot } ?? false
  return index == turn.own || isLate ? slot : nil
}

private func cronSlot(of job: Job, at now: Instant, baseStep: Int, last: Instant?, time: Instant?) -> Instant? {
  guard let time else { return nil }
  let slot = time.slot(step: job.step)
  if time.roundedUp(to: baseStep) == now.slot(step: baseStep) { return slot }
  // A job that is new has missed nothing.
  let isLate = now < slot + job.step && last.map { $0 > Instant(0) && $0 < slot } ?? false
  return isLate ? slot : nil
}

/// The reading belongs to the slot in which it was measured. What is measured at that time or later was done.
private func onceSlot(at now: Instant, baseStep: Int, last: Instant?, time: Instant, late: Int) -> Instant? {
  let isDone = last.map { $0 >= time.slot(step: baseStep) } ?? false
  let isTime = time <= now && now < time.roundedUp(to: baseStep) + max(late, baseStep)
  return isTime && !isDone ? now.slot(step: baseStep) : nil
}

extension Instant {
  /// The begin of the first slot not before it.
  fileprivate func roundedUp(to step: Int) -> Instant { (self + (step - 1)).slot(step: step) }
}

extension [Schedule: Instant?] {
  fileprivate mutating func value(_ schedule: Schedule, _ make: () -> Instant?) -> Instant? {
    if let known = self[schedule] { return known }
    let value = make()
    self[schedule] = .some(value)
    return value
  }
}

/// The base slots that begin inside one slot of a job, and which of them is the job's.
private struct Turn {
  let first: Instant
  let baseStep: Int
  let own: Int

  init(of job: Job, in slot: Instant, baseStep: Int) {
    first = (slot + (baseStep - 1)).slot(step: baseStep)
    self.baseStep = baseStep
    let count = max(1, (slot + job.step - first + baseStep - 1) / baseStep)
    own = Int(fingerprint(job.id.description) % UInt64(count))
  }

  /// When the job's base slot begins.
  var instant: Instant { first + own * baseStep }

  func index(of baseSlot: Instant) -> Int { (baseSlot - first) / baseStep }
}

/// FNV-1a in 64 bits: the same in every run and on every machine, unlike `Hasher`.
func fingerprint(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
