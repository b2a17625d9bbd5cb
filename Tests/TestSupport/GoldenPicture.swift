import Foundation
package import Testing

/// Compares a picture with `Golden/NAME` beside the test, pixel by pixel; the bytes may differ.
///
/// A missing file is written and the test fails. On a mismatch the picture is written to a temporary folder.
package func goldenPicture(
  _ name: String, _ actual: [UInt8], file: String = #filePath, at location: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
  let golden = folder.appendingPathComponent(name)
  guard let expected = try? Data(contentsOf: golden) else {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(actual).write(to: golden)
    Issue.record("\(name) did not exist and was recorded; look at it, then run again", sourceLocation: location)
    return
  }
  let pixels = try #require(PNGPixels(actual), "the picture cannot be read", sourceLocation: location)
  let wanted = try #require(PNGPixels(Array(expected)), "\(name) cannot be read", sourceLocation: location)
  guard pixels != wanted else { return }
  let place = FileManager.default.temporaryDirectory.appendingPathComponent("actual-\(name)")
  try Data(actual).write(to: place)
  Issue.record(
    "\(differing(pixels, wanted)) of \(name); the picture is in \(place.path)", sourceLocation: location)
}

private func differing(_ one: PNGPixels, _ other: PNGPixels) -> String {
  guard one.width == other.width, one.height == other.height else {
    return "\(one.width) × \(one.height) pixels instead of the \(other.width) × \(other.height)"
  }
  let count = zip(one.colours, other.colours).count { $0 != $1 }
  return "\(count) pixels differ from those"
}
