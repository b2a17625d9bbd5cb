import Graph
import Model
import Synchronization
import Testing

@testable import Site

@Suite struct TurnsTests {
  let all = Set(Example.site.files.keys)

  /// A rendering with time for so many pictures.
  private func site(
    time: Int, existing: Set<String> = [], waiting: [String: Int] = [:], allDue: Bool = false
  ) -> (site: Rendering, drawn: [String]) {
    let clock = Clock(Double(time))
    var input = Example().input(existing: existing)
    if allDue { for index in input.runs.indices { input.runs[index].startedAt = Instant(0) } }
    input.waiting = waiting
    input.remaining = { clock.left }
    let site = render(input) { chart, format, scale in
      if chart.emptyText != "Not drawn yet; the next run goes on." { clock.pass() }
      return .init(light: [1], dark: [2], width: 360, height: 93)
    }
    return (site, site.files.filter { $0.value != .keep && $0.key.hasSuffix(".png") }.map(\.key))
  }

  @Test func `with time for all nothing waits`() {
    #expect(site(time: 100_000).site.waiting.isEmpty)
    #expect(Example.site.waiting.isEmpty)
  }

  @Test func `without time the site is whole, every page is new, and every picture waits`() {
    let site = site(time: 0, existing: all, allDue: true).site
    #expect(Set(site.files.keys) == all)
    #expect(site.files.allSatisfy { ($0.value == .keep) == $0.key.hasSuffix(".png") })
    #expect(!site.waiting.isEmpty && site.waiting.values.allSatisfy { $0 == 1 })
    guard case .bytes(let page)? = site.files["runs/index.html"] else {
      Issue.record("there is no run page")
      return
    }
    let text = String(decoding: page, as: UTF8.self)
    #expect(text.contains("pictures wait for the next run: there was no time."), "\(text.prefix(3_000))")
  }

  @Test func `a new picture there was no time for says so`() {
    let site = site(time: 0, allDue: true).site
    #expect(Set(site.files.keys) == all)
    #expect(site.files.values.allSatisfy { $0 != .keep })
    #expect(site.problems == [])
  }

  @Test func `what waited comes first, due or not, and after enough runs everything was drawn`() throws {
    let everything = site(time: 0, existing: all, allDue: true).site.waiting
    var waiting = everything
    var runs = 0
    while !waiting.isEmpty, runs < 100 {
      // Nothing else is due: the run before was a moment ago.
      let next = site(time: 400, existing: all, waiting: waiting).site.waiting
      #expect(next.count < waiting.count)
      #expect(Set(next.keys).isSubset(of: everything.keys))
      waiting = next
      runs += 1
    }
    #expect(waiting.isEmpty && runs > 2, "\(runs)")
  }

  @Test func `a picture that has waited longer goes before all others, though everything is due`() {
    let everything = site(time: 0, existing: all, allDue: true).site.waiting
    let oldest = Array(everything.keys.sorted().suffix(20))
    let waiting = everything.merging(oldest.map { ($0, 3) }) { $1 }
    let after = site(time: 200, existing: all, waiting: waiting, allDue: true).site.waiting
    #expect(!after.isEmpty)
    for picture in oldest { #expect(after[picture] == nil, "\(picture)") }
  }
}

/// Time that passes when something is drawn.
private final class Clock: Sendable {
  private let rest: Mutex<Double>

  init(_ rest: Double) { self.rest = Mutex(rest) }

  var left: Double { rest.withLock { $0 } }
  func pass() { rest.withLock { $0 -= 1 } }
}
