import Graph
import Model

@testable import Site

/// A site as renderings leave it, one after the other.
struct PrintedSite {
  var files: [String: [UInt8]] = [:]
  /// What the last rendering wrote, and what it took away.
  var written: Set<String> = []
  var removed: Set<String> = []
  var problems: [String] = []
  var waiting: [String: Int] = [:]
  var definitions: [String: UInt64] = [:]
  var chapters: [String: Chapter] = [:]

  /// What is there and was not written by the last rendering.
  var kept: Set<String> { Set(files.keys).subtracting(written) }

  /// The pages by path, as text.
  var pages: [String: String] { texts.filter { $0.key.hasSuffix(".html") } }

  var texts: [String: String] {
    files.filter { !$0.key.hasSuffix(".png") }.mapValues { String(decoding: $0, as: UTF8.self) }
  }

  var memory: SiteMemory {
    let chapters = chapters
    return SiteMemory(definitions: definitions) { chapters[$0] }
  }

  /// Puts another rendering on top.
  mutating func render(
    _ input: SiteInput, drawing: @escaping @Sendable (Drawing) -> [Picture] = PrintedSite.blank
  ) throws {
    var input = input
    input.memory = memory
    input.studio = { $0.map(drawing) }
    let complete = input
    try take { try Site.render(complete, into: $0) }
  }

  /// Puts what a rendering hands over on top.
  mutating func take(_ render: (@escaping SiteSink) throws -> Rendering) throws {
    let changes = Changes()
    let rendering = try render { changes.all.append($0) }
    (written, removed) = ([], [])
    for change in changes.all { take(change) }
    (problems, waiting) = (rendering.problems, rendering.waiting)
    for (name, chapter) in rendering.chapters {
      definitions[name] = chapter?.definition
      chapters[name] = try chapter.map { try Chapter(coded: $0.bytes) }
    }
  }

  private mutating func take(_ change: SiteChange) {
    switch change {
    case .write(let path, let bytes):
      files[path] = bytes
      written.insert(path)
    case .remove(let path):
      files[path] = nil
      removed.insert(path)
    }
  }

  private final class Changes {
    var all: [SiteChange] = []
  }

  /// Pictures that are empty files.
  @Sendable static func blank(_ drawing: Drawing) -> [Picture] {
    drawing.sheets.map { _ in Picture(light: [1], dark: [2], width: 360, height: 93) }
  }
}

extension Example {
  /// The whole example, rendered once for all tests that only read.
  static let site = rendered(Example().input())
}

/// Renders without drawing, on top of what is there.
func rendered(
  _ input: SiteInput, on site: PrintedSite = PrintedSite(),
  drawing: @escaping @Sendable (Drawing) -> [Picture] = PrintedSite.blank
) -> PrintedSite {
  var site = site
  do {
    try site.render(input, drawing: drawing)
  } catch {
    site.problems.append("\(error)")
  }
  return site
}
