import Foundation
package import Testing

/// Compares text with the file `Golden/NAME` beside the test.
///
/// A missing file is written and the test fails, so nothing passes by accident.
package func golden(
  _ name: String, _ actual: String, file: String = #filePath, at location: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
  let golden = folder.appendingPathComponent(name)
  guard let expected = try? String(contentsOf: golden, encoding: .utf8) else {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try actual.write(to: golden, atomically: true, encoding: .utf8)
    Issue.record("\(name) did not exist and was recorded; read it, then run again", sourceLocation: location)
    return
  }
  #expect(actual == expected, sourceLocation: location)
}

/// The path of a file in `Fixtures` beside the test.
package func fixture(_ name: String, file: String = #filePath) -> String {
  URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
    .appendingPathComponent(name).path
}
