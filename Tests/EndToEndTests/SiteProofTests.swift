import Foundation
import TestSupport
import Testing

/// The site of the demo, held against checkers that are not ours.
@Suite(.serialized) struct SiteProofTests {
  @Test func `every file is what its name says, and every reference leads to a file and a place of the site`() throws {
    let lines = try check(SharedDemo.site)
    #expect(lines.count == 1, "\(lines.dropLast().prefix(40).joined(separator: "\n"))")
    let counted = try JSONDecoder().decode([String: Int].self, from: Data(try #require(lines.last).utf8))
    #expect(counted[".html", default: 0] > 90 && counted["references", default: 0] > 5_000, "\(counted)")
  }

  @Test func `what is wrong with a site is found`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "index.html",
      """
      <!doctype html><html lang="en"><head><title>x</title></head><body><div id="a"><p id="a">open
      <a href="b.html#nowhere">b</a><a href="lost.html">lost</a><img src="//example.org/x.png" alt=""><b onclick="x">
      <table><p>out of place</p></table><a href="../up.html">up</a><a href="mailto:x@example.org">mail</a></div>
      <script src="data:text/javascript,1"></script>
      """)
    try folder.write("b.html", "<!doctype html><title>b</title><p style=\"color:red\">b")
    try folder.write("alone.html", "<!doctype html><title>alone</title>")
    try folder.write("feed.xml", "<feed>&nbsp;</feed>")
    try folder.write("numbers.csv", "a,b\n1\n")
    try folder.write("numbers.json", "{")
    try golden("site-problems.txt", try check(folder.path).joined(separator: "\n") + "\n")
  }

  private func check(_ site: String) throws -> [String] {
    try output(of: [try Checkers.python(), fixture("site.py"), site], deadline: 120 * Double(patience))
      .split(separator: "\n").map(String.init)
  }

  /// One thing the Nu validator found.
  private struct Remark: Decodable {
    var url: String
    var lastLine: Int?
    var type: String
    var message: String
    var extract: String?
  }

  /// Rows and cells have their roles twice: a narrow page makes blocks of them, and browsers forget what blocks are.
  private func isIntended(_ remark: Remark) -> Bool {
    remark.message.hasPrefix("The “role” attribute must not be used on a “t")
      && remark.message.contains("element which has a “table” ancestor")
  }

  @Test func `the Nu validator finds no error in any page, in the stylesheet or in a drawing`() throws {
    let folder = try TemporaryFolder()
    let broken = try folder.write("broken.html", "<!doctype html><title>x</title><table><tr><td></table><p id=1 id=2>")
    let site = try SharedDemo.site
    let files = try names(in: site) { $0.hasSuffix(".html") || $0.hasSuffix(".css") || $0.hasSuffix(".svg") }
    struct Answer: Decodable { var messages: [Remark] }
    let text = try output(
      of: [
        "java", "-Xmx512m", "-Xss4m", "-jar", try Checkers.nu(), "--format", "json", "--stdout", "--errors-only",
        "--exit-zero-always", "--also-check-css", "--also-check-svg", broken,
      ] + files.map { "\(site)/\($0)" }, deadline: 300 * Double(patience))
    let remarks = try JSONDecoder().decode(Answer.self, from: Data(text.utf8)).messages
    let errors = remarks.filter { !isIntended($0) }
    #expect(errors.contains { $0.url.hasSuffix("/broken.html") && $0.message.contains("Duplicate") })
    let found = errors.filter { !$0.url.hasSuffix("/broken.html") && !isNewer($0) }
    #expect(found.isEmpty, "\(found.prefix(20).map { "\($0.url):\($0.lastLine ?? 0): \($0.message)" })")
  }

  /// The validator knows SVG 1.1 and the stylesheets of its time: what came later, browsers understand.
  private func isNewer(_ remark: Remark) -> Bool {
    let known = [
      "CSS: “vector-effect”: Property “vector-effect” doesn't exist.",
      "CSS: Unknown pseudo-element or pseudo-class “::details-content”.",
      "Attribute “aria-label” not allowed on element “svg” at this point.",
    ]
    // A rule inside of `@supports selector(…)`, which ends with its own brace and those around it.
    let isNested = remark.message == "CSS: Parse Error." && remark.extract?.contains("}\n  }\n}\n") == true
    return known.contains(remark.message) || isNested
  }

  @Test(.timeLimit(.minutes(9)), arguments: [false, true])
  func `axe finds nothing against any kind of page, wide or narrow`(isDark: Bool) throws {
    let copy = try TemporaryFolder()
    let site = "\(copy.path)/site"
    try run(["cp", "-a", SharedDemo.site, site])
    let broken = #"<!doctype html><title>x</title><body style="background:#fff"><p style="color:#ddd">pale</p>"#
    try copy.write("site/broken.html", broken)
    let pages = some(try names(in: site) { $0.hasSuffix(".html") && $0 != "broken.html" }, ofEach: 3)
    let audits = try Browser.audit(at: site, pages: ["broken.html"] + pages, widths: [390, 1_280], isDark: isDark)
    #expect(audits.count == 2 * (pages.count + 1))
    for audit in audits where audit.page == "broken.html" {
      #expect(audit.violations.contains { $0.hasPrefix("color-contrast") }, "\(audit)")
      #expect(audit.violations.contains { $0.hasPrefix("html-has-lang") }, "\(audit)")
    }
    for audit in audits where audit.page != "broken.html" {
      #expect(audit.violations == [], "\(audit.page) at \(audit.width) px")
      #expect(audit.passes > 15, "\(audit.page)")
    }
  }

  @Test(.timeLimit(.minutes(9))) func `served from a folder of a server, pages fetch what is below it and are silent`()
    throws
  {
    let pages = try names(in: SharedDemo.site) { $0.hasSuffix(".html") }
    let server = try NginxServer(
      """
      location /network/reports/ { alias \(SharedDemo.path)/reports/; include /etc/nginx/mime.types; }
      location = /favicon.ico { return 204; }
      """)
    let root = server.url("/network/reports/")
    let shown = some(pages, ofEach: 12)
    for isDark in [false, true] {
      let (findings, console) = try Browser.look(
        served: root, pages: isDark ? some(pages, ofEach: 3) : shown, widths: isDark ? [320, 390] : [390, 1_280],
        isDark: isDark
      ) { page in
        try server.put("harness.html", page)
        return server.url("/harness.html")
      }
      #expect(console == [])
      for finding in findings {
        #expect(finding.pictures == [] && finding.sheets == [] && finding.overflow == [], "\(finding.page)")
        #expect(finding.fetched.allSatisfy { $0.hasPrefix(root) }, "\(finding.page)")
        // What people write on pages of their own may lead anywhere.
        let isOwn = finding.page.hasPrefix("pages/")
        let outside = finding.links.filter { !$0.hasPrefix(root) && !$0.hasPrefix("mailto:") }
        #expect(outside.allSatisfy { isOwn && $0.hasPrefix("https://www.example.org/") }, "\(finding.page): \(outside)")
      }
      #expect(findings.contains { $0.fetched.count > 3 })
    }
    let asked = server.accessLog(shown.count).filter { !$0.contains("/harness.html ") && !$0.contains("/favicon.ico ") }
    #expect(asked.count > shown.count)
    #expect(asked.filter { $0.firstMatch(of: #/"GET /network/reports/[^"]*" (200|206|304) /#) == nil } == [])
  }

  @Test func `what a page asks in vain, or says into the console, is seen`() throws {
    let server = try NginxServer("location = /favicon.ico { return 204; }")
    try server.put(
      "x/index.html",
      """
      <!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><title>x</title>
      <p style="color:red">styled</p><img src="lost.png" alt="">
      """)
    let (findings, console) = try Browser.look(
      served: server.url("/x/"), pages: ["index.html"], widths: [390], isDark: false
    ) { page in
      try server.put("harness.html", page)
      return server.url("/harness.html")
    }
    #expect(findings.first?.pictures.count == 1)
    #expect(console.contains { $0.contains("Content Security Policy") }, "\(console)")
  }

  private func names(in folder: String, _ isWanted: (String) -> Bool) throws -> [String] {
    try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }.filter(isWanted).sorted()
  }
}
