import Config
import Foundation
import Model
import SLA
import Testing

@testable import Site

@Suite struct ProblemsPages {
  private func page(_ input: SiteInput) throws -> String {
    let page = try #require(rendered(input).pages["problems.html"])
    #expect(Checker(page).problems == [])
    return page
  }

  /// All goes well.
  private var calm: SiteInput {
    var example = Example(hosts: [("web", ["www"])])
    example.plan.objectives = []
    var input = example.input()
    input.openIncidents = []
    input.run = nil
    input.window = Samples.constant(1, from: Example.slot - 90_000)
    return input
  }

  @Test func `what is open, down, failed and broken is told, worst first`() throws {
    let page = try page(Example().input())
    for text in [
      "<h2 id=\"open\">", "422 Warehouse network", "<h2 id=\"hosts\">", "<a href=\"hosts/sw-wh1.html\">sw-wh1</a>",
      "<h2 id=\"jobs\">", "no answer from sw-wh1 within 10", "<h2 id=\"objectives\">", "incidents/422.html",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(page.contains("<title>") && page.contains("problems · Example Logistics</title>"))
    let hosts = try #require(page.components(separatedBy: "<h2 id=\"hosts\">").last)
    let names = hosts.matches(of: /<a href="hosts\/([^"]+).html">/).map { String($0.1) }
    #expect(names.first == "sw-wh1" && names.contains("isp-a"))
    #expect(!page.contains("Nothing is wrong"))
    let met = try #require(page.components(separatedBy: "<h2 id=\"objectives\">").last)
    #expect(!met.contains("Company website"))
  }

  @Test func `where nothing is wrong it says so, and up to when that is known`() throws {
    let page = try page(calm)
    #expect(page.contains("Nothing is wrong.") && page.contains(">14:05</time>"))
    #expect(page.contains("<title>nothing wrong · "))
    #expect(!page.contains("<h2"))
  }

  @Test func `before the first sample nothing is called well`() throws {
    let page = try page(Example().empty)
    #expect(page.contains("Nothing has been collected yet.") && !page.contains("Nothing is wrong"))
    #expect(page.contains("<title>no data yet · "))
  }

  @Test func `a configuration that cannot be used and messages that wait are problems`() throws {
    var input = calm
    input.configurationProblem = "example.yaml:7:3: unknown key “hsots”"
    input.outbox = OutboxCount(queued: 3, oldest: Example.now - 900)
    let page = try page(input)
    #expect(page.contains("unknown key “hsots”") && page.contains("3 messages wait"))
    #expect(page.contains("2 problems"))
  }

  @Test func `a series that has no sample for three slots, though its job goes well, is told of`() throws {
    var input = calm
    let usual = input.window
    input.window = { series, span, resolution in
      var window = usual(series, span, resolution)
      guard series.metric == "time-connect" else { return window }
      window.samples = window.samples.map { $0.slot > Example.slot - 1_800 ? Sample(slot: $0.slot, value: nil) : $0 }
      return window
    }
    let first = rendered(input)
    let page = try #require(first.pages["problems.html"])
    #expect(Checker(page).problems == [])
    #expect(page.contains("<h2 id=\"stale\">") && page.contains(">website time-connect</a>"))
    #expect(page.contains("href=\"series/www/website-time.html\""))
    // It is remembered while the page of the metric is kept.
    input.now = Example.now + 1
    let again = try #require(rendered(input, on: first).pages["problems.html"])
    #expect(again.contains(">website time-connect</a>"))
  }

  @Test func `two slots without a sample are nothing yet, and neither is a job that failed`() throws {
    var input = calm
    let usual = input.window
    input.window = { series, span, resolution in
      var window = usual(series, span, resolution)
      window.samples = window.samples.map { $0.slot > Example.slot - 120 ? Sample(slot: $0.slot, value: nil) : $0 }
      return window
    }
    #expect(!(try page(input)).contains("id=\"stale\""))
    let failing = try page(Example().input())
    #expect(!failing.contains("id=\"stale\""))
  }

  @Test func `a job without a run for some slots is told of`() throws {
    var input = calm
    input.now = Example.now + 600
    input.dataUntil = Example.slot + 600
    for index in input.jobRecords.indices where input.jobRecords[index].job.job != "website" {
      input.jobRecords[index].lastSlot = Example.slot + 600
      input.jobRecords[index].lastSuccess = Example.slot + 600
    }
    input.window = Samples.constant(1, from: Example.slot - 90_000, until: Example.slot + 600)
    let page = try page(input)
    #expect(page.contains("id=\"stale\"") && page.contains(">website<"))
  }

  @Test func `of very many the worst are shown and the rest is counted`() throws {
    var example = Example(hosts: [])
    example.plan.objectives = []
    example.failing = Set((0..<450).map { JobID(host: "h\($0)", job: "ping") })
    for number in 0..<450 { example.add("h\(number)", to: "lab") }
    var input = example.input()
    input.openIncidents = []
    let page = try page(input)
    #expect(page.contains("the worst 200 of 450"))
    #expect(page.matches(of: /<a href="hosts\/h/).count == 400)
  }

  @Test func `programs read the same`() throws {
    let text = try #require(Example.site.files["problems.json"])
    let data = try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    #expect((data["incidents"] as? [[String: Any]])?.compactMap { $0["number"] as? Int } == [422, 423])
    #expect((data["jobs"] as? [[String: Any]])?.count == 2)
    #expect((data["hosts"] as? [[String: Any]])?.first?["name"] as? String == "sw-wh1")
  }

  @Test func `the overview and every page lead there`() throws {
    #expect(Example.site.pages["index.html"]?.contains("<a href=\"problems.html\">open incidents</a>") == true)
    #expect(Example.site.pages["hosts/www.html"]?.contains("<a href=\"../problems.html\">Problems</a>") == true)
  }
}
