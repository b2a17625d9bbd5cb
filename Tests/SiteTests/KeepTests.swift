import Config
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

  @Test func `a picture is drawn in all its sizes in a run or in none`() {
    let first = Example(hosts: [("web", ["www"])]).input()
    let all = Set(rendered(first).files.keys)
    for seconds in stride(from: 60, to: 1_260, by: 60) {
      var input = first
      input.existing = all
      input.now = Example.now + seconds
      input.runs = [RunRecord(number: 9_000, slot: Example.slot, startedAt: Example.now + seconds - 60)]
      let kept = kept(rendered(input))
      for large in all where large.hasSuffix("-L.png") {
        #expect(kept.contains(large) == kept.contains("\(large.dropLast(6))-N@2x.png"), "\(large) at \(seconds)")
      }
    }
  }

  @Test func `the tree is the same whether files are drawn or kept`() {
    #expect(Set(rendered(Example().input(existing: all, moved: [])).files.keys) == all)
  }

  @Test func `pages are never kept`() {
    let kept = kept(rendered(Example().input(existing: all, moved: [])))
    #expect(kept.allSatisfy { $0.hasSuffix(".png") || $0.hasSuffix(".csv") })
  }

  /// The example so many seconds later, after a run a minute before.
  private func later(_ seconds: Int, existing: Set<String>) -> SiteInput {
    var input = Example().input(existing: existing, moved: [])
    input.now = Example.now + seconds
    input.runs = [RunRecord(number: 9_000, slot: Example.slot + seconds - 60, startedAt: Example.now + seconds - 60)]
    return input
  }

  @Test func `the page of an incident that is over for good is kept, and only that`() {
    let week = later(7 * 86_400, existing: all)
    let site = rendered(week)
    #expect(site.files["incidents/421.html"] == .keep)
    #expect(site.files["g/incidents/421-L@2x.png"] == .keep && site.files["g/incidents/421-N-dark@2x.png"] == .keep)
    #expect(kept(site).filter { $0.hasSuffix(".html") } == ["incidents/421.html"])
    #expect(Set(site.files.keys) == Set(rendered(later(7 * 86_400, existing: [])).files.keys))
  }

  @Test func `it is written anew when the configuration or redeye is another`() {
    var changed = later(7 * 86_400, existing: all)
    changed.plan.hash = "0000000000000000"
    var newer = later(7 * 86_400, existing: all)
    newer.version = "0.2.0"
    for input in [changed, newer] { #expect(rendered(input).files["incidents/421.html"] != .keep) }
  }

  @Test func `a page that is kept holds nothing that time makes wrong`() throws {
    let first = try #require(rendered(later(3 * 86_400, existing: [])).pages["incidents/421.html"])
    let other = try #require(rendered(later(300 * 86_400, existing: [])).pages["incidents/421.html"])
    #expect(first == other)
    #expect(Checker(first).problems == [])
    #expect(first.contains("Closed for good") && first.contains("2026-05-21 10:1"))
    #expect(!first.contains("Data until") && !first.contains("open for more than"))
    let fresh = try #require(Example.site.pages["incidents/421.html"])
    #expect(fresh.contains("Data until"))
  }

  @Test func `the first samples of a series are drawn at once`() {
    var input = Example().input(existing: all)
    for (name, entry) in input.catalogue where name.host == "www" {
      input.catalogue[name] = CatalogueEntry(
        series: entry.series, file: entry.file, source: entry.source, unit: entry.unit, step: entry.step,
        since: Example.slot)
    }
    let kept = kept(rendered(input))
    for name in ["website-time-day-L.png", "website-time-day-N@2x.png", "s-website~"] {
      #expect(!kept.contains { $0.hasPrefix("g/www/\(name)") }, "\(name)")
    }
    // One sample is no point of a year.
    #expect(kept.contains { $0.hasPrefix("g/www/website-time-year") })
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
