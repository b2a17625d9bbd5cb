import Config
import Testing

@testable import Site

@Suite struct OverridesTests {
  private func dressed(_ files: [String: String], under others: [String: String] = [:]) -> SiteInput {
    var example = Example(hosts: [("web", ["www"])])
    example.plan.site = [("own", files), ("other", others)].map { package, files in
      SiteFolder(
        package: package, path: "\(package)/site",
        files: files.map { SiteFile(name: $0.key, path: "\(package)/site/\($0.key)", bytes: Array($0.value.utf8)) })
    }
    return example.input()
  }

  @Test func `a template of a package makes the page, and what comes from outside is escaped in it`() {
    var input = dressed(["overview.mustache": "<h1>{{site}}</h1>{{#objectives}}<p>{{title}}</p>{{/objectives}}"])
    input.plan.title = "<Logistics>"
    input.objectives[0].objective.title = "\" & <b>"
    let site = rendered(input)
    let page = site.texts["index.html"] ?? ""
    #expect(page.contains("<h1>&lt;Logistics&gt;</h1><p>&quot; &amp; &lt;b&gt;</p>"))
    #expect(site.problems == [])
    #expect(Checker(page).problems == [])
  }

  @Test func `a template that cannot be used is told, and the page is the built-in one`() {
    let site = rendered(dressed(["overview.mustache": "<h1>\n{{#open}}"]))
    #expect(
      site.problems == [
        "own/site/overview.mustache:2: this section is not closed, so redeye goes on without this file"
      ])
    #expect(site.texts["index.html"] == rendered(Example(hosts: [("web", ["www"])]).input()).texts["index.html"])
  }

  @Test func `the first stylesheet counts, and additions of all packages stand behind it`() throws {
    let site = rendered(
      dressed(["extra.css": "b{own:1}"], under: ["redeye.css": "a{whole:1}", "extra.css": "b{other:1}"]))
    let sheet = try #require(site.texts["redeye.css"])
    #expect(sheet == "a{whole:1}\nb{other:1}\nb{own:1}")
  }

  @Test func `icons and further files come from the first package that has them`() {
    let site = rendered(
      dressed(
        ["files/logo.svg": "<svg/>", "eye.svg": "<svg a/>"],
        under: ["files/logo.svg": "no", "files/a/b.txt": "b", "eye-open.svg": "<svg b/>"]))
    #expect(site.texts["files/logo.svg"] == "<svg/>")
    #expect(site.texts["files/a/b.txt"] == "b")
    #expect(site.texts["state.svg"] == "<svg a/>" || site.texts["state.svg"] == "<svg b/>")
    let again = rendered(dressed(["files/logo.svg": "<svg/>"]), on: site)
    #expect(again.kept.contains("files/logo.svg"))
    #expect(again.removed.contains("files/a/b.txt"))
  }

  @Test func `another template makes all pages again once`() {
    let plain = rendered(dressed([:]))
    let input = dressed(["picture.mustache": "<img src=\"{{file}}.png\" alt=\"{{alt}}\">"])
    let first = rendered(input, on: plain)
    #expect(first.written.contains("hosts/www.html"))
    #expect(!rendered(input, on: first).written.contains("hosts/www.html"))
  }

  @Test func `a file nothing is made with is told with the name that was meant`() {
    let look = Look(dressed(["redye.css": "", "notes.txt": ""]).plan.site)
    #expect(
      look.problems.map { "\($0.location.file): \($0.help ?? "")" } == [
        "own/site/notes.txt: what is to be published as it is belongs into site/files; “redeye which” lists the other names",
        "own/site/redye.css: did you mean “redeye.css”?",
      ])
  }

  @Test func `a chain names every package asked, and which has its way`() {
    let look = Look(
      dressed(["overview.mustache": "{{#open}}"], under: ["overview.mustache": "x", "extra.css": ""]).plan.site)
    #expect(
      look.chain(of: "overview")?.steps.map { "\($0.package) \($0.place) \($0.state)" } == [
        "own own/site/overview.mustache refused(\"line 1: this section is not closed\")",
        "other other/site/overview.mustache used", "base built in shadowed",
      ])
    #expect(
      look.chain(of: "extra.css")?.steps.map { "\($0.package) \($0.state)" } == [
        "own missing", "other used", "base missing",
      ])
    #expect(look.chain(of: "nothing") == nil)
  }
}
