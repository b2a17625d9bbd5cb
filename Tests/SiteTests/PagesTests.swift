import Config
import Model
import Testing

@testable import Site

@Suite struct Pages {
  let site = Example.site

  @Test func `every page is well formed and has only the elements and attributes of the templates`() {
    #expect(site.problems == [])
    #expect(site.pages.count > 30)
    for (path, page) in site.pages { #expect(Checker(page).problems == [], "\(path)") }
  }

  @Test func `every link of every page leads to a file of the tree or to a place on a page`() {
    for (path, page) in site.pages {
      for link in Checker(page).links {
        let parts = link.split(separator: "#", omittingEmptySubsequences: false)
        let target = resolve(String(parts[0]), from: path)
        #expect(site.files[target] != nil, "\(path) links to \(link)")
        guard parts.count > 1, let there = site.pages[target] else { continue }
        #expect(Checker(there).ids.contains(String(parts[1])), "\(path) links to \(link)")
      }
    }
  }

  @Test func `no page has a script, a style of its own or an address elsewhere`() {
    for (path, page) in site.pages {
      let page = path == "search.html" ? Checker.scripts.reduce(page) { $0.replacing($1, with: "") } : page
      for word in ["<script", "style=", "<style", "http://", "https://www", "javascript:", "onload"] {
        #expect(!page.contains(word), "\(path) has \(word)")
      }
      #expect(page.contains("default-src 'none'; img-src 'self'; style-src 'self'"), "\(path)")
      #expect(page.hasSuffix("</html>\n"), "\(path)")
    }
  }

  @Test func `on a phone the sections wrap, and how long a host is not well stays in one line`() throws {
    let sheet = try #require(site.texts["redeye.css"])
    let rules = sheet.split(separator: "\n").filter { $0.contains(".sections {") || $0.contains(".sections ul {") }
    #expect(!rules.isEmpty && rules.allSatisfy { !$0.contains("overflow") })
    #expect(rules.contains { $0.contains("flex-wrap: wrap") })
    let page = try #require(site.pages["hosts/index.html"])
    #expect(page.contains("<span class=\"sub\">down <span class=\"nw\">45\u{202F}min"))
  }

  @Test func `pages stay small`() {
    #expect((site.pages["index.html"]?.utf8.count ?? .max) < 60_000)
    for (path, page) in site.pages { #expect(page.utf8.count < 80_000, "\(path)") }
    #expect((site.texts["redeye.css"]?.utf8.count ?? .max) < 25_000)
  }

  @Test func `the ranks of ping are smoke and never a picture of their own`() {
    #expect(!site.files.keys.contains { $0.contains("ping-p1") || $0.contains("s-ping-p1") })
    #expect(site.texts["hosts/www.json"]?.contains("ping/p1") == false)
  }

  @Test func `a host with many interfaces has a page for each of them`() {
    #expect(site.pages.keys.count { $0.hasPrefix("hosts/router1/") } == 5)
    #expect(site.pages.keys.count { $0.hasPrefix("hosts/router2/") } == 0)
  }

  @Test func `what no definition names stands at the end in small pictures`() throws {
    let page = try #require(site.pages["hosts/monitor1.html"])
    let further = try #require(page.firstRange(of: "Further measurements"))
    for name in ["system: entropy", "system: files-open"] { #expect(page[further.upperBound...].contains(name)) }
    #expect(site.files["g/monitor1/system-entropy-day.png"] != nil)
    #expect(site.files["g/monitor1/system-entropy-week.png"] == nil)
  }

  @Test func `a job without definitions has a picture for each of its metrics`() throws {
    var example = Example()
    example.plan.graphs = []
    let site = rendered(example.input())
    #expect(site.files["g/www/website-time-total-day-L.png"] != nil)
    #expect(site.files["g/www/website-up-year@2x.png"] != nil)
  }

  @Test func `the overview leads with the state and names what is open`() throws {
    let page = try #require(site.pages["index.html"])
    #expect(page.contains("<title>2 open · Example Logistics</title>"))
    #expect(page.contains("state.svg") && site.texts["state.svg"]?.contains("#d8342a") == true)
    #expect(page.contains("422 Warehouse network"))
    #expect(page.contains("1 not acknowledged"))
    #expect(page.contains("98.777\u{202F}%"))
    #expect(page.contains("−138.6 of 223.2\u{202F}min"))
  }

  @Test func `a host's page walks through the configuration file`() throws {
    let page = try #require(site.pages["hosts/sw-wh1.html"])
    for part in [
      "example.yaml</a>", ">hosts</a>", ">access</a>", "down since 13:20", "example.yaml:25", "Incident 422",
    ] {
      #expect(page.contains(part), "\(part)")
    }
  }

  @Test func `the table of interfaces has what is known of them, and no column for what is not`() throws {
    var example = Example()
    let job = JobID(host: "router1", job: "interfaces")
    for (metric, unit) in [("speed", Unit.bitsPerSecond), ("up", .none)] {
      let series = SeriesID(host: "router1", job: "interfaces", instance: "xe-0/0/0", metric: metric)
      example.catalogue[series] = CatalogueEntry(
        series: series, file: "f", source: "s", unit: unit, step: 60, since: Example.now - 86_400)
    }
    let index = try #require(example.records.firstIndex { $0.job == job })
    example.records[index].facts = [Fact("Alias of xe-0/0/0", "ISP-A, transit"), Fact("Model", "MX204")]
    var input = example.input()
    let usual = input.window
    input.window = { series, span, resolution in
      var window = usual(series, span, resolution)
      let value: Double? = ["speed": 1e9, "up": 1, "in": 2e8, "out": 1e8, "errors-in": 0.01][series.metric]
      window.samples = window.samples.map { Sample(slot: $0.slot, value: value) }
      return window
    }
    let page = try #require(rendered(input).pages["hosts/router1.html"])
    #expect(Checker(page).problems == [])
    for text in ["ISP-A, transit", ">up</span>", "1\u{202F}Gbit/s", "20\u{202F}%", ">Alias</th>", ">Errors</th>"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("Alias of") && page.contains("MX204"))
    let plain = try #require(Example.site.pages["hosts/router2.html"])
    #expect(!plain.contains(">Alias</th>") && !plain.contains(">Speed</th>"))
    let disks = try #require(Example.site.pages["hosts/monitor1.html"])
    #expect(!disks.contains(">Errors</th>"))
  }

  @Test func `an objective of many hosts is told of where it measures, and its bad time where it was`() throws {
    var example = Example()
    let all = try #require(example.plan.objectives.first { $0.name == "warehouse" })
    let index = try #require(example.plan.objectives.firstIndex { $0.name == "warehouse" })
    var wide = all
    wide.series = Selector("*/interfaces/*/in")
    example.plan.objectives[index] = wide
    example.ledgers["warehouse"] = example.ledgers["warehouse"]?.map { interval in
      var named = interval
      if interval.verdict == .bad { named.cause = "sw-wh1/interfaces/ge-0/0/0/in is 9, maximum 5" }
      return named
    }
    let pages = rendered(example.input()).pages
    #expect(pages["hosts/sw-wh1.html"]?.contains("in is 9, maximum 5") == true)
    #expect(pages["hosts/sw-wh2.html"]?.contains("Warehouse network") == true)
    #expect(pages["hosts/sw-wh2.html"]?.contains("in is 9, maximum 5") == false)
    #expect(pages["hosts/www.html"]?.contains("Warehouse network") == false)
  }

  @Test func `an incident's page tells its story in order`() throws {
    let page = try #require(site.pages["incidents/421.html"])
    let letters = page.matches(of: /<i class="[a-z]?">([A-Z])<\/i>/).map { String($0.1) }
    #expect(letters == ["S", "R", "N", "E", "A", "S", "C"])
    #expect(page.contains("10.0 of 44.6\u{202F}min"))
  }

  private func resolve(_ link: String, from page: String) -> String {
    var folders = page.split(separator: "/").dropLast().map(String.init)
    if link.isEmpty { return page }
    for part in link.split(separator: "/") {
      if part == ".." { folders.removeLast() } else { folders.append(String(part)) }
    }
    return folders.joined(separator: "/")
  }
}
