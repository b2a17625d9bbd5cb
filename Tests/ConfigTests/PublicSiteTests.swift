import Config
import Testing

@Suite struct PublicSiteTests {
  private func loaded(_ more: String, host: String = "{address: 192.0.2.7, title: The Shop}") -> Loaded {
    load(
      """
      title: Inside
      hosts: {web: {www: \(host)}}
      jobs: {g: {a: {script: /bin/true, host: www}}}
      slas:
        web:
          one: {title: Orders are taken, series: www/a/value, tolerance: {minimum: 1}, objective: 99%}
          two: {title: WWW answers, series: www/a/value, tolerance: {minimum: 1}, objective: 99%}
          three: {title: The site of the shop, public title: Shopping, series: www/a/value, tolerance: {minimum: 1}, objective: 99%}
          four: {title: Orders are taken, series: www/a/value, tolerance: {minimum: 1}, objective: 99%, window: year}
      \(more)
      """)
  }

  @Test func `the public reads the public title, or a title that names no host, and no two alike`() throws {
    let loaded = loaded("public sites: {status: {title: Status}}")
    let site = try #require(loaded.plan?.publicSites.first)
    #expect(site.title == "Status" && site.reports == "/c/reports-status")
    #expect(site.objectives.map(\.name) == ["one", "three", "four"])
    #expect(site.objectives.map(\.title) == ["Orders are taken", "Shopping", "Orders are taken 2"])
    #expect(
      loaded.messages == [
        "redeye.yaml:10: two is not shown to the public: the title names hosts, the first of them “www”"
      ])
  }

  @Test(arguments: [
    ("[one, three]", ["one", "three"]), ("web/t*", ["three"]), ("[\"t*\", one]", ["one", "three"]),
  ])
  func `objectives are chosen by name, or by group and name`(patterns: String, names: [String]) {
    #expect(
      loaded("public sites: {status: {objectives: \(patterns)}}").plan?.publicSites.first?.objectives.map(\.name)
        == names)
  }

  @Test(arguments: [
    ("WWW is up", true), ("the shop", true), ("(192.0.2.7) answers", true), ("Shop.", false), ("wwww", false),
    ("my-www-site", true), ("192.0.2.77", false), ("", false),
  ])
  func `a host is named by its name, title or address as a word`(title: String, isNamed: Bool) throws {
    let text = """
      hosts: {web: {www: {address: 192.0.2.7, title: The Shop}}}
      jobs: {g: {a: {script: /bin/true, host: www}}}
      slas: {web: {x: {title: "\(title)", series: www/a/value, tolerance: {minimum: 1}, objective: 99%}}}
      public sites: {status: {}}
      """
    let site = try #require(load(text).plan?.publicSites.first)
    #expect(site.objectives.isEmpty == isNamed)
  }

  @Test func `the whole site is public where the settings say so`() throws {
    let plan = try #require(loaded("settings: {site: public}").plan)
    #expect(plan.settings.isPublic)
    #expect(plan.publicSites.map(\.reports) == ["/c/reports"])
    #expect(plan.publicSites.first?.objectives.count == 3)
  }
}
