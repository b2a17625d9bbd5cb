import Testing
import YAML

@Suite struct YAMLValueTests {
  @Test(arguments: [
    "no", "No", "NO", "yes", "on", "off", "y", "n", "1_000", "0b1", "12:30:45", "1e", ".", "+", "0o8", "0x", "0x-1",
    "NaN", "1.2.3",
  ])
  func `what YAML 1_1 took for something else is text`(text: String) {
    #expect(YAMLValue(plain: text) == .text(text))
  }

  @Test func `booleans and nulls are the words of YAML 1_2`() {
    #expect(["true", "True", "TRUE"].map(YAMLValue.init(plain:)) == [.bool(true), .bool(true), .bool(true)])
    #expect(["false", "False", "FALSE"].map(YAMLValue.init(plain:)) == [.bool(false), .bool(false), .bool(false)])
    #expect(["", "~", "null", "Null", "NULL"].allSatisfy { YAMLValue(plain: $0) == .null })
  }

  @Test(arguments: [("0", 0), ("-7", -7), ("+12", 12), ("08", 8), ("0o17", 15), ("0xfF", 255)])
  func `integers`(text: String, value: Int) {
    #expect(YAMLValue(plain: text) == .int(value))
  }

  @Test(arguments: [
    ("1.5", 1.5), ("-.5", -0.5), ("5.", 5), ("1e3", 1_000), ("2.5E-1", 0.25), (".inf", .infinity),
    ("-.INF", -.infinity), ("99999999999999999999", 1e20),
  ])
  func `numbers with a fraction or an exponent`(text: String, value: Double) {
    #expect(YAMLValue(plain: text) == .float(value))
  }

  @Test func `a quoted word is text`() throws {
    let root = try YAMLDocument.parse(Array("[\"true\", '1', !!str 2, !!float 3, ! 4]".utf8)).root
    #expect(root.items?.map(\.value) == [.text("true"), .text("1"), .text("2"), .float(3), .text("4")])
  }
}
