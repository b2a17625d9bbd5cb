import Collect
import Config
import Model
import Testing

struct DueTests {
  @Test func `a job with the base step is due in every slot, at any second of it`() {
    let job = Making.job(.system(SystemProbe()))
    for second in [0, 1, 59] {
      let found = due([job], at: Instant(6000 + second), baseStep: 60)
      #expect(found.map(\.slot) == [Instant(6000)])
    }
  }

  @Test(arguments: [120, 300, 3600, 90, 150])
  func `a job with a longer step has exactly one turn in each of its slots`(step: Int) {
    let jobs = (0..<20).map { Making.job(.system(SystemProbe()), id: "job\($0)", step: step) }
    var turns: [JobID: [Instant]] = [:]
    for now in stride(from: 36_000, to: 36_000 + 1800 * step / 60, by: 60) {
      for (job, slot) in due(jobs, at: Instant(now + 7), baseStep: 60) {
        #expect(slot.seconds % step == 0 && slot.seconds <= now)
        turns[job.id, default: []].append(slot)
      }
    }
    for job in jobs {
      let slots = turns[job.id] ?? []
      #expect(zip(slots, slots.dropFirst()).allSatisfy { $1 - $0 == step }, "\(job.id): \(slots.prefix(5))")
      #expect(slots.count >= 1800 / 60 - 1)
    }
  }

  @Test func `many jobs with a long step are spread over the base slots`() {
    let jobs = (0..<300).map { Making.job(.system(SystemProbe()), id: "job\($0)", step: 300) }
    let counts = (0..<5).map { due(jobs, at: Instant(30_000 + $0 * 60), baseStep: 60).count }
    #expect(counts.reduce(0, +) == 300)
    #expect(counts.allSatisfy { (30...90).contains($0) }, "\(counts)")
  }

  @Test func `a turn that was missed is made up for in the same slot, once it is known to be missed`() throws {
    let job = Making.job(.system(SystemProbe()), step: 300)
    let times = (0..<5).map { Instant(30_000 + $0 * 60) }
    let turn = try #require(times.firstIndex { !due([job], at: $0, baseStep: 60).isEmpty })
    for (index, time) in times.enumerated() {
      let missed = due([job], at: time, baseStep: 60, lastSlots: [job.id: Instant(29_700)])
      #expect(missed.count == (index >= turn ? 1 : 0))
      let done = due([job], at: time, baseStep: 60, lastSlots: [job.id: Instant(30_000)])
      #expect(done.count == (index == turn ? 1 : 0))
    }
  }

  @Test func `a job's turn does not move from run to run`() {
    let job = Making.job(.system(SystemProbe()), id: "tester1", step: 300)
    let turns = (0..<10).map { round in
      (0..<5).first { !due([job], at: Instant(30_000 + round * 300 + $0 * 60), baseStep: 60).isEmpty }
    }
    #expect(Set(turns).count == 1)
  }

  // MARK: Times of their own

  private let berlin = Zone("Europe/Berlin") ?? .utc
  /// 24 November 2026, 03:00 in Berlin.
  private let three = 1_795_485_600

  private func job(_ cron: String, step: Int) throws -> Job {
    var job = Making.job(.system(SystemProbe()), step: step)
    job.schedule = .cron(try #require(Cron(cron)), berlin)
    return job
  }

  @Test func `a job with times of its own is due in the run of that time, and in no other`() throws {
    let job = try job("0 3 * * *", step: 43_200)
    let last = [job.id: Instant(three - 86_400).slot(step: 43_200)]
    let found = stride(from: three - 3_600, to: three + 3_600, by: 60).flatMap { second in
      due([job], at: Instant(second + 1), baseStep: 60).map { (second, $0.slot) }
    }
    #expect(found.map(\.0) == [three])
    #expect(found.first?.1 == Instant(three).slot(step: 43_200))
    // A run that was missed is made up for until the slot is over; what is new has missed nothing.
    #expect(due([job], at: Instant(three + 7_200), baseStep: 60, lastSlots: last).count == 1)
    #expect(due([job], at: Instant(three + 43_200), baseStep: 60, lastSlots: last).isEmpty)
    #expect(due([job], at: Instant(three + 7_200), baseStep: 60, lastSlots: [job.id: Instant(0)]).isEmpty)
  }

  @Test func `a time between two runs is that of the run after it`() throws {
    let job = try job("58 * * * *", step: 3_600)
    let times = stride(from: three, to: three + 7_200, by: 300).filter { second in
      !due([job], at: Instant(second + 2), baseStep: 300).isEmpty
    }
    #expect(times == [three, three + 3_600])
    #expect(due([job], at: Instant(three + 3_602), baseStep: 300).first?.slot == Instant(three))
  }

  @Test func `what is done once is due from its time on, until it is done or too late`() {
    var job = Making.job(.system(SystemProbe()))
    job.schedule = .once(Instant(three + 30), late: 600)
    func slots(_ second: Int, last: Int? = nil) -> [Instant] {
      due(
        [job], at: Instant(three + second), baseStep: 60, lastSlots: last.map { [job.id: Instant(three + $0)] } ?? [:]
      )
      .map(\.slot)
    }
    #expect(slots(29).isEmpty)
    #expect(slots(31) == [Instant(three)])
    #expect(slots(361, last: -60) == [Instant(three + 360)])
    #expect(slots(361, last: 0).isEmpty && slots(361, last: 120).isEmpty)
    #expect(slots(659) == [Instant(three + 600)])
    #expect(slots(660).isEmpty)
  }

  @Test(arguments: [60, 300, 3_600])
  func `the next turn is when the job is due next`(step: Int) throws {
    var jobs = (0..<5).map { Making.job(.system(SystemProbe()), id: "job\($0)", step: step) }
    jobs.append(try job("*/7 3 * * *", step: 240))
    var once = Making.job(.system(SystemProbe()), id: "once")
    once.schedule = .once(Instant(three + 1_000), late: 0)
    jobs.append(once)
    for job in jobs {
      for now in stride(from: three, to: three + 4_000, by: 611) {
        let scan = stride(from: now / 60 * 60 + 60, to: three + 90_000, by: 60).first {
          !due([job], at: Instant($0), baseStep: 60).isEmpty
        }
        #expect(
          nextTurn(of: job, after: Instant(now), baseStep: 60, lastSlot: nil) == scan.map(Instant.init),
          "\(job.id) \(now)")
      }
    }
  }
}
