import Config
import Model
import Testing

@Suite struct TimeCompilingTests {
  private func jobs(_ text: String) throws -> [String: Job] {
    let loaded = load(text)
    let plan = try #require(loaded.plan, "\(loaded.messages)")
    return Dictionary(uniqueKeysWithValues: plan.jobs.map { ($0.id.description, $0) })
  }

  @Test(
    arguments: [
      ("*/5 * * * *", 300), ("0 3 * * *", 43_200), ("0 6 * * mon", 86_400), ("15 */3 * * *", 7_200),
      ("15 0,3,6 * * *", 7_200),
      ("* * * * *", 60), ("0,7 * * * *", 360), ("@monthly", 86_400),
    ])
  func `the step of a schedule divides a day and is no longer than its smallest interval`(
    text: String, step: Int
  ) throws {
    let job = try #require(
      try jobs(
        """
        settings: {timezone: Europe/Berlin}
        jobs: {x: {a: {script: /bin/true, cron: "\(text)"}}}
        """)["localhost/a"])
    #expect(job.step == step)
    guard case .cron(let cron, let zone) = job.schedule else { return #expect(Bool(false), "\(job.schedule)") }
    #expect(zone.identifier == "Europe/Berlin")
    // No two times share a slot, in a year with both changes of the clock.
    let year = Span(from: Instant(1_767_225_600), to: Instant(1_767_225_600 + 365 * 86_400))
    let slots = cron.times(in: year, zone: zone).map { $0.slot(step: step) }
    #expect(Set(slots).count == slots.count)
  }

  @Test func `whoever says the schedule most specifically settles it`() throws {
    let jobs = try jobs(
      """
      monitors:
        probe: {jobs: {probe: {script: /bin/true, every: 5m}}}
      hosts:
        core:
          probe: {cron: "@hourly"}
          a: {use: [probe]}
          b: {use: [probe], probe: {every: 2m}}
          c: {use: [{probe: {at: "2026-12-24 18:00"}}]}
        other:
          d: {use: [probe]}
      """)
    #expect(jobs["a/probe"]?.schedule == .cron(try #require(Cron("@hourly")), .utc))
    #expect(jobs["a/probe"]?.step == 3_600)
    #expect(jobs["b/probe"]?.schedule == .grid && jobs["b/probe"]?.step == 120)
    #expect(jobs["c/probe"]?.schedule == .once(Instant(1_798_135_200), late: 3_600))
    #expect(jobs["d/probe"]?.schedule == .grid && jobs["d/probe"]?.step == 300)
  }

  @Test func `priority, further attempts and lateness are read`() throws {
    let jobs = try jobs(
      """
      settings: {per host: 3}
      jobs:
        x:
          a: {script: /bin/true, priority: high, retries: 2, retry after: 500ms, at: "2026-12-24 18:00", late: 5m}
          b: {script: /bin/true}
      """)
    let (first, second) = (try #require(jobs["localhost/a"]), try #require(jobs["localhost/b"]))
    #expect(first.priority == .high && first.retries == 2 && first.retryPause == 0.5)
    #expect(first.schedule == .once(Instant(1_798_135_200), late: 300))
    #expect(second.priority == .normal && second.retries == 0 && second.retryPause == 1 && second.schedule == .grid)
    #expect(load("settings: {per host: 3}\n").plan?.settings.perHost == 3)
    #expect(load("settings: {}\n").plan?.settings.perHost == nil)
  }

  @Test func `an objective has the schedule of its jobs`() throws {
    let loaded = load(
      """
      jobs: {x: {a: {script: /bin/true, cron: "@hourly"}}}
      slas: {x: {o: {series: localhost/a/value, tolerance: {maximum: 1}, objective: 95%}}}
      """)
    let plan = try #require(loaded.plan, "\(loaded.messages)")
    #expect(plan.objectives[0].schedule == plan.jobs[0].schedule)
    #expect(plan.objectives[0].step == 3_600)
  }
}
