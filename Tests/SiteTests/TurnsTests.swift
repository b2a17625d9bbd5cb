import Graph
import Model
import Synchronization
import Testing

@testable import Site

@Suite struct TurnsTests {
  /// Five minutes after the example, when there is a new slot of everything.
  private var later: SiteInput {
    var input = Example().input()
    input.now = Example.now + 90_000
    input.dataUntil = Example.slot + 90_000
    for index in input.jobRecords.indices { input.jobRecords[index].lastSlot = Example.slot + 90_000 }
    return input
  }

  /// A rendering with time for so many pictures in all their sizes.
  private func site(_ input: SiteInput, time: Int, on site: PrintedSite = PrintedSite()) -> PrintedSite {
    let clock = Clock(Double(time))
    var input = input
    input.waiting = site.waiting
    input.remaining = { clock.left }
    return rendered(input, on: site) { drawing in
      if drawing.chart.emptyText != "Not drawn yet; the next run goes on." { clock.pass(drawing.sheets.count) }
      return PrintedSite.blank(drawing)
    }
  }

  @Test func `with time for all nothing waits`() {
    #expect(site(later, time: 100_000).waiting.isEmpty)
    #expect(Example.site.waiting.isEmpty)
  }

  @Test func `without time the site is whole, every page is new, and every picture waits`() throws {
    let site = site(later, time: 0, on: Example.site)
    #expect(Set(site.files.keys) == Set(Example.site.files.keys))
    #expect(site.written.filter { $0.hasSuffix(".png") } == [])
    #expect(site.written.contains("hosts/www.html") && site.written.contains("index.html"))
    #expect(!site.waiting.isEmpty && site.waiting.values.allSatisfy { $0 == 1 })
    let text = try #require(site.texts["runs/index.html"])
    #expect(text.contains("pictures wait for the next run: there was no time."), "\(text.prefix(3_000))")
  }

  @Test func `a new picture there was no time for says so, and is drawn by the next run`() {
    let first = site(Example().input(), time: 0)
    #expect(Set(first.files.keys) == Set(Example.site.files.keys))
    #expect(first.problems == [])
    let second = site(Example().input(), time: 100_000, on: first)
    #expect(second.waiting.isEmpty)
    #expect(second.written.isSuperset(of: Example.site.files.keys.filter { $0.hasSuffix(".png") }))
  }

  @Test func `what waited comes first, due or not, and after enough runs everything was drawn`() throws {
    var now = site(later, time: 0, on: Example.site)
    let everything = now.waiting
    var runs = 0
    while !now.waiting.isEmpty, runs < 100 {
      let next = site(later, time: 400, on: now)
      #expect(next.waiting.count < now.waiting.count)
      #expect(Set(next.waiting.keys).isSubset(of: everything.keys))
      now = next
      runs += 1
    }
    #expect(now.waiting.isEmpty && runs > 2, "\(runs)")
  }

  @Test func `a picture that has waited longer goes before all others, though everything is due`() {
    var before = site(later, time: 0, on: Example.site)
    let oldest = Array(before.waiting.keys.sorted().suffix(20))
    before.waiting.merge(oldest.map { ($0, 3) }) { $1 }
    let after = site(later, time: 200, on: before).waiting
    #expect(!after.isEmpty)
    for picture in oldest { #expect(after[picture] == nil, "\(picture)") }
  }
}

/// Time that passes when something is drawn.
private final class Clock: Sendable {
  private let rest: Mutex<Double>

  init(_ rest: Double) { self.rest = Mutex(rest) }

  var left: Double { rest.withLock { $0 } }
  func pass(_ time: Int) { rest.withLock { $0 -= Double(time) } }
}
