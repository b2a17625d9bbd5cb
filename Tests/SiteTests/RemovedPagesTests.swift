import Config
import Foundation
import Model
import Testing

@testable import Site

@Suite struct RemovedPages {
  /// The example without the host www and the objective shop, so long after they were missed first.
  private func input(_ seconds: Int = 60, title: String = "Company website", back: Bool = false) -> SiteInput {
    var example = Example()
    if !back {
      example.plan.hosts.removeAll { $0.name == "www" }
      example.plan.jobs.removeAll { $0.id.host == "www" }
      example.plan.graphs.removeAll { $0.job.host == "www" }
      example.plan.objectives.removeAll { $0.name == "shop" }
      example.plan.hash = "0000000000000000"
    }
    var input = example.input()
    input.now = Example.now + seconds
    if !back {
      let missed = Example.now + 60
      input.removed = [
        Removed(.host, "www", title: title, group: ["web"], missedAt: missed, lastMeasured: Example.slot),
        Removed(
          .objective, "shop", title: "Shop website", missedAt: missed, lastMeasured: Example.slot,
          standing: .init(window: "May 2026", figure: "99.912 %", target: "99.9%", words: "met")),
      ]
    }
    return input
  }

  @Test func `a host that is gone keeps a page that tells what remains, and no picture`() throws {
    let site = rendered(input(), on: Example.site)
    #expect(site.problems == [])
    let page = try #require(site.pages["hosts/www.html"])
    #expect(Checker(page).problems == [])
    #expect(page.contains("<h1>Company website <span class=\"st off\">removed</span></h1>"))
    #expect(page.contains("It was last measured at 2026-05-21 14:05."))
    #expect(page.contains("www/website/up") && page.contains("/var/lib/redeye/series"))
    #expect(page.contains("redeye jobs forget &#39;www&#39; --yes"))
    #expect(site.removed.contains("g/www/ping-latency-day-L.png") && site.removed.contains("hosts/www.csv"))
    #expect(!site.files.keys.contains { $0.hasPrefix("g/www/") })
  }

  @Test func `an objective that is gone keeps its last figure and its incidents`() throws {
    let site = rendered(input(), on: Example.site)
    let page = try #require(site.pages["objectives/shop.html"])
    #expect(page.contains("99.912 % in May 2026, met") && page.contains("421 Shop website"))
    #expect(Checker(page).problems == [])
  }

  @Test func `lists, the index and the data name them`() throws {
    let site = rendered(input(), on: Example.site)
    #expect(site.pages["hosts/index.html"]?.contains("<b>Removed:</b>") == true)
    #expect(site.pages["hosts/index.html"]?.contains(">Company website</a> <span class=\"q\">21 May</span>") == true)
    #expect(site.pages["objectives/index.html"]?.contains("<b>Removed:</b>") == true)
    #expect(site.pages["search.html"]?.contains("<small>removed host</small>") == true)
    let data = try #require(
      try JSONSerialization.jsonObject(with: Data(site.files["index.json"] ?? [])) as? [String: Any])
    let removed = try #require(data["removed"] as? [[String: Any]])
    #expect(removed.map { $0["page"] as? String } == ["hosts/www.html", "objectives/shop.html"])
    #expect(Example.site.pages["hosts/index.html"]?.contains("Removed:") == false)
  }

  @Test func `the page is not made again each run, and goes after ninety days`() {
    let first = rendered(input(), on: Example.site)
    let second = rendered(input(86_400), on: first)
    #expect(second.kept.contains("hosts/www.html") && second.kept.contains("objectives/shop.html"))
    let last = rendered(input(90 * 86_400 + 60), on: second)
    #expect(last.removed.contains("hosts/www.html") && last.removed.contains("objectives/shop.html"))
    #expect(last.pages["hosts/index.html"]?.contains("Removed:") == false)
  }

  @Test func `what comes back has its pages again`() {
    let gone = rendered(input(), on: Example.site)
    let back = rendered(input(120, back: true), on: gone)
    #expect(back.pages["hosts/www.html"]?.contains("removed</span>") == false)
    #expect(back.files["g/www/ping-latency-day-L.png"] != nil && back.problems == [])
    #expect(back.files.keys.sorted() == Example.site.files.keys.sorted())
  }

  @Test(arguments: ["<script>alert(1)</script>", "\"><img src=x>", "{{{root}}}", "\u{202E}x"])
  func `its name is text`(title: String) throws {
    let site = rendered(input(title: title), on: Example.site)
    for path in ["hosts/www.html", "hosts/index.html", "search.html"] {
      let page = try #require(site.pages[path])
      #expect(Checker(page).problems == [], "\(path)")
      #expect(!page.contains(title) || title.hasPrefix("{"), "\(path)")
    }
  }
}
