import Foundation
import TestSupport
import Testing

/// What a run says, and to whom.
@Suite struct RunOutputTests {
  private static let yaml = """
    hosts:
      here:
        localhost: {use: [system]}
        web: {address: 127.0.0.1, use: [{website: {url: "http://nowhere.invalid/"}}]}
    jobs:
      x: {slow: {script: slow.sh, each: [a, b, c]}, quick: {script: quick.sh}}
    """

  /// With a script that takes half a second, so that there is something to watch.
  private func installation(_ yaml: String = Self.yaml) throws -> Installation {
    let installation = try Installation(yaml)
    try installation.folder.write("slow.sh", "#!/bin/sh\nsleep 0.5\necho 1\n", mode: 0o755)
    try installation.folder.write("quick.sh", "#!/bin/sh\necho 2\n", mode: 0o755)
    return installation
  }

  private static let sound = """
    hosts: {here: {localhost: {use: [system]}}}
    jobs: {x: {slow: {script: slow.sh, each: [a, b, c]}, quick: {script: quick.sh}}}
    """

  @Test func `at a terminal each stage shows how far it is, and a table stays`() throws {
    let installation = try installation(Self.sound)
    let seen = try output(of: "script", "-qec", "'\(Redeye.path)' run -c '\(installation.path)'", "/dev/null")
    let lines = seen.components(separatedBy: "\r\u{1B}[K")
    #expect(lines.contains { $0.hasPrefix("collect: 2 of 3 jobs, at most ") && $0.hasSuffix(" s left") }, "\(lines)")
    for line in lines.dropLast() { #expect(line.count < 80 && line.utf8.allSatisfy { (0x20..<0x7F).contains($0) }) }
    // The last live line is taken away before the table comes.
    let table = try #require(lines.last).replacingOccurrences(of: "\r\n", with: "\n").split(separator: "\n")
    #expect(table.first == "kind    jobs  measured  failed  not asked  samples  longest")
    let scripts = try #require(table.first { $0.hasPrefix("script ") })
    #expect(
      scripts.hasPrefix("script     2         2       0          0        4  ") && scripts.hasSuffix("  localhost/slow")
    )
    #expect(table.contains { $0.hasPrefix("collect ") && $0.contains(", judge ") && $0.contains(", report ") })
    #expect(table.last?.hasPrefix("Report: ") == true)
  }

  @Test func `away from a terminal a sound run says nothing at all`() throws {
    let run = try installation(Self.sound).redeye("run")
    #expect((run.status, run.output, run.error) == (0, "", ""))
  }

  @Test func `a table that is asked for counts what failed, by class`() throws {
    let run = try installation().redeye("run", "--verbose")
    #expect(run.status == 1)
    #expect(run.output.contains("\nhttp       1         0       1          0        0  "), "\(run.output)")
    #expect(run.output.contains("\nfailures: resolve 1\n"), "\(run.output)")
    #expect(!run.output.contains("\u{1B}") && !run.error.contains("\u{1B}"))
    #expect(run.error.hasPrefix("redeye: 1 of 4 jobs failed: web/website: "), "\(run.error)")
  }
}
