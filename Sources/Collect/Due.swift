package import Config
package import Model

/// The jobs whose turn it is, each with the slot its reading belongs to, in the order of the plan.
///
/// A job with the base step is due in every base slot. One with a longer step has its turn in one base slot of its
/// own slot, chosen by a hash of its name, so that not all of them start at the full hour. Where that turn was missed
/// and `lastSlots` shows it, the job is due in the next base slot of the same slot.
package func due(
  _ jobs: [Job], at now: Instant, baseStep: Int, lastSlots: [JobID: Instant] = [:]
) -> [(job: Job, slot: Instant)] {
  jobs.compactMap { job in
    let slot = now.slot(step: baseStep).slot(step: job.step)
    guard job.step > baseStep else { return (job, now.slot(step: job.step)) }
    let turn = Turn(of: job, in: slot, baseStep: baseStep)
    let index = turn.index(of: now.slot(step: baseStep))
    let isLate = index > turn.own && lastSlots[job.id].map { $0 < slot } ?? false
    return index == turn.own || isLate ? (job, slot) : nil
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

  func index(of baseSlot: Instant) -> Int { (baseSlot - first) / baseStep }
}

/// FNV-1a in 64 bits: the same in every run and on every machine, unlike `Hasher`.
func fingerprint(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
