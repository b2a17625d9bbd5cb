import Foundation
import Model
import Site
import Testing

/// Writes the example's site to the folder that SITE_EXAMPLE names, for a look with a browser.
@Test(.enabled(if: ProcessInfo.processInfo.environment["SITE_EXAMPLE"] != nil))
func `the example can be written out and looked at`() throws {
  let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["SITE_EXAMPLE"] ?? "")
  let example = Example()
  var broken = example.input(allSamples: true)
  broken.configurationProblem =
    "example.yaml:57:5: unknown key “interfaecs”\n  57 |     interfaecs: {}\n     |     ^\n  did you mean “interfaces”?"
  broken.dataUntil = Example.slot - 5_100
  for (name, input) in [("site", example.input(allSamples: true)), ("empty", example.empty), ("broken", broken)] {
    var input = input
    let root = folder.appendingPathComponent(name).path
    if name != "site" { input.moved = [] }
    input.existing = Set((FileManager.default.enumerator(atPath: root)?.allObjects as? [String]) ?? [])
    for (path, file) in render(input).files {
      guard case .bytes(let bytes) = file else { continue }
      let url = folder.appendingPathComponent(name).appendingPathComponent(path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
  }
}
