import Model
import Testing

@testable import Site

@Suite struct Keeping {
  let all = Set(Example.site.files.keys)

  private func kept(_ site: Rendering) -> Set<String> { Set(site.files.filter { $0.value == .keep }.keys) }

  @Test func `what is not there yet is drawn, whatever moved`() {
    #expect(kept(rendered(Example().input(existing: [], moved: []))).isEmpty)
  }

  @Test func `a job that did not run keeps its pictures of the day`() {
    let site = rendered(Example().input(existing: all, moved: [JobID(host: "www", job: "ping")]))
    let kept = kept(site)
    #expect(!kept.contains("g/www/ping-latency-day-L.png"))
    #expect(!kept.contains("g/www/ping-latency-day-L-dark@2x.png"))
    #expect(kept.contains("g/www/website-time-day-L.png"))
    #expect(kept.contains("g/shop/ping-latency-day-N@2x.png"))
  }

  @Test func `the tree is the same whether files are drawn or kept`() {
    #expect(Set(rendered(Example().input(existing: all, moved: [])).files.keys) == all)
  }

  @Test func `pages are never kept`() {
    let kept = kept(rendered(Example().input(existing: all, moved: [])))
    #expect(kept.allSatisfy { $0.hasSuffix(".png") || $0.hasSuffix(".csv") })
  }

  @Test func `the longer pictures are renewed in turn, each once in its period`() {
    for (period, path) in [(900, "g/a/x-week"), (3_600, "g/a/x-month"), (21_600, "g/b/y-year")] {
      let runs = stride(from: 1_000_020, to: 1_000_020 + 4 * period, by: 60)
      let times = runs.filter { isDue(path, every: period, last: Instant($0 - 60), now: Instant($0)) }
      #expect(times.count == 4)
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == period })
    }
  }

  @Test func `after a pause everything that had its turn meanwhile is due`() {
    #expect(isDue("g/a/x-week", every: 900, last: Instant(1_000_000), now: Instant(1_000_900)))
    #expect(isDue("g/a/x-week", every: 900, last: nil, now: Instant(1_000_000)))
  }

  @Test func `turns are spread over the period`() {
    let turns = (0..<300).map { Int(hash("g/h\($0)/x-week") % 900) }
    let early = turns.count { $0 < 300 }
    #expect((60...140).contains(early))
  }
}
