import Foundation
import TestSupport
import Testing

/// Every page of a site opens in a browser, from files, with all it names and without anything over its right edge.
func expectOpens(_ reports: String) throws {
  let root = URL(fileURLWithPath: reports).appendingPathComponent("current").resolvingSymlinksInPath()
  let files = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
  let pages = some(files.filter { $0.hasSuffix(".html") }.sorted(), ofEach: 4)
  #expect(pages.count > 10)
  for isDark in [false, true] {
    let findings = try Browser.look(at: root.path, pages: pages, widths: [320, 390, 1_024, 1_920], isDark: isDark)
    #expect(findings.count == 4 * pages.count)
    #expect(findings.contains { $0.count > 3 })
    for finding in findings {
      let place = "\(finding.page) at \(finding.width) px\(isDark ? ", dark" : "")"
      #expect(finding.pictures == [], "\(place): pictures that do not load")
      #expect(finding.sheets == [], "\(place): stylesheets that do not load")
      #expect(finding.overflow == [], "\(place): it is wider than the page")
      // The eye in the head is one for both.
      #expect(finding.dark == (isDark ? finding.count - 1 : 0), "\(place): pictures for the dark")
      #expect(broken(finding.links) == [], "\(place): links to nothing")
    }
  }
  try expectSees(root)
}

/// What the look at a site is worth: with a picture, a stylesheet and a page taken away it finds each of them.
private func expectSees(_ root: URL) throws {
  let folder = try TemporaryFolder()
  let copy = URL(fileURLWithPath: folder.path).appendingPathComponent("site")
  try FileManager.default.copyItem(at: root, to: copy)
  let page = "hosts/www.html"
  let picture = "g/www/website-time-day-L-dark.png"
  for lost in [picture, "redeye.css", "oncall.html"] {
    try FileManager.default.removeItem(at: copy.appendingPathComponent(lost))
  }
  let finding = try #require(try Browser.look(at: copy.path, pages: [page], widths: [1_024], isDark: true).first)
  #expect(finding.pictures.count == 1 && finding.pictures.first?.hasSuffix(picture) == true, "\(finding.pictures)")
  #expect(finding.sheets.count == 1)
  #expect(broken(finding.links).contains { $0.hasSuffix("/oncall.html") })
  try Data("main { width: 1200px }".utf8).write(to: copy.appendingPathComponent("redeye.css"))
  let wide = try #require(try Browser.look(at: copy.path, pages: [page], widths: [1_024], isDark: true).first)
  #expect(wide.sheets == [] && wide.overflow.contains { $0.hasPrefix("MAIN") }, "\(wide.overflow)")
}

/// Links to files that are not there.
private func broken(_ links: [String]) -> [String] {
  links.filter { link in
    guard let url = URL(string: link), url.isFileURL else { return !link.hasPrefix("mailto:") }
    return !FileManager.default.fileExists(atPath: url.path)
  }
}

/// So many pages of each kind: of a folder's front page, and of others that lie as deep below the same folder.
func some(_ pages: [String], ofEach count: Int) -> [String] {
  let kinds = Dictionary(grouping: pages) { page in
    let parts = page.split(separator: "/").map(String.init)
    guard parts.count > 1 else { return page }
    let last = parts.last == "index.html" ? "index.html" : "*"
    return ([parts[0]] + parts.dropFirst().dropLast().map { _ in "*" } + [last]).joined(separator: "/")
  }
  return kinds.values.flatMap { pages in
    stride(from: 0, to: pages.count, by: max(1, pages.count / count)).prefix(count).map { pages[$0] }
  }.sorted()
}
