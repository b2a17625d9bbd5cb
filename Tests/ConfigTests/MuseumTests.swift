import Config
import Foundation
import TestSupport
import Testing

/// One small broken file for each rule, with all that is said about it beside it.
@Suite struct MuseumTests {
  private static let folder = fixture("broken")
  private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

  @Test func `there is a file for every rule`() {
    #expect(MuseumTests.names.count >= 130)
  }

  @Test(arguments: names)
  func `a broken file is told as recorded`(name: String) throws {
    let loaded = load(path: "\(MuseumTests.folder)/\(name).yaml")
    let text = render(loaded.problems).replacingOccurrences(of: MuseumTests.folder, with: "/FOLDER")
      // Whatever is added to it, what is said of it stays.
      .replacing(/base\.yaml:\d+/, with: "base.yaml:LINE")
    #expect((loaded.plan == nil) == loaded.hasErrors)
    #expect(!text.contains("hunter2"))
    let expected = "\(MuseumTests.folder)/\(name).txt"
    guard let recorded = try? String(contentsOfFile: expected, encoding: .utf8) else {
      try text.write(toFile: expected, atomically: true, encoding: .utf8)
      Issue.record("\(name).txt did not exist and was recorded; read it, then run again")
      return
    }
    #expect(text == recorded)
  }
}
