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
}
