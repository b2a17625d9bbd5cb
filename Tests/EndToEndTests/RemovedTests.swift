import Foundation
import TestSupport
import Testing

@Suite struct RemovedTests {
  @Test(.timeLimit(.minutes(5))) func `a host that is taken out keeps a page, and has its own again when it is back`()
    throws
  {
    let both = """
      hosts:
        x:
          box: {address: 127.0.0.1}
          old: {title: Old box, address: 127.0.0.1}
      jobs:
        x:
          good: {host: box, script: scripts/good.sh}
          fine: {host: old, script: scripts/good.sh}
      slas:
        x:
          old-is-fine: {title: Old is fine, series: old/fine/value, tolerance: {minimum: 1}, objective: 99%, window: day}
      """
    let installation = try Installation(both)
    try installation.folder.write("scripts/good.sh", "#!/bin/sh\necho 7\n", mode: 0o755)
    let whole = try installation.folder.read("redeye.yaml")
    #expect(installation.cycle().run.status == 0)
    #expect(try installation.folder.read("reports/current/config/hosts/old.html").contains("Old box"))
    let jobs = try #require(whole.range(of: "jobs:"))
    let less =
      whole[..<jobs.lowerBound].split(separator: "\n").filter { !$0.contains("old") } + [
        "jobs: {x: {good: {host: box, script: scripts/good.sh}}}"
      ]
    try installation.folder.write("redeye.yaml", less.joined(separator: "\n") + "\n")
    let gone = installation.cycle().run
    #expect(gone.status == 0, "\(gone.error)")
    let page = try installation.folder.read("reports/current/hosts/old.html")
    #expect(page.contains("Old box <span class=\"st off\">removed</span>") && page.contains("old/fine/value"))
    #expect(!page.contains("never measured"))
    let objective = try installation.folder.read("reports/current/objectives/old-is-fine.html")
    #expect(objective.contains("Old is fine <span") && objective.contains("<dt>Last figure</dt><dd>"))
    #expect(!FileManager.default.fileExists(atPath: "\(installation.reports)/current/config/hosts/old.html"))
    // It is still known, though the configuration before is kept no longer.
    #expect(installation.cycle().run.status == 0)
    #expect(try installation.folder.read("reports/current/hosts/index.html").contains("Old box</a>"))
    try installation.folder.write("redeye.yaml", whole)
    #expect(installation.cycle().run.status == 0)
    #expect(try !installation.folder.read("reports/current/hosts/old.html").contains("removed</span>"))
    #expect(try !installation.folder.read("reports/current/hosts/index.html").contains("Removed:"))
  }
}
