import Foundation
import Glibc
import Platform
import Synchronization
import TestSupport
import Testing

struct PublicationTests {
  @Test func `the folder is the site itself`() throws {
    let folder = try TemporaryFolder()
    let reports = "\(folder.path)/reports"
    let published = try publish(
      ["index.html": "one", "graphs/a/b.png": "picture"], into: reports)
    #expect(published == Published(generation: 1, written: 2, problems: []))
    #expect(try folder.read("reports/index.html") == "one")
    #expect(try folder.read("reports/graphs/a/b.png") == "picture")
    #expect(try Files.list(reports) == [".generations", "current", "graphs", "index.html"])
    #expect(try target("\(reports)/index.html") == "current/index.html")
    #expect(try target("\(reports)/current") == ".generations/00000001")
    #expect(try mode("\(reports)/.generations/00000001/graphs/a/b.png") == 0o644)
    #expect(try mode("\(reports)/.generations/00000001/graphs/a") == 0o755)
  }

  @Test func `equal pages and those nobody mentions are the same file, and two generations stay`() throws {
    let folder = try TemporaryFolder()
    let reports = "\(folder.path)/reports"
    for round in 1...5 {
      var pages = ["index.html": "round \(round)", "same.css": "x"]
      if round == 1 { pages["kept/a"] = "k" }
      #expect(try publish(pages, into: reports).written == (round == 1 ? 3 : 1))
      #expect(try folder.read("reports/index.html") == "round \(round)")
    }
    #expect(
      try Files.list("\(reports)/.generations") == ["00000004", "00000005", "00000005.changes"])
    #expect(try folder.read("reports/kept/a") == "k")
    #expect(try folder.read("reports/.generations/00000004/index.html") == "round 4")
    for name in ["same.css", "kept/a"] {
      #expect(
        try inode("\(reports)/.generations/00000004/\(name)") == inode("\(reports)/.generations/00000005/\(name)"))
    }
  }

  @Test func `whatever changes from one to the next, the one that shows is whole`() throws {
    let folder = try TemporaryFolder()
    var expected: [String: String] = [:]
    var random = SystemRandomNumberGenerator()
    for round in 1...60 {
      var pages: [String: String] = [:]
      let names = ["a", "b/c", "b/d", "e/f/g", "e/f/h", "i/j"]
      for name in names where Bool.random(using: &random) { pages[name] = "\(round % 7) of \(name)" }
      let removing = names.filter { pages[$0] == nil && Int.random(in: 0..<4, using: &random) == 0 }
      let anew = round % 13 == 0
      if anew { expected = [:] }
      for name in removing { expected[name] = nil }
      expected.merge(pages) { $1 }
      try publish(pages, removing: removing, anew: anew, into: folder.path)
      // Somebody tidies up, or a crash comes between the steps.
      if round % 9 == 0 { try Files.remove("\(folder.path)/.generations/\(eight(round)).changes") }
      if round % 11 == 0 { try Files.removeTree("\(folder.path)/.generations/\(eight(round - 1))") }
      #expect(try contents(of: "\(folder.path)/current/") == expected, "round \(round)")
    }
  }

  @Test func `a publication that is let go of leaves the site as it was`() throws {
    let folder = try TemporaryFolder()
    for round in 1...2 { try publish(["a": "\(round)", "b": "\(round)"], into: folder.path) }
    do {
      let publication = try Publication(into: folder.path, after: 2)
      #expect(publication.isContinued)
      try publication.write("a", Array("3".utf8))
    }
    #expect(try contents(of: "\(folder.path)/current/") == ["a": "2", "b": "2"])
    #expect(try publish(["a": "4"], into: folder.path).generation == 3)
    #expect(try contents(of: "\(folder.path)/current/") == ["a": "4", "b": "2"])
  }

  @Test func `one that goes on from a generation nobody shows begins with nothing`() throws {
    let folder = try TemporaryFolder()
    #expect(Publication.shown(in: folder.path) == nil)
    try publish(["a": "1", "b": "1"], into: folder.path)
    #expect(Publication.shown(in: folder.path) == 1)
    let publication = try Publication(into: folder.path, after: 7)
    #expect(!publication.isContinued)
    try publication.write("b", Array("1".utf8))
    #expect(try publication.finish().written == 0)
    #expect(try contents(of: "\(folder.path)/current/") == ["b": "1"])
  }

  @Test func `an entry that is gone loses its link, and a new one gets it`() throws {
    let folder = try TemporaryFolder()
    try publish(["a": "1", "b/c": "1"], into: folder.path)
    try publish(["a": "1", "d": "1"], removing: ["b/c"], into: folder.path)
    #expect(try Files.list(folder.path) == [".generations", "a", "current", "d"])
  }

  @Test func `foreign files and links are never touched`() throws {
    let folder = try TemporaryFolder()
    try folder.write("README.md", "mine")
    try folder.write("index.html", "also mine")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/elsewhere", withDestinationPath: "/etc")
    let published = try publish(
      ["index.html": "site", "README.md": "page", "elsewhere/a": "x", "b": "x"],
      into: folder.path)
    #expect(
      published.problems
        == ["README.md", "elsewhere", "index.html"].map {
          "\(folder.path)/\($0) is not redeye's and stays; the page is at \(folder.path)/current/\($0)"
        })
    #expect(try folder.read("README.md") == "mine")
    #expect(try folder.read("index.html") == "also mine")
    #expect(try target("\(folder.path)/elsewhere") == "/etc")
    #expect(try folder.read("current/index.html") == "site")
    try publish(["b": "x"], anew: true, into: folder.path)
    #expect(try folder.read("index.html") == "also mine")
  }

  @Test(arguments: [
    ("", "it is empty"), ("/etc/passwd", "it is absolute"), ("../x", "it leads out of its folder"),
    ("a/../../x", "it leads out of its folder"), ("a//b", "it has an empty part"), ("a/", "it has an empty part"),
    ("./a", "it leads out of its folder"), ("a\0b", "it holds a NUL character"),
    ("current", "current belongs to the publication"), (".generations/1/x", ".generations belongs to the publication"),
    (String(repeating: "x", count: 256), "it is too long"),
  ])
  func `a path that leads elsewhere is refused, and nothing shows`(path: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let message = text { try publish([path: "x", "ok": "y"], into: "\(folder.path)/r") }
    #expect(message == "cannot publish \(path.debugDescription): \(reason)")
    #expect(try Files.list("\(folder.path)/r/.generations").isEmpty)
  }

  @Test func `a page cannot be a folder of others`() throws {
    let folder = try TemporaryFolder()
    #expect(
      text { try publish(["a": "x", "a/b": "y"], into: folder.path) }
        == "cannot publish \"a/b\": it is a page and a folder of other pages")
  }

  @Test func `a folder that cannot be the site's is told`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("file", "mine")
    #expect(
      text { try publish(["a": "x"], into: file) }
        == "cannot publish into \(file): it is not a folder; move it away or set another reports folder")
    try link("\(folder.path)/dangling", to: "nowhere")
    try link("\(folder.path)/loop", to: "loop")
    for name in ["dangling", "loop"] {
      #expect(
        text { try publish(["a": "x"], into: "\(folder.path)/\(name)") }?
          .contains("it is a link that leads to no folder") == true)
    }
    try folder.write("site/current/x", "mine")
    #expect(
      text { try publish(["a": "x"], into: "\(folder.path)/site") }?
        .contains("/site/current is not the link redeye makes; move it away") == true)
    try FileManager.default.createDirectory(atPath: "\(folder.path)/planted", withIntermediateDirectories: true)
    try link("\(folder.path)/planted/.generations", to: folder.path)
    #expect(
      text { try publish(["a": "x"], into: "\(folder.path)/planted") }?
        .contains("/planted/.generations is a link; remove it") == true)
    #expect(try folder.read("file") == "mine")
  }

  @Test func `one's own link to a folder elsewhere is followed`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/www", withIntermediateDirectories: true)
    try link("\(folder.path)/reports", to: "www")
    try publish(["a": "x"], into: "\(folder.path)/reports")
    #expect(try folder.read("www/a") == "x")
  }

  @Test func `somebody else's link and a folder without write permission are refused`() async throws {
    try #require(geteuid() == 0, "only root can give a file away")
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/www", withIntermediateDirectories: true)
    try link("\(folder.path)/reports", to: "www")
    #expect(unsafe lchown("\(folder.path)/reports", 65534, 65534) == 0)
    #expect(
      text { try publish(["a": "x"], into: "\(folder.path)/reports") }
        == "cannot publish into \(folder.path)/reports: it is a link that user 65534 made; remove it")
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let reports = "\(folder.path)/www"
      try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: true)
      unsafe chmod(folder.path, 0o755)
      setuid(65534)
      let message = text { try publish(["a": "x"], into: reports) }
      #expect(message == "cannot make the folder \(reports)/.generations: Permission denied")
    }
  }

  @Test func `what a killed publication left is cleaned by the next`() throws {
    let folder = try TemporaryFolder()
    try publish(["a": "1"], into: folder.path)
    try folder.write(".generations/00000002/half", "x")
    try link("\(folder.path)/.current.next", to: ".generations/00000002")
    try link("\(folder.path)/half", to: "current/half")
    #expect(try publish(["a": "2"], into: folder.path).generation == 3)
    #expect(try Files.list("\(folder.path)/.generations") == ["00000001", "00000003", "00000003.changes"])
    #expect(try Files.list(folder.path) == [".generations", "a", "current"])
  }

  @Test func `a publication that fails leaves the site as it was`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      try publish(["a": "1", "b": "1"], into: folder.path)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100, rlim_max: 100)
      _ = unsafe setrlimit(__rlimit_resource_t(1), &limit)
      let big = String(repeating: "x", count: 1000)
      let message = text { try publish(["a": "2", "c": big], into: folder.path) }
      #expect(message == "cannot write \(folder.path)/.generations/00000002/c: File too large")
      #expect(try Files.list("\(folder.path)/.generations") == ["00000001"])
      #expect(try folder.read("a") == "1")
    }
  }

  @Test func `readers never miss a file and never see two generations at once`() throws {
    let folder = try TemporaryFolder()
    let reports = folder.path
    let tree: @Sendable (Int) -> [String: String] = { round in
      ["index.html": "\(round)", "assets/style-\(round).css": "\(round)", "assets/x": "\(round)"]
    }
    try publish(tree(1), into: reports)
    let begun = Mutex(1)
    let seen = concurrently(4, workers: 4) { worker in
      if worker == 0 {
        for round in 2...51 {
          begun.withLock { $0 = round }
          _ = try? publish(tree(round), into: reports)
          usleep(5000)
        }
        begun.withLock { $0 = 52 }
        return Seen()
      }
      var seen = Seen()
      var before = 1
      while before < 52 {
        before = begun.withLock { $0 }
        let now = Seen.looking(at: reports)
        // A generation stays for one more publication: who takes longer than that is promised nothing.
        if begun.withLock({ $0 }) == before { seen.add(now) }
      }
      return seen
    }
    let reads = seen.map(\.reads).reduce(0, +)
    #expect(reads > 100, "the readers hardly read: \(reads)")
    #expect(seen.map(\.mixed).reduce(0, +) == 0)
    #expect(seen.flatMap(\.missing) == [])
    #expect(try folder.read("index.html") == "51")
  }
}

/// What a reader of the site came across.
private struct Seen: Sendable {
  var reads = 0
  var mixed = 0
  var missing: [String] = []

  static func looking(at reports: String) -> Seen {
    var seen = Seen()
    seen.look(at: reports)
    return seen
  }

  /// Opens the site once, as a web server opens a document root, and reads a page and what it refers to.
  private mutating func look(at reports: String) {
    if !Files.exists("\(reports)/index.html") { missing.append("reports/index.html") }
    let root = unsafe open("\(reports)/current", O_RDONLY | O_DIRECTORY)
    guard root >= 0 else { return missing.append("current") }
    defer { close(root) }
    guard let round = contents(root, "index.html") else { return missing.append("index.html") }
    let others = ["assets/style-\(round).css", "assets/x"].map { (name: $0, text: contents(root, $0)) }
    missing += others.filter { $0.text == nil }.map(\.name)
    mixed = others.filter { $0.text != nil && $0.text != round }.count
    reads = 1
  }

  mutating func add(_ other: Seen) {
    reads += other.reads
    mixed += other.mixed
    missing += other.missing
  }

  private func contents(_ root: Int32, _ name: String) -> String? {
    let file = unsafe openat(root, name, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

/// Publishes pages on top of those that show, or in their place.
@discardableResult
private func publish(
  _ pages: [String: String], removing: [String] = [], anew: Bool = false, into path: String
) throws -> Published {
  let publication = try Publication(into: path, after: anew ? nil : Publication.shown(in: path))
  for page in removing { try publication.remove(page) }
  for (path, text) in pages.sorted(by: { $0.key < $1.key }) { try publication.write(path, Array(text.utf8)) }
  return try publication.finish()
}

private func eight(_ number: Int) -> String { String(("0000000" + String(number)).suffix(8)) }

/// The text of each file under a folder.
private func contents(of folder: String) throws -> [String: String] {
  var result: [String: String] = [:]
  for name in try Files.list(folder) {
    if Files.isFolder("\(folder)/\(name)") {
      for (path, text) in try contents(of: "\(folder)/\(name)") { result["\(name)/\(path)"] = text }
    } else {
      result[name] = String(decoding: try Files.read("\(folder)/\(name)"), as: UTF8.self)
    }
  }
  return result
}

private func target(_ path: String) throws -> String {
  try FileManager.default.destinationOfSymbolicLink(atPath: path)
}

private func link(_ path: String, to target: String) throws {
  try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}

private func inode(_ path: String) throws -> Int {
  try #require(FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
}
