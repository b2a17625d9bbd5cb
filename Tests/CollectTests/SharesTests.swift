import Config
import Model
import TestSupport
import Testing

@testable import Collect

struct SharesTests {
  private static func page(
    _ number: Int, timeout: Double = 10, learned: Learned = Learned(), importance: Double = 1
  ) -> Assignment {
    let job = Making.job(.http(HTTPProbe(url: "http://h\(number)/")), id: "h\(number)", timeout: timeout)
    return Assignment(job: job, slot: Instant(6_000), learned: learned, importance: importance)
  }

  private static func script(_ number: Int, _ learned: Learned, importance: Double = 1) -> Assignment {
    let job = Making.job(.script(ScriptProbe(arguments: ["/bin/true"])), id: "s\(number)", timeout: 30)
    return Assignment(job: job, slot: Instant(6_000), learned: learned, importance: importance)
  }

  private func shares(_ assignments: [Assignment], _ kind: String, seconds: Double = 45) -> Shares {
    Shares(assignments, kind: kind, seconds: seconds, load: Load(workers: 16))
  }

  private let fast = Learned(milliseconds: 50)
  private let dead = Learned(silent: 20, isConfirmed: true)

  @Test func `a few new jobs are all asked with all their time`() {
    let shares = shares((0..<16).map { SharesTests.page($0) }, "http")
    #expect(shares.full.count == 16 && shares.short.isEmpty && shares.leftOut.isEmpty && !shares.isCrowded)
  }

  @Test
  func `of ten thousand dead and a hundred live ones the live have all their time, and the dead a brief question`() {
    let all =
      (0..<10_000).map { SharesTests.page($0, learned: dead) }
      + (10_000..<10_100).map { SharesTests.page($0, learned: fast) }
    let shares = shares(all, "http")
    #expect(shares.isCrowded)
    #expect(Set(shares.full.map(\.job.id)) == Set(all.suffix(100).map(\.job.id)))
    #expect(shares.short.count == 10_000 && shares.leftOut.isEmpty)
    #expect(shares.short.allSatisfy { $0.patience == 1 })
  }

  @Test func `ten thousand of whom nothing is known are asked briefly first`() {
    let shares = shares((0..<10_100).map { SharesTests.page($0) }, "http")
    #expect(shares.full.isEmpty && shares.short.count == 10_100)
  }

  @Test func `a dead one gets less with each slot, but what it needs, and every sixteenth slot all of it`() {
    func patience(_ silent: Int, usual: Int = 0, of number: Int = 1) -> Double? {
      let learned = Learned(milliseconds: usual, silent: silent, isConfirmed: true)
      return shares([SharesTests.page(number, timeout: 16, learned: learned)], "http").short.first?.patience
    }
    #expect((0...2).map { patience($0) } == [nil, nil, nil])
    for (silent, seconds) in [(3, 8.0), (4, 4), (5, 2), (6, 1), (60, 1)] {
      #expect(Set((0..<40).compactMap { patience(silent, of: $0) }) == [seconds])
    }
    #expect((3...50).count { patience($0) == nil } == 3)
    #expect((3...50).compactMap { patience($0, usual: 2_000) }.min() == 6)
    let unconfirmed = Learned(silent: 9)
    #expect(shares([SharesTests.page(1, learned: unconfirmed)], "http").short.isEmpty)
  }

  @Test func `what does not fit is left out, the least urgent first, and has its turn after some slots`() {
    // Each takes 9 s of 16 workers: 72 of 200 fit into 40.5 s.
    var learned = Dictionary(uniqueKeysWithValues: (0..<200).map { ($0, Learned(milliseconds: 9_000)) })
    var asked: [Int: Int] = [:]
    for _ in 0..<12 {
      let shares = shares(
        learned.map { SharesTests.script($0.key, $0.value, importance: $0.key < 20 ? 8 : 4) }, "script")
      let time = shares.full.reduce(0) { $0 + $1.expected / 16 }
      #expect(time <= 45 * 0.9 && time > 45 * 0.8)
      #expect(shares.full.count + shares.leftOut.count == 200)
      for one in shares.full {
        let number = Int(one.job.id.job.dropFirst()) ?? 0
        asked[number, default: 0] += 1
        learned[number]?.leftOut = 0
      }
      for one in shares.leftOut { learned[Int(one.job.id.job.dropFirst()) ?? 0]?.leftOut += 1 }
    }
    #expect(asked.count == 200, "everybody has a turn")
    let (more, less) = ((0..<20).map { asked[$0] ?? 0 }.min() ?? 0, (20..<200).map { asked[$0] ?? 0 }.max() ?? 0)
    #expect(more >= less, "who matters more is asked at least as often: \(more), \(less)")
  }

  @Test func `guards and what is done once are never left out`() {
    let slow = Learned(milliseconds: 30_000)
    var once = SharesTests.script(1_000, slow)
    once.job.schedule = .once(Instant(6_000), late: 0)
    let guardian = SharesTests.script(1_001, slow)
    let all = (0..<500).map { SharesTests.script($0, slow, importance: 100) } + [once, guardian]
    let shares = Shares(
      all, kind: "script", seconds: 45, load: Load(workers: 16), exempt: [guardian.job.id])
    #expect(shares.full.prefix(2).map(\.job.id).sorted() == [once.job.id, guardian.job.id].sorted())
    #expect(shares.leftOut.count > 400)
  }

  @Test func `whatever is known of jobs, each is in one place, and what is given away fits`() {
    var random = SeededRandom(5)
    for _ in 0..<40 {
      let count = Int.random(in: 1...2_000, using: &random)
      let all = (0..<count).map { number in
        let learned = Learned(
          milliseconds: [0, 5, 300, 8_000].randomElement(using: &random) ?? 0,
          silent: Int.random(in: 0...5, using: &random),
          isConfirmed: Bool.random(using: &random), leftOut: Int.random(in: 0...9, using: &random))
        return SharesTests.page(number, learned: learned, importance: Double.random(in: 1...32, using: &random))
      }
      let shares = shares(all, "http")
      let places = shares.full.map(\.job.id) + shares.short.map(\.assignment.job.id) + shares.leftOut.map(\.job.id)
      #expect(places.count == count && Set(places).count == count)
      let load = Load(workers: 16)
      let full = shares.full.dropFirst(16).reduce(0) {
        $0 + load.seconds(of: $1.job, taking: $1.expected, isWaiting: $1.usual == nil)
      }
      #expect(full <= 45)
    }
  }
}
