import Foundation

/// Where fonts are looked for and which are taken; no fontconfig, so the same machine always gives the same picture.
struct FontFiles {
  var folders: [String]

  /// Debian, Fedora, Arch and Alpine, and what an administrator added.
  static let usual = [
    "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/TTF",
    "/usr/share/fonts/dejavu", "/usr/share/fonts/truetype", "/usr/share/fonts/opentype", "/usr/share/fonts",
    "/usr/local/share/fonts",
  ]

  /// The file for a weight: DejaVu Sans Condensed, else DejaVu Sans, else the first font there is.
  func primary(_ weight: Weight) -> [String] {
    let names = weight == .bold ? Self.boldNames + Self.regularNames : Self.regularNames
    let known = names.flatMap { name in folders.map { "\($0)/\(name)" } }.filter(exists)
    return known.isEmpty ? all : known
  }

  /// Fonts asked for characters the first one lacks, those with many scripts first.
  var fallbacks: [String] {
    let many = ["DejaVuSans.", "NotoSansCJK", "DroidSansFallback", "wqy", "unifont", "NotoSans-", "Noto"]
    func rank(_ path: String) -> Int {
      let name = path.split(separator: "/").last ?? ""
      return many.firstIndex { name.hasPrefix($0) } ?? many.count
    }
    return Array(all.map { (rank($0), $0) }.sorted { $0 < $1 }.map(\.1).prefix(Self.mostFallbacks))
  }

  /// Every upright font of the folders, in order of its path.
  private var all: [String] {
    var found: [String] = []
    for folder in folders { collect(folder, depth: 3, into: &found) }
    return Array(Set(found)).sorted()
  }

  private func collect(_ folder: String, depth: Int, into found: inout [String]) {
    guard depth > 0, found.count < Self.mostFiles else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? [] {
      let path = "\(folder)/\(name)"
      if Self.isFont(name) {
        found.append(path)
      } else if !name.contains(".") {
        collect(path, depth: depth - 1, into: &found)
      }
    }
  }

  private static func isFont(_ name: String) -> Bool {
    [".ttf", ".otf", ".ttc"].contains { name.lowercased().hasSuffix($0) }
      && !["Italic", "Oblique", "Mono", "Emoji"].contains { name.contains($0) }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.isReadableFile(atPath: path) }

  private static let regularNames = [
    "DejaVuSansCondensed.ttf", "DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf",
  ]
  private static let boldNames = [
    "DejaVuSansCondensed-Bold.ttf", "DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "LiberationSans-Bold.ttf",
  ]
  private static let mostFiles = 2_000
  private static let mostFallbacks = 16
}
