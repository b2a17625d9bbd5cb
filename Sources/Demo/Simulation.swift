import Collect
package import Config
package import Model

/// A fleet that nobody has, measured: the same plan, stretch and seed always bring the same readings.
///
/// It is asked at the times cron would have started a run, and answers with what the collectors would have made: their
/// metrics, units, instances, facts and failures.
package struct Simulation: Sendable {
  package let story: Story
  package let span: Span
  private let plan: Plan
  private let lives: [JobID: any Life]

  /// - Parameter span: From the first run to the time after the last one.
  package init(plan: Plan, span: Span, seed: UInt64) {
    let story = Story(from: span.from, until: span.to - plan.settings.step, plan: plan)
    let fleet = Fleet(plan: plan, story: story, seed: seed, from: span.from)
    self.plan = plan
    self.span = span
    self.story = story
    lives = Dictionary(plan.jobs.map { ($0.id, fleet.life(of: $0)) }) { first, _ in first }
  }

  /// The runs of a stretch, in order; none while the monitoring machine was off.
  package func runs(in stretch: Span) -> [SimulatedRun] {
    let first = stretch.from.slot(step: plan.settings.step)
    return stride(from: first.seconds, to: stretch.to.seconds, by: plan.settings.step).compactMap { seconds in
      let now = Instant(seconds)
      guard now >= stretch.from, !story.off.contains(where: { $0.contains(now) }) else { return nil }
      let tick = Tick(now, plan.settings.zone)
      return SimulatedRun(
        now: now,
        readings: due(plan.jobs, at: now, baseStep: plan.settings.step).compactMap {
          reading(of: $0.job, $0.slot, tick)
        })
    }
  }

  private func reading(of job: Job, _ slot: Instant, _ tick: Tick) -> Reading? {
    guard let vitals = lives[job.id]?.vitals(tick, slot: slot) else { return nil }
    return Reading(
      job: job.id, slot: slot, step: job.step, measurements: vitals.measurements, failure: vitals.failure,
      facts: vitals.facts, cost: Cost(startedAfter: 40, milliseconds: vitals.milliseconds, bytes: vitals.bytes))
  }
}

/// What one run brought home.
package struct SimulatedRun: Sendable {
  package let now: Instant
  package let readings: [Reading]

  package init(now: Instant, readings: [Reading]) { (self.now, self.readings) = (now, readings) }

  /// How long it took, as its readings tell.
  package var milliseconds: Int { 60 + (readings.map(\.cost.milliseconds).max() ?? 0) }
}
