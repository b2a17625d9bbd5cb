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
    let rows = reference().split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 120)
    for row in rows.filter({ $0.split(separator: "|", omittingEmptySubsequences: false).count == 6 }) {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false)
      let isTemplate = row.contains("Monitors") || cells[2].contains("`")
      #expect(isTemplate || cells[4].count > 3, "\(row)")
    }
  }
}
