import Testing
import YAML

@Suite struct SyntaxMessageTests {
  @Test(arguments: [
    ("a: 1\nb:\n  c: \"x\n  d: e\n", "3:6: error: a quoted text that starts in line 3 has no end"),
    ("a: [1, 2\nb: 3\n", "2:2: error: a list that starts in line 1 with “[” has no “]”, or a comma is missing here"),
    (
      "a: {b: 1 c: 2}\n", "1:11: error: a mapping that starts in line 1 with “{” has no “}”, or a comma is missing here"
    ),
    ("a: b: c\n", "1:5: error: a second “:” makes this no key and value"),
    ("a:\n\tb: c\n", "2:1: error: a tab where the indentation is counted"),
    ("a: 1\n  b: 2\n", "2:4: error: a second “:” makes this no key and value"),
    ("a:\n    b: 1\n  c: 2\n", "3:3: error: this does not fit into the mapping that starts in line 1"),
    ("a: @x\n", "1:4: error: a value cannot begin with this character"),
    ("a: \"\\q\"\n", "1:5: error: an escape (“\\” and a letter) that does not exist"),
    ("a: 1\n---\nb: 2\n", "2:1: error: a second document starts here"),
    ("a: *b\n", "1:4: error: nothing before this is called &b"),
    ("a: !!binary x\n", "1:4: error: unknown tag “!!binary”"),
    ("a: !Ruby/Object x\n", "1:4: error: unknown tag “!Ruby/Object”"),
    ("a: !!int x\n", "1:4: error: the value is not what its tag “!!int” says"),
    ("<<: {a: 1}\n", "1:1: error: merge keys (“<<”) are not used here"),
    ("? [a, b]\n: c\n", "1:3: error: a key must be a text"),
    ("a: \"x\\0y\"\n", "1:4: error: a NUL character in a text"),
    ("a: x\u{0001}y\n", "1:5: error: a control character"),
    ("a\nb: 1\n", "2:2: error: a second “:” makes this no key and value"),
    ("a: 1\nb\nc: 1\n", "2:1: error: a key in line 2 has no “:” after it"),
    ("a: b\n- c\n", "2:1: error: this does not fit into the mapping that starts in line 1"),
    ("- a\nb: c\n", "2:1: error: this is not an item of the list that starts in line 1"),
    ("a: x\u{0}y", "1:5: error: a NUL byte"),
  ])
  func `a syntax error is told in words`(text: String, message: String) {
    #expect(refusal(text) == message)
  }

  @Test func `a byte that is not UTF-8 is told with its place`() {
    #expect(refusal(Array("é: x\nb: ".utf8) + [0xFF, 0x0A]) == "2:4: error: a byte that is not UTF-8")
    #expect(refusal([0x61, 0xC0, 0x80]) == "1:2: error: a byte that is not UTF-8")
    #expect(refusal([0xFF, 0xFE, 0x61, 0x00]) == "0:0: error: the file is UTF-16")
  }
}
