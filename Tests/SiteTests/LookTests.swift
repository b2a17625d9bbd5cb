import Config
import Foundation
import Model
import Testing

@testable import Site

private let folder = ProcessInfo.processInfo.environment["SITE_EXAMPLE"]

/// Writes the example's site to the folder that SITE_EXAMPLE names, for a look with a browser.
@Test(.enabled(if: folder != nil))
func `the example can be written out and looked at`() throws {
  let example = Example()
  var broken = example.input(allSamples: true)
  broken.configurationProblem = """
    example.yaml:57:5: unknown key “interfaecs”
      57 |     interfaecs: {}
         |     ^
      did you mean “interfaces”?
    """
  broken.dataUntil = Example.slot - 5_100
  for (name, input) in [("site", example.input(allSamples: true)), ("empty", example.empty), ("broken", broken)] {
    let root = URL(fileURLWithPath: folder ?? "").appendingPathComponent(name)
    let site = rendered(input) { $0.pictures() }
    for (path, bytes) in site.files {
      let url = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
  }
}

/// Prints what a run with one host spends, and what a thousand hosts cost of which nothing moved.
@Test(.enabled(if: folder != nil))
func `what a run costs can be measured`() {
  let whole = Example(hosts: []).input(allSamples: true)
  let pages = milliseconds { _ = rendered(whole) }
  let both = milliseconds { _ = rendered(whole) { $0.pictures() } }
  print("all drawn: \(both) ms CPU, of which pages and samples \(pages) ms")
  var large = Example(hosts: [])
  for number in 1...1_000 { large.add("h\(number)", to: "rack\(number % 20)") }
  let input = large.input()
  let first = rendered(input)
  print("1000 hosts, first run: \(milliseconds { _ = rendered(input) }) ms without drawing")
  print("1000 hosts, nothing moved: \(milliseconds { _ = rendered(input, on: first) }) ms")
}

private func milliseconds(_ work: () -> Void) -> Int {
  let start = clock()
  for _ in 0..<5 { work() }
  return (clock() - start) / 5 / (Int(CLOCKS_PER_SEC) / 1_000)
}
