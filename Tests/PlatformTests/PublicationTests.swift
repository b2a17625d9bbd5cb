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
    let published = try Publication.publish(
      ["index.html": page("one"), "graphs/a/b.png": page("picture")], into: reports)
    #expect(published == Published(generation: 1, missing: [], written: 2, problems: []))
    #expect(try folder.read("reports/index.html") == "one")
    #expect(try folder.read("reports/graphs/a/b.png") == "picture")
    #expect(try Files.list(reports) == [".generations", "current", "graphs", "index.html"])
    #expect(try target("\(reports)/index.html") == "current/index.html")
    #expect(try target("\(reports)/current") == ".generations/00000001")
    #expect(try mode("\(reports)/.generations/00000001/graphs/a/b.png") == 0o644)
    #expect(try mode("\(reports)/.generations/00000001/graphs/a") == 0o755)
  }

  @Test func `equal and kept pages are the same file, and two generations stay`() throws {
    let folder = try TemporaryFolder()
    let reports = "\(folder.path)/reports"
    for round in 1...4 {
      let published = try Publication.publish(
        ["index.html": page("round \(round)"), "same.css": page("x"), "kept/a": round == 1 ? page("k") : .keep],
        into: reports)
      #expect(published.written == (round == 1 ? 3 : 1))
    }
    #expect(try Files.list("\(reports)/.generations") == ["00000003", "00000004"])
    #expect(try folder.read("reports/kept/a") == "k")
    for name in ["same.css", "kept/a"] {
      #expect(
        try inode("\(reports)/.generations/00000003/\(name)") == inode("\(reports)/.generations/00000004/\(name)"))
    }
  }

  @Test func `a page to keep that was never there is named and left out`() throws {
    let folder = try TemporaryFolder()
    let first = try Publication.publish(["index.html": page("1"), "a/b": .keep], into: folder.path)
    #expect(first.missing == ["a/b"])
    #expect(try Files.list(folder.path) == [".generations", "current", "index.html"])
    let second = try Publication.publish(["index.html": .keep, "c": .keep], into: folder.path)
    #expect(second.missing == ["c"])
    #expect(try folder.read("index.html") == "1")
  }

  @Test func `an entry that is gone loses its link, and a new one gets it`() throws {
    let folder = try TemporaryFolder()
    _ = try Publication.publish(["a": page("1"), "b/c": page("1")], into: folder.path)
    _ = try Publication.publish(["a": page("1"), "d": page("1")], into: folder.path)
    #expect(try Files.list(folder.path) == [".generations", "a", "current", "d"])
  }

  @Test func `foreign files and links are never touched`() throws {
    let folder = try TemporaryFolder()
    try folder.write("README.md", "mine")
    try folder.write("index.html", "also mine")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/elsewhere", withDestinationPath: "/etc")
    let published = try Publication.publish(
      ["index.html": page("site"), "README.md": page("page"), "elsewhere/a": page("x"), "b": page("x")],
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
    _ = try Publication.publish(["b": page("x")], into: folder.path)
    #expect(try folder.read("index.html") == "also mine")
  }

  @Test(arguments: [
    ("", "it is empty"), ("/etc/passwd", "it is absolute"), ("../x", "it leads out of its folder"),
    ("a/../../x", "it leads out of its folder"), ("a//b", "it has an empty part"), ("a/", "it has an empty part"),
    ("./a", "it leads out of its folder"), ("a\0b", "it holds a NUL character"),
    ("current", "current belongs to the publication"), (".generations/1/x", ".generations belongs to the publication"),
    (String(repeating: "x", count: 256), "it is too long"),
  ])
  func `a path that leads elsewhere is refused before anything is written`(path: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let message = text { try Publication.publish([path: page("x"), "ok": page("y")], into: "\(folder.path)/r") }
    #expect(message == "cannot publish \(path.debugDescription): \(reason)")
    #expect(!Files.exists("\(folder.path)/r"))
  }

  @Test func `a page cannot be a folder of others`() throws {
    let folder = try TemporaryFolder()
    #expect(
      text { try Publication.publish(["a": page("x"), "a/b": page("y")], into: folder.path) }
        == "cannot publish \"a\": it is a page and a folder of other pages")
  }

  @Test func `a folder that cannot be the site's is told`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("file", "mine")
    #expect(
      text { try Publication.publish(["a": page("x")], into: file) }
        == "cannot publish into \(file): it is not a folder; move it away or set another reports folder")
    try link("\(folder.path)/dangling", to: "nowhere")
    try link("\(folder.path)/loop", to: "loop")
    for name in ["dangling", "loop"] {
      #expect(
        text { try Publication.publish(["a": page("x")], into: "\(folder.path)/\(name)") }?
          .contains("it is a link that leads to no folder") == true)
    }
    try folder.write("site/current/x", "mine")
    #expect(
      text { try Publication.publish(["a": page("x")], into: "\(folder.path)/site") }?
        .contains("/site/current is not the link redeye makes; move it away") == true)
    try FileManager.default.createDirectory(atPath: "\(folder.path)/planted", withIntermediateDirectories: true)
    try link("\(folder.path)/planted/.generations", to: folder.path)
    #expect(
      text { try Publication.publish(["a": page("x")], into: "\(folder.path)/planted") }?
        .contains("/planted/.generations is a link; remove it") == true)
    #expect(try folder.read("file") == "mine")
  }

  @Test func `one's own link to a folder elsewhere is followed`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/www", withIntermediateDirectories: true)
    try link("\(folder.path)/reports", to: "www")
    _ = try Publication.publish(["a": page("x")], into: "\(folder.path)/reports")
    #expect(try folder.read("www/a") == "x")
  }

  @Test func `somebody else's link and a folder without write permission are refused`() async throws {
    try #require(geteuid() == 0, "only root can give a file away")
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/www", withIntermediateDirectories: true)
    try link("\(folder.path)/reports", to: "www")
    #expect(unsafe lchown("\(folder.path)/reports", 65534, 65534) == 0)
    #expect(
      text { try Publication.publish(["a": page("x")], into: "\(folder.path)/reports") }
        == "cannot publish into \(folder.path)/reports: it is a link that user 65534 made; remove it")
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let reports = "\(folder.path)/www"
      try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: true)
      unsafe chmod(folder.path, 0o755)
      setuid(65534)
      let message = text { try Publication.publish(["a": page("x")], into: reports) }
      #expect(message == "cannot make the folder \(reports)/.generations: Permission denied")
    }
  }

  @Test func `what a killed publication left is cleaned by the next`() throws {
    let folder = try TemporaryFolder()
    _ = try Publication.publish(["a": page("1")], into: folder.path)
    try folder.write(".generations/00000002/half", "x")
    try link("\(folder.path)/.current.next", to: ".generations/00000002")
    try link("\(folder.path)/half", to: "current/half")
    #expect(try Publication.publish(["a": page("2")], into: folder.path).generation == 3)
    #expect(try Files.list("\(folder.path)/.generations") == ["00000001", "00000003"])
    #expect(try Files.list(folder.path) == [".generations", "a", "current"])
  }

  @Test func `a publication that fails leaves the site as it was`() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      _ = try Publication.publish(["a": page("1"), "b": page("1")], into: folder.path)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100, rlim_max: 100)
      _ = unsafe setrlimit(__rlimit_resource_t(1), &limit)
      let big = page(String(repeating: "x", count: 1000))
      let message = text { try Publication.publish(["a": page("2"), "c": big], into: folder.path) }
      #expect(message == "cannot write \(folder.path)/.generations/00000002/c: File too large")
      #expect(try Files.list("\(folder.path)/.generations") == ["00000001"])
      #expect(try folder.read("a") == "1")
    }
  }

  @Test func `readers never miss a file and never see two generations at once`() throws {
    let folder = try TemporaryFolder()
    let reports = folder.path
    let tree: @Sendable (Int) -> [String: Page] = { round in
      ["index.html": page("\(round)"), "assets/style-\(round).css": page("\(round)"), "assets/x": page("\(round)")]
    }
    _ = try Publication.publish(tree(1), into: reports)
    let begun = Mutex(1)
    let seen = concurrently(4, workers: 4) { worker in
      if worker == 0 {
        for round in 2...51 {
          begun.withLock { $0 = round }
          _ = try? Publication.publish(tree(round), into: reports)
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

private func page(_ text: String) -> Page { .bytes(Array(text.utf8)) }

private func target(_ path: String) throws -> String {
  try FileManager.default.destinationOfSymbolicLink(atPath: path)
}

private func link(_ path: String, to target: String) throws {
  try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}

private func inode(_ path: String) throws -> Int {
  try #require(FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int)
}
