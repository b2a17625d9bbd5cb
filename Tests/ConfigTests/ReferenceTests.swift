import Config
import Foundation
import Testing

@Suite struct ReferenceTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("docs/reference.md")

  @Test func `the reference in docs is that of the schema`() throws {
    let text = reference()
    guard let written = try? String(contentsOf: ReferenceTests.file, encoding: .utf8) else {
      try text.write(to: ReferenceTests.file, atomically: true, encoding: .utf8)
      Issue.record("docs/reference.md did not exist and was written; read it, then run again")
      return
    }
    #expect(text == written, "write it again: delete docs/reference.md and run this test")
  }

  @Test func `every field of base says what it is for`() {
    let fields = reference().components(separatedBy: "## Types")[0]
    let rows = fields.split(separator: "\n").map { $0.split(separator: "|", omittingEmptySubsequences: false) }
      .filter { $0.count == 6 && $0[1].hasPrefix(" `") }
    #expect(rows.count > 120)
    for row in rows { #expect(row[4].count > 3, "\(row[1])") }
  }
}
