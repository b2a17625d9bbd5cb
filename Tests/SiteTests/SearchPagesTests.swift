import Config
import Foundation
import Model
import TestSupport
import Testing

@testable import Site

@Suite struct SearchPages {
  @Test func `everything that has a page is in the index, by its first letter`() throws {
    let page = try #require(Example.site.pages["search.html"])
    #expect(page.contains("<a href=\"hosts/www.html\">www</a> <small>host, 192.0.2.11</small>"))
    #expect(page.contains("<a href=\"hosts/index.html#g-core\">core</a> <small>group</small>"))
    #expect(page.contains("<a href=\"objectives/shop.html\">Shop website</a> <small>objective</small>"))
    #expect(page.contains("<a href=\"incidents/423.html\">Internet uplink ISP-A, 423</a> <small>incident</small>"))
    #expect(page.contains("<a href=\"oncall.html\">On call</a> <small>page</small>"))
    #expect(page.contains("<a href=\"search.html#letter-w\">W</a>") && page.contains("id=\"letter-w\""))
    #expect(Checker(page).problems == [])
  }

  @Test func `it alone may have a script, and only one of ours`() throws {
    for (path, page) in Example.site.pages {
      let isSearch = path == "search.html"
      #expect(page.contains("script-src 'self'") == isSearch && page.contains("<script") == isSearch, "\(path)")
      #expect(page.contains("\(Press.root(of: path))search.html\""), "\(path)")
    }
    let script = try #require(Example.site.texts["search.js"])
    #expect(script.utf8.count < 3_000)
    for word in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "fetch", "XMLHttp", "import("] {
      #expect(!script.contains(word), "\(word)")
    }
  }

  @Test func `it is made again when there is something new, and not each time`() {
    var input = Example().input()
    input.now = Example.now + 3_600
    let again = rendered(input, on: Example.site)
    #expect(again.kept.contains("search.html") && again.kept.contains("search-index.js"))
    input.openIncidents[0].title = "Another"
    let other = rendered(input, on: again)
    #expect(other.written.contains("search.html") && other.texts["search-index.js"]?.contains("Another, 422") == true)
  }

  @Test func `a long index has several pages, none of them large`() throws {
    let hosts = (0..<3_000).map { "host-\($0)-in-a-place-with-a-name" } + ["alpha", "zeta", "42", "ärger", "…"]
    var example = Example(hosts: [])
    example.plan.hosts += hosts.map {
      Host(name: $0, title: $0, group: ["g"], address: nil, location: SourceLocation(file: "f", line: 1, column: 1))
    }
    let site = rendered(example.input())
    let pages = site.pages.filter { $0.key.hasPrefix("search") }
    #expect(pages.count > 1 && pages["search/2.html"] != nil)
    for (path, page) in pages {
      #expect(page.utf8.count < 300_000, "\(path)")
      #expect(Checker(page).problems == [], "\(path)")
      #expect(page.contains("#letter-z\">Z</a>"), "\(path)")
    }
    for host in hosts {
      let path = "hosts/\(fileName(host)).html\""
      #expect(pages.values.count { $0.contains("/\(path)") || $0.contains("\"\(path)") } == 1, "\(host)")
    }
    #expect(pages["search/2.html"]?.contains("<small>continued</small>") == true)
    #expect(pages["search/2.html"]?.contains("<a href=\"../search.html#digits\">0–9</a>") == true)
    var fewer = Example()
    fewer.plan.hash = "0000000000000000"
    let after = rendered(fewer.input(), on: site)
    #expect(after.removed.contains("search/2.html") && after.files["search.html"] != nil)
  }

  @Test(arguments: [
    "</script><script>alert(1)</script>", "\"];alert(1);[\"", "\u{2028}alert(1)", "\\\"];alert(1)//", "]]>",
    "\u{202E}x",
  ])
  func `a name never leaves its text in the script`(name: String) throws {
    var example = Example(hosts: [("web", ["www"])])
    example.plan.hosts[0].title = name
    let script = try #require(rendered(example.input()).texts["search-index.js"])
    let json = script.dropFirst("globalThis.redeyeIndex = ".count).dropLast(2)
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String]])
    #expect(rows.contains { $0[0] == "\(name) (www)".printable() && $0[2] == "hosts/www.html" })
    #expect(!script.contains("</script") && !script.contains("\u{2028}") && !script.contains("\u{202E}"))
  }

  @Test(.timeLimit(.minutes(5))) func `a browser filters the index with the script, and shows it all without`() throws {
    var example = Example()
    example.plan.hosts[0].title = "<img src=x onerror=alert(1)>"
    example.plan.hosts[1].title = "Zürich"
    let folder = try TemporaryFolder()
    for (path, bytes) in rendered(example.input()).files where !path.hasSuffix(".png") {
      try folder.write(path, String(decoding: bytes, as: UTF8.self))
    }
    let path = "\(folder.path)/search.html"
    let (answers, console) = try Browser.typing(
      ["", "shop", "ISP-A inc", "nothing like it", "<img", "zurich", "host"], into: path)
    #expect(console == [])
    #expect(answers[0].found == [] && answers[0].told == "" && answers[0].isIndexShown)
    #expect(answers[1].found == ["shop", "Shop website", "Shop website, 421"] && answers[1].told == "3 found.")
    #expect(answers[1].links[0] == "file://\(folder.path)/hosts/shop.html" && !answers[1].isIndexShown)
    #expect(answers[2].found == ["Internet uplink ISP-A, 423"])
    #expect(answers[3].found == [] && answers[3].told == "Nothing is called so.")
    #expect(answers[4].found == ["<img src=x onerror=alert(1)> (router1)"])
    #expect(answers[5].found == ["Zürich (router2)"])
    #expect(answers[6].found.count > 15)
    let (texts, hasField) = try Browser.linksWithoutScripts(of: path)
    #expect(!hasField && texts.contains("shop") && texts.contains("Zürich (router2)"))
  }
}
