import Collect
import Model
import Testing

struct LearningTests {
  private let job = JobID(host: "www", job: "site")

  private func reading(_ slot: Int, _ failure: Failure.Class? = nil, milliseconds: Int = 100) -> Reading {
    let up: Double? = failure == nil ? 1 : [.timeout, .refused].contains(failure) ? 0 : nil
    return Reading(
      job: job, slot: Instant(slot * 60), step: 60,
      measurements: failure == .leftOut || failure == .disabled ? [] : [Measurement("up", up, .none)],
      failure: failure.map { Failure($0, "so it was") }, facts: failure == nil ? [Fact("Status", "200")] : [],
      cost: Cost(milliseconds: milliseconds))
  }

  private func story(_ chapters: [(Failure.Class?, short: Bool)]) -> JobRecord? {
    var record: JobRecord?
    for (slot, (failure, short)) in chapters.enumerated() {
      record = reading(slot, failure).record(after: record, isShort: short)
    }
    return record
  }

  @Test func `what a good attempt takes is smoothed, and failures do not count into it`() {
    var record = reading(0, milliseconds: 100).record(after: nil)
    #expect(record.learned.milliseconds == 100)
    record = reading(1, milliseconds: 500).record(after: record)
    #expect(record.learned.milliseconds == 200)
    record = reading(2, .timeout, milliseconds: 9_000).record(after: record)
    #expect(record.learned.milliseconds == 200 && record.cost.milliseconds == 9_000)
  }

  @Test func `silence is counted until somebody answers, be it to say no`() {
    #expect(story([(nil, false), (.timeout, false), (.refused, false)])?.learned.silent == 2)
    #expect(story([(.timeout, false), (.timeout, false), (nil, false)])?.learned.silent == 0)
    #expect(story([(.timeout, false), (.mismatch, false)])?.learned.silent == 0)
    // Of this side: nothing was learned of the other.
    #expect(story([(.timeout, false), (.secret, false), (.cutOff, false)])?.learned.silent == 1)
  }

  @Test func `one attempt with all its time makes silence sure, or three brief ones`() {
    #expect(story([(.timeout, true)])?.learned.isConfirmed == false)
    #expect(story([(.timeout, false), (.timeout, true)])?.learned.isConfirmed == true)
    #expect(story([(.timeout, true), (.timeout, true), (.timeout, true)])?.learned.isConfirmed == true)
    #expect(story([(.timeout, false), (nil, false), (.timeout, true)])?.learned.isConfirmed == false)
  }

  @Test func `a slot that was left out leaves everything as it was, but that the job waits`() throws {
    let record = try #require(story([(nil, false), (.timeout, false), (.leftOut, false), (.leftOut, true)]))
    #expect(record.failure?.kind == .leftOut && record.lastSlot == Instant(180))
    #expect(record.failuresInARow == 1 && record.failingSince == Instant(60) && record.lastSuccess == Instant(0))
    #expect(record.learned.leftOut == 2 && record.learned.silent == 2)
    #expect(record.facts == [Fact("Status", "200")])
    #expect(reading(4).record(after: record).learned.leftOut == 0)
  }

  @Test func `good numbers beside one that could not be had are a success with a note`() {
    func script(_ values: [Double?]) -> JobRecord {
      let measurements = values.enumerated().map { Measurement("m\($0.offset)", $0.element, .none) }
      return Reading(
        job: job, slot: Instant(60), step: 60, measurements: measurements, failure: Failure(.garbage, "“b” is U")
      ).record(after: reading(0).record(after: nil))
    }
    let part = script([1, nil])
    #expect(part.lastSuccess == Instant(60) && part.failuresInARow == 0 && part.failingSince == nil)
    #expect(part.failure?.message == "“b” is U")
    #expect(script([nil, nil]).lastSuccess == Instant(0) && script([nil, nil]).failuresInARow == 1)
    // An answer that is bad is none, whatever else was measured of it.
    #expect(reading(1, .refused).record(after: nil).lastSuccess == nil)
  }

  @Test func `a disabled job learns nothing and does not wait`() throws {
    let record = try #require(story([(nil, false), (.disabled, false)]))
    #expect(record.failure?.kind == .disabled && record.failuresInARow == 0 && record.learned.leftOut == 0)
    #expect(reading(2).record(after: record).failure == nil)
  }
}
