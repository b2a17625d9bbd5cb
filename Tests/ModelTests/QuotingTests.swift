import Foundation
import Model
import Testing

struct QuotingTests {
  @Test(arguments: ["plain", "a\"b\\c\nd\t", "</script>&\u{2028}\u{0}\u{7F}", "日本 e\u{301} 👀"])
  func `a JSON string reads back as what it was`(text: String) throws {
    let quoted = jsonString(text)
    let read = try JSONSerialization.jsonObject(with: Data(quoted.utf8), options: .fragmentsAllowed)
    #expect(read as? String == text)
    #expect(!quoted.contains("<") && !quoted.contains("&") && !quoted.contains("\n"))
  }

  @Test func `a field of CSV has quotes only where it needs them`() {
    #expect(csvField("www/website/up") == "www/website/up")
    #expect(csvField("a,\"b\"") == "\"a,\"\"b\"\"\"")
    #expect(csvField("two\nlines") == "\"two\nlines\"")
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=\u{301}1"])
  func `no field is a formula`(text: String) {
    #expect(csvField(text).drop { $0 == "\"" }.hasPrefix("'"))
  }
}
