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
    var input = input
    input.moved = []
    input.existing = Set((FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String]) ?? [])
    for (path, file) in render(input).files {
      guard case .bytes(let bytes) = file else { continue }
      let url = root.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
    }
  }
}

/// Prints what a run with one host spends, all pictures drawn, and with only those of the day that are due.
@Test(.enabled(if: folder != nil))
func `what a run with one host costs can be measured`() {
  let example = Example(hosts: [])
  let whole = example.input(allSamples: true)
  let all = Set(rendered(whole).files.keys)
  let steady = example.input(existing: all, allSamples: true)
  for (name, input) in [("all drawn", whole), ("steady", steady)] {
    let pages = milliseconds { rendered(input) }
    let both = milliseconds { render(input) }
    let drawn = render(input).files.filter { $0.key.hasSuffix(".png") && $0.value != .keep }.count
    print("\(name): \(both) ms CPU, of which pages and samples \(pages) ms; \(drawn) pictures of \(all.count) files")
  }
  var large = Example(hosts: [])
  for number in 1...1_000 { large.add("h\(number)", to: "rack\(number % 20)") }
  var input = large.input()
  print("1000 hosts, first run: \(milliseconds { rendered(input) }) ms without drawing")
  input.existing = Set(rendered(input).files.keys)
  input.moved = []
  print("1000 hosts, nothing moved: \(milliseconds { rendered(input) }) ms")
}

private func milliseconds(_ work: () -> Rendering) -> Int {
  let start = clock()
  for _ in 0..<5 { _ = work() }
  return (clock() - start) / 5 / (Int(CLOCKS_PER_SEC) / 1_000)
}
