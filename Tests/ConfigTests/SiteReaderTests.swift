import Config
import Foundation
import TestSupport
import Testing

@Suite struct SiteReaderTests {
  @Test func `each package brings its site folder, in the order they are asked`() {
    let loaded = load(
      "{package: own, requires: [look, single], hosts: {}}",
      beside: [
        "site/overview.mustache": "own", "site/files/a/logo.svg": "<svg/>", "site/.draft": "",
        "packages/look/look.yaml": "requires: [further]", "packages/look/site/extra.css": "b{}",
        "packages/further/x.yaml": "hosts: {}", "packages/single.yaml": "hosts: {}",
      ])
    #expect(loaded.messages == [])
    #expect(loaded.plan?.site == loaded.site)
    #expect(loaded.site.map(\.package) == ["own", "look", "further", "single"])
    #expect(loaded.site.map(\.path) == ["site", "packages/look/site", "packages/further/site", nil])
    #expect(loaded.site[0].files.map(\.name) == ["files/a/logo.svg", "overview.mustache"])
    #expect(loaded.site[1]["extra.css"]?.path == "packages/look/site/extra.css")
  }

  @Test func `another file of the site is another configuration, and all are kept for the last good one`() {
    let one = load("hosts: {}", beside: ["site/extra.css": "a{}"])
    let other = load("hosts: {}", beside: ["site/extra.css": "b{}"])
    #expect(one.plan?.hash != other.plan?.hash)
    #expect(one.plan?.files.map(\.path) == ["/c/redeye.yaml", "/c/site/extra.css"])
  }

  @Test func `what leads out of the folder, is too long or may be written by everybody is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("redeye.yaml", "{package: own, requires: [other], hosts: {}}")
    try folder.write("packages/other/other.yaml", "hosts: {}")
    try folder.write("secrets/snmp", "hunter2", mode: 0o600)
    try folder.write("site/open.css", "", mode: 0o666)
    try folder.write("site/pages/a.html", "")
    try folder.write("site/files/über.txt", "")
    try folder.write("site/files/big.bin", String(repeating: "x", count: (2 << 20) + 1))
    try folder.link("site/files/snmp", to: "\(folder.path)/secrets/snmp")
    try folder.link("packages/other/site", to: "\(folder.path)/site")
    let loaded = load(path: folder.path + "/redeye.yaml")
    #expect(
      loaded.problems.map { "\($0.location.file): \($0.message)" } == [
        "packages/other/site: a link, and what it leads to could be published",
        "site/files/big.bin: 2097153 bytes, and 2097152 are left for it",
        "site/files/snmp: a link, and what it leads to could be published",
        "site/files/über.txt: “über.txt” cannot be the name of a file of the site",
        "site/open.css: everybody may write this file", "site/pages: site holds no folder but “files”",
      ])
    #expect(loaded.plan == nil)
  }

  @Test func `a chain of an item names the packages that have one`() throws {
    let loaded = load(
      "{package: own, requires: [other], monitors: {ping: {jobs: {ping: {ping: {}}}}}, hosts: {g: {r1: {address: 192.0.2.1, use: [ping]}}}}",
      beside: ["packages/other.yaml": "hosts: {g: {r1: {address: 192.0.2.2}, r2: {address: 192.0.2.3}}}"])
    let ping = try #require(loaded.tree.chains(of: "monitors/ping").first)
    #expect(ping.steps.map(\.package) == ["own", "other", "base"])
    #expect(ping.steps.map(\.state) == [.used, .missing, .shadowed])
    #expect(ping.steps[0].place == "redeye.yaml:1" && ping.steps[2].place.hasPrefix("base.yaml:"))
    let host = loaded.tree.chains(of: "r1")
    #expect(host.map(\.name) == ["hosts/r1"])
    #expect(host.first?.steps.map(\.state) == [.used, .shadowed, .missing])
    #expect(loaded.tree.chains(of: "r3") == [])
  }
}
