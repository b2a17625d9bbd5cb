import Config
import Model
import Testing

@testable import Site

@Suite struct PublicTests {
  private static let titles = ["api": "The shop", "www": "The website"]

  private func site(_ example: Example = Example()) -> PublicSite {
    PublicSite(
      name: "status", title: "Example status", reports: "/srv/status",
      objectives: example.plan.objectives.compactMap { objective in
        PublicTests.titles[objective.name].map { PublicSite.Objective(name: objective.name, title: $0) }
      })
  }

  private func published(_ input: SiteInput, on site: PrintedSite = PrintedSite()) throws -> PrintedSite {
    var printed = site
    try printed.render(self.site(), of: input)
    return printed
  }

  @Test func `a public site has these files and no others`() throws {
    let site = try published(Example().input())
    let objectives = PublicTests.titles.values.map { "objectives/\(fileName($0)).html" }
    #expect(
      Set(site.files.keys)
        == Set(
          objectives + [
            "index.html", "incidents.html", "index.json", "status.json", "atom.xml", "redeye.css", "state.svg",
          ]))
    #expect(site.problems == [])
  }

  @Test func `its pages are whole, and link to nothing that is not there`() throws {
    let site = try published(Example().input())
    for (path, page) in site.pages {
      let checker = Checker(page)
      #expect(checker.problems == [], "\(path)")
      for link in checker.links where !link.hasPrefix("#") {
        let parts = path.split(separator: "/").dropLast() + link.split(separator: "#")[0].split(separator: "/")
        var walked: [Substring] = []
        for part in parts { if part == ".." { _ = walked.popLast() } else { walked.append(part) } }
        #expect(site.files[walked.joined(separator: "/")] != nil, "\(path) links to \(link)")
      }
    }
    #expect(site.texts["index.html"]?.contains("The website") == true)
  }

  @Test func `incidents have the title of their objective, times and nothing else`() throws {
    let example = Example()
    var input = example.input()
    let since = Example.slot - 3_600
    var open = Incident(
      number: 7, objective: "www", title: "sw-wh1 is down", host: "sw-wh1", since: since, openedAt: since,
      cause: "timeout of 192.0.2.6")
    input.openIncidents = [open]
    open.number = 6
    open.phase = .closed
    open.until = since + 600
    open.closedAt = since + 700
    var foreign = open
    foreign.objective = "nothing public"
    input.closedIncidents = [open, foreign]
    let site = try published(input)
    let page = try #require(site.texts["incidents.html"])
    #expect(page.contains("The website") && page.contains("id=\"n7\"") && page.contains("id=\"n6\""))
    #expect(!page.contains("sw-wh1") && !page.contains("timeout"))
    let data = try #require(site.texts["index.json"])
    #expect(data.contains("\"number\":7") && data.contains("\"title\":\"The website\""))
    #expect(site.texts["status.json"]?.contains("\"openIncidents\":1") == true)
    #expect(site.texts["atom.xml"]?.contains("The website: open") == true)
    #expect(site.files["state.svg"] == PackageResources.eye_open_svg)
  }

  @Test func `a public page is made again when something happened, or after an hour`() throws {
    var input = Example().input()
    let first = try published(input)
    let path = "objectives/\(fileName("The website")).html"
    input.now = Example.now + 60
    let second = try published(input, on: first)
    #expect(second.kept.contains(path) && second.written.contains("index.html"))
    input.now = Example.now + 7_200
    #expect(try published(input, on: second).written.contains(path))
    input.plan.hash = "another"
    #expect(try published(input, on: second).written.contains(path))
  }

  @Test(arguments: Payloads.all)
  func `a title stays text on public pages and makes no file name of its own`(payload: String) throws {
    let input = Payloads.hostile(payload)
    var site = PrintedSite()
    try site.render(
      PublicSite(
        name: "status", title: payload, reports: "/srv/status", objectives: [.init(name: payload, title: payload)]),
      of: input)
    #expect(site.problems == [] && site.pages.count == 3)
    for (path, page) in site.pages { #expect(Checker(page).problems == [], "\(path)") }
    for path in site.files.keys {
      #expect(path.wholeMatch(of: /[a-z0-9.~\/-]+/) != nil && !path.contains(".."), "\(path)")
    }
  }

  @Test func `of the files of packages those below public are published`() throws {
    var input = Example().input()
    input.plan.site = [
      SiteFolder(
        package: "own", path: "site",
        files: ["files/plan.pdf", "files/public/logo.svg", "extra.css", "publicobjective.mustache"].map {
          SiteFile(
            name: $0, path: "site/\($0)", bytes: Array("<p>{{name}}{{hash}}{{configuration}}{{version}}</p>".utf8))
        })
    ]
    let site = try published(input)
    #expect(site.files["files/public/logo.svg"] != nil && site.files["files/plan.pdf"] == nil)
    #expect(site.texts["objectives/\(fileName("The website")).html"]?.contains("<p>The website</p>") == true)
  }
}

extension PrintedSite {
  mutating func render(_ site: PublicSite, of input: SiteInput) throws {
    let memory = memory
    try take { try Site.render(site, of: input, memory: memory, into: $0) }
  }
}
