import Config
import Model
import SLA
import TestSupport
import Testing

@testable import Site

@Suite struct BadgeTests {
  private func badges(_ site: PrintedSite) -> [String: String] {
    site.texts.filter { $0.key.hasPrefix("badges/") }
  }

  @Test func `every host and every objective has a badge that says its state in words`() throws {
    let input = Example().input()
    let found = badges(Example.site)
    #expect(found.count == input.plan.hosts.count + input.plan.objectives.count)
    let down = try #require(found["badges/host-sw-wh1.svg"])
    #expect(down.contains("<title>sw-wh1: ") && down.contains("role=\"img\"") && down.contains("aria-label=\"sw-wh1: "))
    #expect(down.contains("#b3261e") || down.contains("#8a5200"))
    let fine = try #require(found["badges/host-www.svg"])
    #expect(fine.contains("<title>www: ok</title>") && fine.contains("<circle r=\"4\" fill=\"#148a6b\"/>"))
    for status in input.objectives {
      let badge = try #require(found["badges/\(fileName(status.objective.name)).svg"])
      #expect(badge.contains(StateMark(status.figure?.standing).word))
    }
    #expect(Example.site.pages["hosts/www.html"]?.contains("../badges/host-www.svg") == true)
  }

  @Test func `a badge is XML, and its parts lie beside each other inside it`() throws {
    let folder = try TemporaryFolder()
    for (path, text) in badges(Example.site) { try folder.write(path, text) }
    let program = """
      import sys, glob, re, xml.etree.ElementTree as E
      n = "{http://www.w3.org/2000/svg}"
      for f in glob.glob(sys.argv[1] + "/badges/*.svg"):
          r = E.parse(f).getroot()
          width = int(r.get("width"))
          left, right = r.findall(".//" + n + "text")
          split = int(r.findall(".//" + n + "rect")[2].get("x"))
          assert r.get("viewBox") == "0 0 %d 20" % width, f
          assert 6 + int(left.get("textLength")) < split, f
          assert split < int(right.get("x")) and int(right.get("x")) + int(right.get("textLength")) < width, f
          assert r.find(n + "title").text == left.text + ": " + right.text, f
          assert not any("style" in e.attrib or e.tag == n + "style" or e.tag == n + "script" for e in r.iter()), f
          print(f)
      """
    let lines = try output(of: "python3", "-c", program, folder.path)
    #expect(lines.split(separator: "\n").count == badges(Example.site).count)
  }

  @Test func `a badge is made again where its words are others, and else it stays`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    var site = rendered(input)
    input.now = input.now + 60
    site = rendered(input, on: site)
    #expect(!site.written.contains { $0.hasPrefix("badges/") }, "\(site.written)")
    let index = try #require(input.objectives.firstIndex { $0.figure != nil })
    let standing = input.objectives[index].figure?.standing
    input.objectives[index].figure?.standing = standing == .broken ? .met : .broken
    site = rendered(input, on: site)
    #expect(site.written.filter { $0.hasPrefix("badges/") }.count == 1)
  }

  @Test func `what is too long is cut, and what is no text of ours stays text`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    input.plan.hosts[0].title = "</title><script>&\u{1B}[2J\u{202E}" + String(repeating: "長", count: 90)
    let badge = try #require(rendered(input).texts["badges/host-www.svg"])
    #expect(!badge.contains("<script") && !badge.contains("\u{1B}") && !badge.contains("\u{202E}"))
    #expect(badge.contains("&lt;/title&gt;&lt;script&gt;&amp;") && badge.contains("…"))
    #expect(badge.utf8.count < 2_500)
  }

  @Test func `an objective called like the badge of a host is not in its way`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    input.objectives[0].objective.name = "host-www"
    let site = rendered(input)
    #expect(site.problems == [])
    #expect(site.texts.keys.count { $0.hasPrefix("badges/host-www") } == 2)
  }
}
