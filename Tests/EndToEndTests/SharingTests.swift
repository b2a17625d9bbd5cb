import Foundation
import TestSupport
import Testing

/// More to do than there is time for.
@Suite struct SharingTests {
  @Test(.timeLimit(.minutes(9)))
  func `what there is no time for is left out and told, has its turn later, and every run ends in time`() throws {
    let names = (0..<8).map { "slow\($0)" }
    let installation = try Installation(
      settings: "  workers: 2",
      """
      jobs:
        x:
      \(names.map { "    \($0): {script: scripts/slow.sh, timeout: 6s}" }.joined(separator: "\n"))
          first: {script: scripts/slow.sh, timeout: 6s, priority: high}
      """)
    try installation.folder.write("scripts/slow.sh", "#!/bin/sh\nsleep 4\necho 1\n", mode: 0o755)
    var wasLeftOut = false
    for _ in 0..<5 {
      let run = installation.cycle().run
      #expect(run.status <= 1, "\(run.error)")
      // The deadline of 9 s and what a run needs besides; all of them would take 18 s.
      #expect(run.seconds < onBusyMachine(11))
      guard run.error.contains("jobs were left out") else { continue }
      wasLeftOut = true
      let page = try installation.folder.read("reports/current/runs/index.html")
      #expect(page.contains("<h2 id=\"leftout\">Left out</h2>"))
      #expect(page.contains("there was no time for all script jobs"))
      #expect(run.error.split(separator: "\n").count { $0.contains("left out") } == 1, "\(run.error)")
    }
    #expect(wasLeftOut)
    for name in names + ["first"] {
      let known = try installation.samples("localhost/\(name)/value").compactMap(\.value)
      #expect(!known.isEmpty, "\(name) had no turn in five runs")
    }
    let jobs = installation.redeye("jobs", "--json").output
    #expect(jobs.contains("\"class\": \"left out\""), "\(jobs)")
  }
}
