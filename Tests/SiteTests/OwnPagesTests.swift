import Config
import Formula
import Model
import Testing

@testable import Site

@Suite struct OwnPagesTests {
  private static let median = SeriesID(host: "router1", job: "ping", metric: "median")

  /// The example with a page.
  private func input(_ widgets: [Widget], _ change: (inout Example) -> Void = { _ in }) -> SiteInput {
    var example = Example(hosts: [("core", ["router1", "router2"]), ("web", ["www", "shop", "api"])])
    example.plan.ownGraphs = [
      OwnGraph(name: "mine", title: "Mine", lines: [.init(.series(Selector("*/ping/median")))])
    ]
    example.plan.ownPages = [OwnPage(name: "office", title: "The office", part: OwnPage.Part(widgets: widgets))]
    change(&example)
    return example.input()
  }

  private func everyKind() throws -> [Widget] {
    [
      Widget(.graph(.own("mine"), .day), span: 2), Widget(.graph(.own("mine"), .week)),
      Widget(.graph(.ofJob(Self.median.row, "latency"), .day)), Widget(.graph(.ofJob(Self.median.row, "loss"), .year)),
      Widget(
        .graph(.ofJob(RowID(job: JobID(host: "router1", job: "interfaces"), instance: "xe-0/0/0"), "in"), .month),
        span: 2),
      Widget(.value(Self.median, Thresholds(badAbove: 0)), title: "Round trip"),
      Widget(.formula(try Formula("sum('*/interfaces/*/in')"), nil, Thresholds())),
      Widget(.table(Selector("*/ping/median"), Widget.Column.allCases, Widget.Ranking(count: 3))),
      Widget(.top(Selector("*/interfaces/*/in"), Widget.Ranking(order: .least, count: 4))),
      Widget(.status(["router1", "www"])), Widget(.problems(["router1"])),
      Widget(.objectives(["shop", "api"]), span: 2), Widget(.calendar("shop", .hours)),
      Widget(.calendar("shop", .days), span: 3), Widget(.text("**Call** [it](hosts/router1) `now`")),
    ]
  }

  @Test func `every kind of widget stands on a page, and the page says the same to programs`() throws {
    let site = rendered(input(try everyKind()))
    #expect(site.problems == [])
    let page = try #require(site.pages["pages/office.html"])
    #expect(Checker(page).problems == [])
    #expect(!page.contains("class=\"blank\""))
    for link in Checker(page).links where !link.hasPrefix("#") {
      let file = link.hasPrefix("../") ? String(link.dropFirst(3)) : "pages/\(link)"
      #expect(site.files[file] != nil, "\(link)")
    }
    for text in ["above 0", "router1.html\">it</a> <code>now</code>", ">Round trip</a>", "Shop website"] {
      #expect(page.contains(text), "\(text)")
    }
    let data = try #require(site.texts["pages/office.json"])
    #expect(data.contains("\"kind\":\"calendar\"") && data.contains("\"name\":\"router1/ping/median\""))
    #expect(site.pages["pages/index.html"]?.contains("office.html\">The office</a>") == true)
    #expect(site.pages["index.html"]?.contains("href=\"pages/index.html\">Pages</a>") == true)
  }

  @Test func `pictures of hosts and graphs are shown where they are, and only others drawn`() throws {
    let site = rendered(input(try everyKind()))
    let page = try #require(site.pages["pages/office.html"])
    for name in ["view-day-L.png", "router1/ping-latency-day-N@2x.png", "view-week.png"] {
      #expect(page.contains(name), "\(name)")
    }
    let own = Set(site.files.keys.filter { $0.hasPrefix("g/pages-office~") }.map { $0.split(separator: "/")[2] })
    #expect(own.contains { $0.hasPrefix("calendar-shop-days-wide-L") } && own.contains { $0.hasPrefix("s-router1") })
    #expect(!own.contains { $0.contains("mine") })
    #expect(own.contains { $0.hasPrefix("host-") && $0.hasSuffix("-month-wide-L.png") })
  }

  @Test func `a site without such pages has none, and no word of them`() {
    let site = rendered(Example(hosts: [("web", ["www"])]).input())
    #expect(!site.files.keys.contains { $0.hasPrefix("pages/") })
    #expect(site.pages["index.html"]?.contains("pages/index.html") == false)
  }

  @Test func `a page on which nothing moved is not made again, and one that is taken out goes`() throws {
    var input = input(try everyKind())
    let site = rendered(input)
    #expect(!rendered(input, on: site).written.contains { $0.contains("office") })
    let index = try #require(input.jobRecords.firstIndex { $0.job == Self.median.row.job })
    input.jobRecords[index].lastSlot = Example.slot + 60
    #expect(rendered(input, on: site).written.contains("pages/office.html"))
    input.plan.ownPages = []
    input.plan.hash = "0000000000000000"
    #expect(!rendered(input, on: site).files.keys.contains { $0.contains("office") || $0.hasPrefix("pages/") })
  }

  @Test func `a page is made again when something happens to what it tells of, though it reads no series`() throws {
    var input = input([Widget(.problems(["www", "shop"])), Widget(.objectives(["shop"]))])
    let site = rendered(input)
    for index in input.jobRecords.indices { input.jobRecords[index].lastSlot = Example.slot + 60 }
    #expect(rendered(input, on: site).kept.contains("pages/office.html"))
    var incident = try #require(Example().closed.first)
    incident.phase = .open
    incident.number = 500
    input.openIncidents.append(incident)
    let page = try #require(rendered(input, on: site).pages["pages/office.html"])
    #expect(page.contains("500 Shop website"))
  }

  @Test func `a page of very many series has its turn, and not in every run`() throws {
    var input = input([Widget(.top(Selector("big/disks/*/used"), Widget.Ranking()))]) { example in
      for number in 0..<400 {
        let series = SeriesID(host: "big", job: "disks", instance: "d\(number)", metric: "used")
        example.catalogue[series] = CatalogueEntry(
          series: series, file: "f", source: "s", unit: .bytes, step: 60, since: Instant(0))
      }
    }
    var site = rendered(input)
    #expect(site.pages["pages/office.html"]?.contains("and 390 more") == true)
    var made = 0
    for minute in 1...30 {
      input.now = Example.now + 60 * minute
      input.dataUntil = Example.slot + 60 * minute
      site = rendered(input, on: site)
      made += site.written.contains("pages/office.html") ? 1 : 0
    }
    #expect(made == 2)
  }

  @Test func `what has nothing to show is an empty frame that says why`() throws {
    let gone = SeriesID(host: "router1", job: "ping", metric: "gone")
    let site = rendered(
      input([
        Widget(.graph(.own("other"), .day)), Widget(.graph(.ofJob(gone.row, "gone"), .day)),
        Widget(.value(gone, Thresholds())), Widget(.formula(try Formula("'a/b/c'"), nil, Thresholds())),
        Widget(.table(Selector("*/none/x"), [.now], Widget.Ranking())),
        Widget(.top(Selector("a/b/c"), Widget.Ranking())), Widget(.status(["nobody"])), Widget(.objectives(["none"])),
        Widget(.calendar("none", .hours)),
      ]))
    #expect(site.problems == [])
    let page = try #require(site.pages["pages/office.html"])
    #expect(Checker(page).problems == [])
    #expect(page.matches(of: /class="blank"/).count == 9)
    for reason in [
      "There is no graph “other”.", "Nothing of “router1/ping/gone” has been measured yet.",
      "There is no series “a/b/c”.", "No series fits “*/none/x” yet.", "There is no such host.",
    ] {
      #expect(page.contains(reason), "\(reason)")
    }
  }

  @Test func `a page is there before anything was measured`() throws {
    var input = Example().empty
    input.plan.ownPages = [OwnPage(name: "office", title: "Office", part: OwnPage.Part(widgets: try everyKind()))]
    let site = rendered(input)
    #expect(site.problems == [])
    let page = try #require(site.pages["pages/office.html"])
    #expect(Checker(page).problems == [])
  }

  @Test func `tabs are links to parts of the page, and what can be folded is`() throws {
    let part = OwnPage.Part(
      widgets: [Widget(.text("one"))],
      folds: [OwnPage.Fold(title: "Deep & low", isOpen: true, widgets: [Widget(.text("two"))])])
    let site = rendered(
      input([]) { example in
        example.plan.ownPages[0].tabs = [
          .init(title: "First", part: part), .init(title: "Second", part: OwnPage.Part()),
        ]
      })
    let page = try #require(site.pages["pages/office.html"])
    #expect(Checker(page).problems == [])
    #expect(page.contains("<a href=\"#tab-2\">Second</a>") && page.contains("id=\"tab-2\""))
    #expect(page.contains("<details class=\"fold\" open=\"\"><summary>Deep &amp; low</summary>"))
    let data = try #require(site.texts["pages/office.json"])
    #expect(data.contains("\"fold\":\"Deep & low\",\"kind\":\"text\"") && data.contains("\"tab\":\"First\""))
  }

  @Test(arguments: Payloads.all)
  func `hostile names and texts stay text`(payload: String) throws {
    let series = SeriesID(host: "h", job: "j", instance: payload, metric: "m")
    let site = rendered(
      input([
        Widget(.text(payload), title: payload), Widget(.text("[\(payload)](\(payload)) `\(payload)`")),
        Widget(.value(series, Thresholds(badAbove: -1))),
        Widget(.table(Selector("h/j/*/m"), [.now, .sparkline], .init())),
        Widget(.top(Selector("h/j/*/m"), .init())), Widget(.graph(.own(payload), .day)),
      ]) { example in
        example.catalogue[series] = CatalogueEntry(
          series: series, file: "f", source: "s", unit: Unit(payload), step: 60, since: Instant(0))
        example.plan.ownPages[0].title = payload
        example.plan.ownPages[0].tabs = [
          .init(title: payload, part: .init(folds: [.init(title: payload, widgets: [])]))
        ]
      })
    #expect(site.problems == [])
    for path in ["pages/office.html", "pages/index.html"] {
      #expect(Checker(try #require(site.pages[path])).problems == [], "\(path)")
    }
  }
}
