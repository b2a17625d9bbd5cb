import Config
import Model
import Synchronization
import Testing

@testable import Site

@Suite struct ConfigurationPages {
  private static let text = """
    package: example
    hosts:
      core:
        use: [ping]
        router1: {title: Core router, address: 192.0.2.1, snmp: {version: 2c, community: hunter2}}
      web:
        www: {notes: "<script>alert(1)</script> \\u202E --token=hunter3"}
    contacts: {jana: {email: jana@example.org}}
    """

  private func loaded(_ text: String) -> Loaded {
    let nothing = ConfigurationFiles(
      read: { (_) throws(ReadFailure) in throw ReadFailure("it is not there") }, list: { _ in [] },
      realPath: { _ in nil }, status: { _ in .missing })
    let file = SourceFile(path: "/c/example.yaml", bytes: Array(text.utf8))
    return load(path: "/c/example.yaml", files: .remembered([file], others: nothing))
  }

  private func input(_ text: String = text, later seconds: Int = 0) throws -> SiteInput {
    let loaded = loaded(text)
    let plan = try #require(loaded.plan)
    var input = SiteInput(
      plan: plan, now: Example.now + seconds, builtAt: Example.now + seconds, version: "0.1.0"
    ) { series, _, _ in SeriesWindow(series: series, step: 60, unit: .none, samples: []) }
    let tree = loaded.tree
    input.configuration = { tree }
    return input
  }

  @Test func `every package, section and item has its place, reached by REM's breadcrumb`() throws {
    let site = rendered(try input())
    #expect(site.problems == [])
    let index = try #require(site.pages["config/index.html"])
    #expect(index.contains("<th role=\"rowheader\" scope=\"row\">example") && index.contains("built in"))
    let host = try #require(site.pages["config/hosts/router1.html"])
    #expect(
      host.contains(
        "<a href=\"../../config/index.html\">example.yaml</a><span>&gt;&gt;&gt;</span>"
          + "<a href=\"../../config/hosts/index.html\">hosts</a><span>&gt;&gt;&gt;</span>"
          + "<a href=\"../../config/hosts/index.html#g-core\">core</a><span>&gt;&gt;&gt;</span>router1</nav>"),
      "\(host)")
    #expect(host.contains("<legend>Host</legend>") && host.contains("<legend>Measuring</legend>"))
    #expect(host.contains("group core, example.yaml:4:10") && host.contains("item, example.yaml:5:"))
    #expect(host.contains("Its monitors make the jobs ping.") && host.contains("../../hosts/router1.html"))
    #expect(try #require(site.pages["config/hosts/index.html"]).contains("id=\"g-core\""))
    for path in ["config/settings/index.html", "config/monitors/ping.html", "config/contacts/jana.html"] {
      #expect(site.pages[path] != nil, "\(path)")
    }
  }

  @Test func `pages elsewhere lead there`() throws {
    let site = rendered(try input())
    let host = try #require(site.pages["hosts/router1.html"])
    #expect(host.contains("<a href=\"../config/hosts/router1.html\"><code>example.yaml:5</code></a>"))
    #expect(host.contains("<a href=\"../config/index.html\">example.yaml</a>"))
    #expect(site.pages["index.html"]?.contains("configuration <a href=\"config/index.html\">") == true)
  }

  @Test func `no secret and no markup comes out`() throws {
    let site = rendered(try input())
    for (path, page) in site.pages {
      #expect(Checker(page).problems == [], "\(path)")
      #expect(!page.contains("<script>"), "\(path)")
      if path.hasPrefix("config/") { #expect(!page.contains("hunter"), "\(path)") }
    }
    #expect(site.pages["config/hosts/router1.html"]?.contains("‹secret›") == true)
    #expect(site.pages["config/hosts/www.html"]?.contains("--token=‹secret›") == true)
  }

  @Test func `every link of theirs leads to a file or a place that is there`() {
    guard let site = try? rendered(input()) else { return }
    for (path, page) in site.pages where path.hasPrefix("config/") {
      let folder = path.split(separator: "/").dropLast().map(String.init)
      for link in Checker(page).links where !link.hasPrefix("#") {
        var parts = folder
        for part in link.split(separator: "#")[0].split(separator: "/") {
          if part == ".." { parts.removeLast() } else { parts.append(String(part)) }
        }
        #expect(site.files[parts.joined(separator: "/")] != nil, "\(path): \(link)")
        guard let anchor = link.split(separator: "#").dropFirst().first else { continue }
        #expect(site.pages[parts.joined(separator: "/")]?.contains("id=\"\(anchor)\"") == true, "\(path): \(link)")
      }
    }
  }

  @Test func `they are made once, and again when the configuration is another`() throws {
    let asked = Mutex(0)
    func counted(_ text: String, _ seconds: Int) throws -> SiteInput {
      var input = try input(text, later: seconds)
      let tree = loaded(text).tree
      input.configuration = {
        asked.withLock { $0 += 1 }
        return tree
      }
      return input
    }
    let first = rendered(try counted(Self.text, 0))
    let second = rendered(try counted(Self.text, 2 * 86_400), on: first)
    #expect(!second.written.contains { $0.hasPrefix("config/") } && asked.withLock { $0 } == 1)
    #expect(second.pages["index.html"]?.contains("config/index.html") == true)
    let changed = Self.text.replacing("router1:", with: "router9:")
    let third = rendered(try counted(changed, 2 * 86_400 + 60), on: second)
    #expect(third.written.contains("config/hosts/router9.html") && third.removed.contains("config/hosts/router1.html"))
    #expect(asked.withLock { $0 } == 2)
  }

  @Test func `where the file is another by now the pages stay, and the next run makes them`() throws {
    let first = rendered(try input())
    let changed = Self.text.replacing("192.0.2.1", with: "192.0.2.9")
    var gone = try input(changed, later: 60)
    gone.configuration = { nil }
    let second = rendered(gone, on: first)
    #expect(second.pages["config/hosts/router1.html"]?.contains("192.0.2.1") == true)
    #expect(!second.removed.contains { $0.hasPrefix("config/") })
    let third = rendered(try input(changed, later: 120), on: second)
    #expect(third.pages["config/hosts/router1.html"]?.contains("192.0.2.9") == true)
    let never = rendered(gone)
    #expect(!never.pages.values.contains { $0.contains("config/index.html") })
  }

  @Test func `who does not want them has none`() throws {
    let first = rendered(try input())
    let second = rendered(
      try input("settings: {show configuration: false}\n" + Self.text, later: 60), on: first)
    #expect(second.removed.contains("config/hosts/router1.html"))
    #expect(!second.files.keys.contains { $0.hasPrefix("config/") })
    #expect(second.pages.filter { $0.value.contains("config/index.html") }.keys.sorted() == [])
  }

  @Test func `a long section has several pages, and its groups are found on theirs`() throws {
    let hosts = (0..<1_201).map { "    h\($0): {}" }
    let text =
      "hosts:\n  a:\n\(hosts[0..<700].joined(separator: "\n"))\n  b:\n\(hosts[700...].joined(separator: "\n"))\n"
    let site = rendered(try input(text))
    #expect(site.pages["config/hosts/index-3.html"] != nil && site.pages["config/hosts/index-4.html"] == nil)
    #expect(site.pages["config/hosts/h900.html"]?.contains("config/hosts/index-2.html#g-b") == true)
    #expect(site.pages["config/hosts/index-2.html"]?.contains("id=\"g-b\"") == true)
  }
}
