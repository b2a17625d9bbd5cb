import Testing
import YAML

/// The error a text is refused with.
func refusal(_ text: String, limits: YAMLLimits = YAMLLimits()) -> String {
  refusal(Array(text.utf8), limits: limits)
}

func refusal(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> String {
  do {
    _ = try YAMLDocument.parse(bytes, limits: limits)
    return "accepted"
  } catch {
    return error.description
  }
}

@Suite struct YAMLDocumentTests {
  @Test func `a mapping keeps its pairs in the order they are written`() throws {
    let root = try YAMLDocument.parse(Array("b: 1\na: [x, 'y']\nc: {d: null}\n".utf8)).root
    #expect(root.pairs?.map(\.key.text) == ["b", "a", "c"])
    #expect(root["a"]?.items?.map(\.text) == ["x", "y"])
    #expect(root["c"]?["d"]?.isNull == true)
  }

  @Test func `marks count bytes, lines and characters`() throws {
    let text = "é: ü\nkey: [\"日本\", two]\n"
    let root = try YAMLDocument.parse(Array(text.utf8), source: 7).root
    let list = try #require(root["key"])
    #expect(list.start == YAMLMark(offset: 12, line: 2, column: 6))
    #expect(list.source == 7)
    let two = try #require(list.items?.last)
    #expect(two.start == YAMLMark(offset: 23, line: 2, column: 13))
    #expect(two.end == YAMLMark(offset: 26, line: 2, column: 16))
    #expect(root.pairs?.first?.key.end == YAMLMark(offset: 2, line: 1, column: 2))
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `lines are counted for every line end`(end: String) throws {
    let root = try YAMLDocument.parse(Array("a: 1\(end)\(end)b: ä\(end)c: x".utf8)).root
    #expect(root["c"]?.start.line == 4)
    #expect(root["c"]?.start.column == 4)
  }

  @Test func `a line separator inside a text is no line of the file`() throws {
    let root = try YAMLDocument.parse(Array("a: 'x\u{2028}y'\nb: z\n".utf8)).root
    #expect(root["b"]?.start == YAMLMark(offset: 14, line: 2, column: 4))
  }

  @Test func `a byte order mark is no part of the first key`() throws {
    let root = try YAMLDocument.parse([0xEF, 0xBB, 0xBF] + Array("key: x\n".utf8)).root
    #expect(root["key"]?.text == "x")
    #expect(root["key"]?.start == YAMLMark(offset: 8, line: 1, column: 6))
  }

  @Test func `a file of comments is a null`() throws {
    #expect(try YAMLDocument.parse(Array("# nothing\n".utf8)).root.isNull)
    #expect(try YAMLDocument.parse([]).root.isNull)
  }

  @Test func `an alias is what it names`() throws {
    let root = try YAMLDocument.parse(Array("a: &x {k: v}\nb: *x\n".utf8)).root
    #expect(root["b"]?["k"]?.text == "v")
    #expect(root["b"]?.start == root["a"]?.start)
  }

  @Test func `every fault reading can go on after is told at once`() throws {
    var faults: [YAMLError] = []
    let text = "a: 1\na: 2\nb: !odd x\n<<: {c: 1}\n"
    _ = try YAMLDocument.parse(Array(text.utf8), faults: &faults)
    #expect(faults.map(\.mark.line) == [2, 3, 4])
  }

  @Test func `a secret keeps its tag`() throws {
    let root = try YAMLDocument.parse(Array("p: !secret file:x\n".utf8)).root
    #expect(root["p"]?.tag == YAMLTag.secret)
    #expect(root["p"]?.text == "file:x")
  }

  @Test func `a duplicate is found in a long mapping too`() {
    let lines = (1...40).map { "key\($0): x" } + ["key3: y"]
    #expect(refusal(lines.joined(separator: "\n")) == "41:1: error: “key3” stands here twice, first in line 3")
  }
}
