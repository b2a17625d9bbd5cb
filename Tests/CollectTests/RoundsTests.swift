import Config
import Foundation
import Model
import Platform
import Synchronization
import Testing

@testable import Collect

struct RoundsTests {
  /// Targets that answer after so many seconds, or never, and how often each was asked, with which patience.
  private final class World: Sendable {
    let answers: [String: Double]
    let asked = Mutex<[String: [Double]]>([:])

    init(_ answers: [String: Double]) { self.answers = answers }

    /// A probe that asks all at once and waits for none in earnest.
    var measure: Measure {
      { assignments, context in
        assignments.map { assignment in
          let name = assignment.job.id.job
          self.asked.withLock { $0[name, default: []].append(assignment.job.timeout) }
          guard context.remaining > 0 else { return assignment.failed(.deadline, "too late") }
          guard let time = self.answers[name], time <= assignment.job.timeout else {
            return assignment.outcome([Measurement.up(Failure(.timeout, ""))], failure: Failure(.timeout, "no answer"))
          }
          return assignment.outcome([Measurement.up(nil)], cost: Cost(milliseconds: Int(time * 1_000)))
        }
      }
    }

    func patience(_ name: String) -> [Double] { asked.withLock { $0[name] ?? [] } }
  }

  private func page(_ name: String, _ learned: Learned = Learned(), retries: Int = 0) -> Assignment {
    var job = Making.job(.http(HTTPProbe(url: "http://\(name)/")), id: name, timeout: 10)
    (job.retries, job.retryPause) = (retries, 0.01)
    return Assignment(job: job, slot: Instant(6_000), learned: learned)
  }

  private func device(_ name: String, _ learned: Learned) -> Assignment {
    let probe = SNMPProbe(
      address: name, credentials: .v2c(community: .environment("C")), fieldSet: FieldSet(name: "interfaces"))
    return Assignment(job: Making.job(.snmp(probe), id: name), slot: Instant(6_000), learned: learned)
  }

  private func run(_ assignments: [Assignment], _ world: World, seconds: Double = 20) -> [String: Outcome] {
    let outcomes = collect(
      assignments, Making.context(seconds: seconds), probes: ["http": world.measure, "snmp": world.measure])
    return Dictionary(uniqueKeysWithValues: outcomes.map { ($0.reading.job.job, $0) })
  }

  @Test func `a dead one is asked briefly, and its silence is what it was before`() {
    let world = World([:])
    let found = run([page("dead", Learned(silent: 8, isConfirmed: true))], world)
    #expect(world.patience("dead") == [1])
    #expect(found["dead"]?.isShort == true)
    #expect(found["dead"]?.reading.failure?.kind == .timeout)
    #expect(found["dead"]?.reading.value("up") == 0)
  }

  @Test func `one that answers the brief question is as good as any, at once`() {
    let world = World(["back": 0.2, "router": 0.2])
    let dead = Learned(silent: 9, isConfirmed: true)
    let found = run([page("back", dead), device("router", dead)], world)
    #expect(found["back"]?.isShort == false && found["back"]?.reading.failure == nil)
    #expect(world.patience("back") == [1])
    // One object says that the device is there; then it is asked for all.
    #expect(world.patience("router") == [1, 10])
    #expect(found["router"]?.isShort == false && found["router"]?.reading.failure == nil)
  }

  @Test func `in a crowd of strangers the live ones are found, and nothing is said of the others`() {
    var world: [String: Double] = [:]
    for number in 0..<20 { world["h\(number * 37)"] = 0.1 }
    let all = (0..<3_000).map { page("h\($0)") }
    let found = run(all, World(world), seconds: 45)
    #expect(found.count == 3_000)
    for name in world.keys { #expect(found[name]?.reading.value("up") == 1) }
    let kinds = Dictionary(grouping: found.values) { $0.reading.failure?.kind }.mapValues(\.count)
    #expect(kinds[nil] == 20)
    #expect((kinds[.timeout] ?? 0) > 0, "some of them had all their time: \(kinds)")
    #expect((kinds[.leftOut] ?? 0) > 1_000)
    #expect(found.values.allSatisfy { $0.reading.failure?.kind != .leftOut || $0.reading.measurements.isEmpty })
  }

  @Test func `a failure that another attempt may mend is tried again, and the reading says how often`() {
    let calls = Mutex(0)
    let measure: Measure = { assignments, _ in
      let call = calls.withLock { count in
        count += 1
        return count
      }
      return assignments.map { $0.failed(call < 3 ? .closed : .denied, "call \(call)") }
    }
    let outcome = collect([page("a", retries: 5)], Making.context(), probes: ["http": measure])[0]
    // A refusal is an answer: it is not asked a fourth time.
    #expect(calls.withLock { $0 } == 3)
    #expect(outcome.reading.failure == Failure(.denied, "call 3"))
    #expect(outcome.reading.cost.retries == 2)
  }

  @Test func `there is no further attempt for which there is no time`() {
    var assignment = page("a", retries: 3)
    assignment.job.retryPause = 5
    let world = World([:])
    let start = Clock.monotonic()
    let found = run([assignment], world, seconds: 2)
    #expect(world.patience("a").count == 1)
    #expect(found["a"]?.reading.failure?.kind == .timeout)
    #expect(Clock.monotonic() - start < 1.5)
  }

  @Test func `no more jobs of a host are asked at once than may be`() {
    let running = Mutex(0)
    let most = Mutex(0)
    let measure: Measure = { assignments, _ in
      let now = running.withLock { count in
        count += assignments.count
        return count
      }
      most.withLock { $0 = max($0, now) }
      usleep(20_000)
      running.withLock { $0 -= assignments.count }
      return assignments.map { $0.outcome([Measurement.up(nil)]) }
    }
    var context = Making.context()
    context.perHost = 2
    let jobs = (0..<5).map { page("web\($0)") } + (0..<4).map { device("snmp\($0)", Learned()) }
    let outcomes = collect(jobs, context, probes: ["http": measure, "snmp": measure])
    #expect(outcomes.map(\.reading.job) == jobs.map(\.job.id))
    #expect(outcomes.allSatisfy { $0.reading.failure == nil })
    #expect(most.withLock { $0 } == 2)
  }

  @Test func `a probe that hangs costs its own jobs alone, and the run ends in time`() {
    let measure: Measure = { assignments, _ in
      usleep(30_000_000)
      return []
    }
    let start = Clock.monotonic()
    let found = collect([page("a"), page("b")], Making.context(seconds: 0.5), probes: ["http": measure])
    #expect(found.map(\.reading.failure?.kind) == [.deadline, .deadline])
    #expect(Clock.monotonic() - start < 4)
  }
}
