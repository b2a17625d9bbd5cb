import Config
import Foundation
import Model
import SLA
import Testing

@testable import Site

@Suite struct SeriesPages {
  let site = Example.site

  /// The example so many seconds later, with a new slot of every job.
  private func later(_ seconds: Int, _ example: Example = Example(hosts: [("web", ["www", "api"])])) -> SiteInput {
    var input = example.input()
    input.now = Example.now + seconds
    input.dataUntil = Example.slot + seconds
    for index in input.jobRecords.indices {
      input.jobRecords[index].lastSlot = Example.slot + seconds
      input.jobRecords[index].lastSuccess = Example.slot + seconds
    }
    return input
  }

  private func json(_ path: String, _ site: PrintedSite) throws -> [String: Any] {
    let bytes = try #require(site.files[path])
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func `each picture of a host has a page with its data, and the host's page leads there`() throws {
    let path = "series/www/website-time"
    for suffix in [".html", ".json", ".csv"] { #expect(site.files[path + suffix] != nil, "\(suffix)") }
    let host = try #require(site.pages["hosts/www.html"])
    #expect(host.contains("<a href=\"../series/www/website-time.html\">Response time</a>"))
    let page = try #require(site.pages[path + ".html"])
    for text in ["Total", "Connected", "24 hours", "12 months", "None judges this.", "www/website/time-total"] {
      #expect(page.contains(text), "\(text)")
    }
    for picture in ["website-time-day-L.png", "website-time-week.png", "website-time-year.png"] {
      #expect(page.contains("src=\"../../g/www/\(picture)\""), "\(picture)")
    }
  }

  @Test func `an interface has a page for each of its pictures, small ones and tables lead there`() throws {
    let pages = site.pages.keys.filter { $0.hasPrefix("series/router1/") }
    #expect(pages.count { $0.contains("interfaces-traffic-xe") } == 2)
    let instance = try #require(site.pages.first { $0.key.hasPrefix("hosts/router1/") }?.value)
    #expect(instance.contains("href=\"../../series/router1/"))
    let table = try #require(site.pages["hosts/router1.html"])
    #expect(table.contains("<td class=\"spark\"><a href=\"../series/router1/"))
    let small = try #require(site.pages["hosts/monitor1.html"])
    #expect(small.contains("<a href=\"../series/monitor1/system-entropy.html\">system: entropy</a>"))
  }

  @Test func `no picture is drawn for these pages`() {
    let drawn = Set(site.files.keys.filter { $0.hasPrefix("g/") && $0.hasSuffix(".png") })
    let shown = site.pages.filter { $0.key.hasPrefix("series/") }.flatMap { Checker($0.value).links }
      .filter { $0.hasSuffix(".png") }.map { String($0.dropFirst("../../".count)) }
    #expect(!shown.isEmpty && Set(shown).subtracting(drawn).isEmpty)
    let others = site.pages.filter { !$0.key.hasPrefix("series/") }.flatMap { Checker($0.value).links }
      .filter { $0.hasSuffix(".png") }.map { $0.replacing("../", with: "") }
    #expect(Set(shown).subtracting(others).isEmpty)
  }

  @Test func `an objective that judges the series is told of with its bad time and its incident`() throws {
    let page = try #require(site.pages["series/api/website-time.html"])
    for text in ["<h2 id=\"objectives\">Objectives</h2><small>that judge this", ">API</a>", "812 ms, maximum 500 ms"] {
      #expect(page.contains(text), "\(text)")
    }
    let lossy = try #require(site.pages["series/isp-a/ping-latency.html"])
    #expect(lossy.contains(">423</a>") && lossy.contains("loss is 15"))
    // What a pattern judges elsewhere is not told of here.
    let other = try #require(site.pages["series/sw-wh2/ping-latency.html"])
    #expect(other.contains("Warehouse network") && !other.contains("no answer from sw-wh1"))
  }

  @Test func `percentiles come from single slots alone, and coverage is told`() throws {
    var input = later(0)
    input.window = Samples.constant(5, from: Example.slot - 3 * 86_400)
    input.peaks = { series, span, resolution in
      ([Sample(slot: span.to - resolution, value: 2)], [Sample(slot: span.to - resolution, value: 9)])
    }
    let data = try json("series/www/website-time.json", rendered(input))
    let series = try #require(data["series"] as? [[String: Any]])
    let periods = try #require(series.first?["periods"] as? [[String: Any]])
    #expect(periods.map { $0["percentile95"] as? Double } == [5, 5, nil, nil])
    #expect(periods.map { $0["highest"] as? Double } == [5, 5, 9, 9])
    #expect(periods.map { $0["lowest"] as? Double } == [5, 5, 2, 2])
    #expect(periods[0]["samples"] as? Int == 1_440 && periods[0]["expected"] as? Int == 1_440)
    #expect(periods[1]["samples"] as? Int == 3 * 1_440 + 1 && periods[1]["expected"] as? Int == 7 * 1_440)
    #expect(periods[2]["sampleSeconds"] as? Int == 3_600 && periods[3]["sampleSeconds"] as? Int == 21_600)
  }

  @Test func `without extremes beside averages there is no lowest and no highest`() throws {
    var example = Example(hosts: [("web", ["www"])])
    example.plan.settings.retention.tiers = example.plan.settings.retention.tiers.map {
      Retention.Tier(every: $0.every, duration: $0.duration, extremes: false)
    }
    let data = try json("series/www/website-time.json", rendered(later(0, example)))
    let series = try #require(data["series"] as? [[String: Any]])
    let periods = try #require(series.first?["periods"] as? [[String: Any]])
    #expect(periods.map { $0["highest"] is Double } == [true, true, false, false])
    #expect(periods.allSatisfy { $0["average"] is Double })
  }

  @Test func `the table has every slot of a day, and nothing where nothing was measured`() throws {
    var input = later(0)
    input.window = Samples.constant(5, from: Example.slot - 3_600)
    let text = try #require(rendered(input).texts["series/www/website-time.csv"])
    let rows = text.components(separatedBy: "\r\n").filter { !$0.isEmpty }.map { $0.components(separatedBy: ",") }
    #expect(rows.count == 1_441)
    #expect(rows[0] == ["time", "www/website/time-total", "www/website/time-connect"])
    #expect(rows[1].dropFirst().allSatisfy { $0.isEmpty })
    #expect(rows.last.map { Array($0.dropFirst()) } == ["5.0", "5.0"])
  }

  @Test func `before the first sample the page says so`() throws {
    let pages = rendered(Example().empty).pages.filter { $0.key.hasPrefix("series/") }
    #expect(!pages.isEmpty)
    for (path, page) in pages { #expect(Checker(page).problems == [], "\(path)") }
    #expect(rendered(Example().empty).problems == [])
  }

  @Test func `a page is made again once in six hours, at a time of its own`() {
    var site = rendered(later(0))
    var madeAt: [String: [Int]] = [:]
    for seconds in stride(from: 900, through: 43_200, by: 900) {
      site = rendered(later(seconds), on: site)
      for path in site.written where path.hasPrefix("series/") && path.hasSuffix(".html") {
        madeAt[path, default: []].append(seconds)
      }
    }
    #expect(madeAt.count == site.pages.keys.count { $0.hasPrefix("series/") })
    for (path, times) in madeAt { #expect(times.count == 2 && times[1] - times[0] == 21_600, "\(path) \(times)") }
    #expect(Set(madeAt.values.map { $0[0] }).count > 5)
  }

  @Test func `a breach and what happens to its incident are told at once`() throws {
    let usual = rendered(later(60), on: rendered(later(0)))
    #expect(usual.kept.contains("series/api/website-time.html"))
    var input = later(120)
    let place = try #require(input.objectives.firstIndex { $0.objective.name == "api" })
    var breach = try #require(input.objectives[place].ledger.last)
    breach.span = Span(from: Example.slot, to: Example.slot + 120)
    (breach.verdict, breach.cause) = (.bad, "time-total is 900 ms")
    input.objectives[place].ledger.append(breach)
    let second = rendered(input, on: usual)
    #expect(second.pages["series/api/website-time.html"]?.contains("time-total is 900 ms") == true)
    #expect(second.kept.contains("series/www/website-time.html"))
    input.openIncidents.append(
      Incident(
        number: 777, objective: "api", title: "API", host: "api", since: Example.slot, openedAt: Example.slot + 120,
        cause: "slow"))
    let third = rendered(input, on: second)
    #expect(third.pages["series/api/website-time.html"]?.contains(">777</a>") == true)
  }

  @Test func `where there is no time a page is there without figures, and has them with the next run`() throws {
    var input = later(0)
    input.remaining = { 0 }
    let first = rendered(input)
    let page = try #require(first.pages["series/www/website-time.html"])
    #expect(page.contains("Not counted yet") && Checker(page).problems == [])
    let second = rendered(later(60), on: first)
    let full = try #require(second.pages["series/www/website-time.html"])
    #expect(!full.contains("Not counted yet") && full.contains("Coverage"))
    var late = later(7 * 3_600)
    late.remaining = { 0 }
    let third = rendered(late, on: second)
    #expect(third.kept.contains("series/www/website-time.html"))
  }

  @Test func `a page goes with its host, and its data too`() {
    var smaller = Example(hosts: [("web", ["www"])])
    smaller.plan.hash = "0000000000000000"
    let site = rendered(later(60, smaller), on: rendered(later(0)))
    for suffix in [".html", ".json", ".csv"] { #expect(site.removed.contains("series/api/website-time\(suffix)")) }
    #expect(site.kept.contains("series/www/website-time.html"))
  }

  @Test func `every series that has a metric page leads to a page that is there`() {
    let press = try? Press(Example().input(), templates: Templates()) { _ in }
    let paths = Example().catalogue.keys.compactMap { press?.seriesPath(of: $0) }
    #expect(paths.count > 100)
    for path in paths { #expect(site.files[path] != nil, "\(path)") }
  }
}
