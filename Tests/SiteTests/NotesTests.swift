import Config
import Graph
import Model
import Testing

@testable import Site

@Suite struct Notes {
  private func note(
    _ text: String, _ kind: Note.Kind = .host, _ name: String = "www", ago: Int = 600, number: Int = 7
  ) -> Note {
    Note(
      number: number, on: Note.Subject(kind, name), at: Example.now - ago, by: "alice", text: text,
      writtenAt: Example.now)
  }

  private func site(_ notes: [Note]) -> PrintedSite {
    var input = Example().input()
    input.notes = notes
    return rendered(input, on: Example.site)
  }

  @Test func `a note draws its host anew and no other`() {
    let site = site([note("fan replaced")])
    #expect(site.written.contains("hosts/www.html") && site.written.contains("hosts/www.json"))
    #expect(site.written.contains("g/www/ping-latency-day-L.png"))
    #expect(site.written.contains("g/www/ping-latency-year.png"))
    #expect(!site.written.contains { $0.hasPrefix("g/shop/") || $0.hasPrefix("hosts/shop") })
    #expect(site.problems == [])
  }

  @Test func `it stands at the top of its page for a week, and in its list for good`() throws {
    let new = try #require(site([note("fan replaced")]).pages["hosts/www.html"])
    #expect(new.contains("<p class=\"note\"><b>13:55, alice:</b> fan replaced</p>"))
    #expect(new.contains("<h2 id=\"notes\">Notes</h2>"))
    #expect(new.contains("9 samples") == false)
    let old = try #require(site([note("fan replaced", ago: 8 * 86_400)]).pages["hosts/www.html"])
    #expect(!old.contains("<p class=\"note\">") && old.contains("fan replaced"))
    #expect(Example.site.pages["hosts/www.html"]?.contains("id=\"notes\"") == false)
  }

  @Test func `an old note leaves the pictures of a day alone`() {
    let site = site([note("last week", ago: 5 * 86_400)])
    #expect(site.kept.contains("g/www/ping-latency-day-L.png"))
    #expect(site.written.contains("g/www/ping-latency-week.png"))
  }

  @Test func `the picture says it in words, with the time`() throws {
    let page = try #require(site([note("fan replaced")]).pages["hosts/www.html"])
    let alt = try #require(page.firstMatch(of: /alt="(www · Latency[^"]*)"/))
    #expect(alt.1.contains("fan replaced"), "\(alt.1)")
  }

  @Test func `a note on an incident is in its timeline and on its host's page`() throws {
    let all = [note("called the provider", .incident, "423", ago: 300)]
    let site = site(all)
    let incident = try #require(site.pages["incidents/423.html"])
    #expect(incident.contains("Note by alice: called the provider"))
    let host = try #require(site.pages["hosts/isp-a.html"])
    #expect(host.contains("called the provider") && host.contains("<a href=\"../incidents/423.html\">incident 423</a>"))
  }

  @Test func `a note on a host from the time of an incident is in the timeline too`() throws {
    let during = note("cable pulled", .host, "isp-a", ago: 300)
    let before = note("long ago", .host, "isp-a", ago: 86_400, number: 8)
    let page = try #require(site([during, before]).pages["incidents/423.html"])
    #expect(page.contains("Note on isp-a by alice: cable pulled") && !page.contains("long ago"))
  }

  @Test func `the page of an incident long over takes in a note that is written later`() throws {
    let later = Example.now + 6 * 86_400
    var input = Example().input()
    input.now = later
    let settled = rendered(input, on: Example.site)
    input.notes = [note("post mortem: see the wiki", .incident, "421")]
    let noted = rendered(input, on: settled)
    #expect(noted.written.contains("incidents/421.html"))
    #expect(noted.pages["incidents/421.html"]?.contains("post mortem") == true)
    #expect(rendered(input, on: noted).kept.contains("incidents/421.html"))
    input.notes = []
    #expect(rendered(input, on: noted).pages["incidents/421.html"]?.contains("post mortem") == false)
  }

  @Test func `objectives and graphs have notes of their own`() throws {
    var example = Example()
    let location = SourceLocation(file: "example.yaml", line: 99, column: 1)
    example.plan.ownGraphs = [
      OwnGraph(
        name: "all", title: "All", lines: [.init(.series(Selector("www/ping/loss")))],
        location: location)
    ]
    var input = example.input()
    input.notes = [note("new contract", .objective, "shop"), note("since the move", .graph, "all", number: 8)]
    let site = rendered(input)
    #expect(site.pages["objectives/shop.html"]?.contains("new contract") == true)
    #expect(site.pages["objectives/www.html"]?.contains("id=\"notes\"") == false)
    #expect(site.pages["graphs/all.html"]?.contains("since the move") == true)
    for path in ["objectives/shop.html", "graphs/all.html"] {
      #expect(Checker(try #require(site.pages[path])).problems == [], "\(path)")
    }
  }

  @Test func `a note on what is not there harms nobody`() {
    let site = site([note("x", .host, "gone"), note("y", .incident, "99999"), note("z", .incident, "no number")])
    #expect(site.problems == [] && !site.written.contains { $0.hasPrefix("hosts/www") })
  }

  @Test func `a page lists fifty and says of how many`() throws {
    let all = (0..<60).map { note("n\($0)", ago: 600 + $0, number: 100 - $0) }
    let page = try #require(site(all).pages["hosts/www.html"])
    #expect(page.contains("the newest 50 of 60"))
    #expect(page.contains("n49<") && !page.contains("n50<"))
  }

  @Test func `a restart is where the uptime falls`() {
    func samples(_ values: [Double?], step: Int = 60) -> [Sample] {
      values.enumerated().map { Sample(slot: Instant(600 + $0.offset * step), value: $0.element) }
    }
    #expect(restarts(samples([1_000, 1_060, 1_120]), step: 60) == [])
    #expect(restarts(samples([1_000, 1_060, 20, 80]), step: 60) == [Instant(600 + 120 + 30 - 20)])
    #expect(restarts(samples([1_000, nil, nil, 20]), step: 60) == [Instant(600 + 180 + 30 - 20)])
    // An average with the restart inside, and the first one after it.
    #expect(
      restarts(samples([90_000, 40_000, 2_700], step: 3_600), step: 3_600) == [Instant(600 + 7_200 + 1_800 - 2_700)])
    // sysUpTime begins anew after 497 days.
    #expect(restarts(samples([42_949_640, 27.3]), step: 60) == [])
    #expect(restarts(samples([nil, nil]), step: 60) == [])
    #expect(restarts(samples([.greatestFiniteMagnitude, -5]), step: 60).count == 1)
  }
}
