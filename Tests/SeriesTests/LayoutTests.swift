import Config
import Model
import RRD
import TestSupport
import Testing

@testable import Series

struct LayoutTests {
  private func text(_ retention: Retention, step: Int) -> [String] {
    retention.archives(step: step).map { "\($0.function.rawValue) \($0.steps)x\($0.rows)" }
  }

  @Test func `tiers become archives, finest first`() {
    #expect(
      text(.standard, step: 60) == [
        "AVERAGE 1x14400", "AVERAGE 5x11520", "AVERAGE 60x4560", "MIN 60x4560", "MAX 60x4560", "AVERAGE 360x1600",
        "MIN 360x1600", "MAX 360x1600", "AVERAGE 1440x1830", "MIN 1440x1830", "MAX 1440x1830",
      ])
  }

  @Test func `tiers that are not coarser than the step fall into one`() {
    #expect(
      text(.standard, step: 300) == [
        "AVERAGE 1x11520", "AVERAGE 12x4560", "MIN 12x4560", "MAX 12x4560", "AVERAGE 72x1600", "MIN 72x1600",
        "MAX 72x1600", "AVERAGE 288x1830", "MIN 288x1830", "MAX 288x1830",
      ])
    #expect(text(.standard, step: 86_400) == ["AVERAGE 1x1830"])
  }

  @Test func `a tier that is no multiple of the step is rounded up to one`() {
    let retention = Retention(name: "odd", tiers: [.init(every: 1_000, duration: 10_000, extremes: true)])
    #expect(text(retention, step: 420) == ["AVERAGE 1x411", "AVERAGE 3x8", "MIN 3x8", "MAX 3x8"])
  }

  @Test func `single steps are kept even where no tier asks for them`() {
    let retention = Retention(name: "coarse", tiers: [.init(every: 3_600, duration: 86_400, extremes: false)])
    #expect(text(retention, step: 60) == ["AVERAGE 1x2880", "AVERAGE 60x24"])
    #expect(text(Retention(name: "none", tiers: []), step: 60) == ["AVERAGE 1x2880"])
  }
}

struct FileNamesTests {
  static let names = [
    "../../etc/x", "a/b", ".", "..", "CON", String(repeating: "n", count: 300), "a\0b", "\u{E9}", "e\u{301}", "A", "a",
    "x.rrd", "index.html", "\u{1F441}", "", " ", "-rf", "~", "%2e%2e", "a b", "a_b", "a-b", "host\nname", "\u{202E}abc",
  ]

  @Test func `every name has a file of its own inside the folder`() {
    var seen: Set<String> = []
    for host in Self.names {
      for instance in Self.names.map(Optional.some) + [nil] {
        let file = FileNames.file(for: RowID(job: JobID(host: host, job: "job"), instance: instance), number: 1)
        #expect(seen.insert(file.lowercased()).inserted, "\(host) \(instance ?? "none")")
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.count == 2)
        #expect(parts.allSatisfy { !$0.hasPrefix(".") && !$0.hasPrefix("-") && (1...110).contains($0.utf8.count) })
        #expect(file.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
      }
    }
  }

  @Test func `a name can be recognised`() {
    let file = FileNames.file(for: RowID(job: JobID(host: "Router1", job: "if"), instance: "xe-0/0/0"), number: 2)
    #expect(file.wholeMatch(of: /router1~[0-9a-f]{16}\/if-xe-0-0-0~[0-9a-f]{16}\.2\.rrd/) != nil)
  }

  @Test func `a data source has the metric's name where that is one`() {
    #expect(FileNames.sources(for: ["load1", "load15", "in_octets"]) == ["load1", "load15", "in_octets"])
  }

  @Test func `data sources are short, plain and each another`() {
    let metrics =
      ["a.b", "a-b", "a_b", "a_b_2", "", "\u{E9}", "-"] + (0..<50).map { "the_same_long_beginning_\($0)" }
      + (0..<50).map { _ in "again" }
    let sources = FileNames.sources(for: metrics)
    #expect(Set(sources).count == metrics.count)
    #expect(sources.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9_]{1,19}/) != nil })
    #expect(FileNames.sources(for: metrics) == sources)
  }

  @Test func `hostile names are written and read like others`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let store = store(folder, brief)
    var catalogue: Catalogue = [:]
    // One name in two normal forms is one name to Swift, and one series here.
    let names = Set(Self.names.filter { !$0.contains("/") && !$0.isEmpty }).sorted()
    let jobs = names.map { JobID(host: $0, job: "job") }
    for (number, job) in jobs.enumerated() {
      let written = store.write([reading(start, ["m": Double(number)], job: job)], keeping: &catalogue)
      #expect(written.problems.isEmpty, "\(job)")
    }
    for (number, job) in jobs.enumerated() {
      let values = try store.values(catalogue[series("m", job: job)], from: start, to: start + 60)
      #expect(values == [Double(number)], "\(job)")
    }
    #expect(files(folder.path).count == jobs.count)
    #expect(files(folder.path).allSatisfy { $0.hasPrefix("series/") })
  }
}
