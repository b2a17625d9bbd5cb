import Testing

@testable import Site

@Suite struct FileNames {
  @Test(arguments: ["www", "sw-wh1", "a.example.org", "0"])
  func `a plain name is its own file name`(name: String) { #expect(fileName(name) == name) }

  @Test(arguments: [
    "", ".", "..", "-x", "x-", "WWW", "xe-0/0/0", "../../etc/passwd", "a b", "ä", "index", "index-2", "a~b", "con?",
    "\u{0}", "x\n", String(repeating: "x", count: 300), "%2e%2e", "\\", "C:", "🙂",
  ])
  func `any other name gets a harmless one of its own`(name: String) {
    let file = fileName(name)
    #expect(file.utf8.count <= 60)
    #expect(file.wholeMatch(of: /[a-z0-9.-]*~[0-9a-f]{16}/) != nil)
    #expect(!file.hasPrefix("."))
  }

  @Test func `no two names share a file, even where case is ignored`() {
    let names = ["www", "WWW", "Www", "w w w", "w-w-w", "w/w/w", "w.w.w", "www~", "www ", " www", "ẘ", "w\u{30A}"]
    #expect(Set(names.map { fileName($0).lowercased() }).count == names.count)
  }
}
