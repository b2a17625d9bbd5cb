import Foundation
import TestSupport
import Testing

@Suite struct JobsTests {
  private func installation() throws -> Installation {
    let installation = try Installation(
      """
      hosts:
        x:
          box: {address: 127.0.0.1}
      jobs:
        x:
          good: {host: box, script: scripts/good.sh}
          bad: {host: box, script: scripts/bad.sh, retries: 1, retry after: 0s}
          nightly: {host: box, script: scripts/good.sh, cron: "0 3 29 2 *", priority: high}
          later: {host: box, script: scripts/good.sh, at: 2099-12-24 18:00}
      """)
    try installation.folder.write("scripts/good.sh", "#!/bin/sh\necho x >> starts\necho 7\n", mode: 0o755)
    try installation.folder.write(
      "scripts/bad.sh", "#!/bin/sh\nprintf 'evil \\033[31m line\\n' >&2\nexit 3\n", mode: 0o755)
    return installation
  }

  @Test(.timeLimit(.minutes(5))) func `one number that could not be had is a note, and the job a success`() throws {
    let installation = try Installation(
      """
      hosts:
        x:
          box: {address: 127.0.0.1}
      jobs:
        x:
          part: {host: box, script: scripts/part.sh, format: cacti}
      """)
    try installation.folder.write("scripts/part.sh", "#!/bin/sh\necho a:1 b:many\n", mode: 0o755)
    let slot = installation.cycle().slot
    let part = try #require(try json(installation.redeye("jobs", "--json").output)["box/part"])
    #expect(part["class"] as? String == "garbage", "\(part)")
    #expect(part["lastSuccess"] as? Int == slot && part["failuresInARow"] as? Int == 0, "\(part)")
  }

  private func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { line in
      line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
  }

  private func json(_ text: String) throws -> [String: [String: Any]] {
    var result: [String: [String: Any]] = [:]
    for line in text.split(separator: "\n") {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      result[try #require(object["job"] as? String)] = object
    }
    return result
  }

  @Test(.timeLimit(.minutes(5))) func `the list tells schedule, last result, duration and next turn`() throws {
    let installation = try installation()
    let before = rows(installation.redeye("jobs").output)
    #expect(before[0] == ["JOB", "KIND", "SCHEDULE", "LAST", "RESULT", "TOOK", "NEXT"])
    #expect(before.dropFirst().map { $0[0] } == ["box/bad", "box/good", "box/later", "box/nightly"])
    #expect(before[1][3...5] == ["never", "–", "–"])
    #expect(installation.redeye("run").status == 1)
    let listed = installation.redeye("jobs").output
    let after = rows(listed)
    #expect(after[1][2] == "every 10\u{202F}s" && after[1][4].hasPrefix("script: "), "\(listed)")
    #expect(after[2][4] == "ok")
    #expect(after[3][2] == "at 2099-12-24 18:00:00 CET" && after[3].last == "2099-12-24 18:00:00 CET")
    #expect(after[4][2] == "cron 0 3 29 2 *" && after[4].last?.contains("-02-29 03:00:00 CET") == true)
    #expect(!listed.contains("\u{1B}"))
    let all = try json(installation.redeye("jobs", "--json").output)
    #expect(all["box/bad"]?["class"] as? String == "script" && all["box/bad"]?["failuresInARow"] as? Int == 1)
    #expect(all["box/good"]?["class"] is NSNull && all["box/nightly"]?["schedule"] as? String == "cron")
    #expect(all["box/nightly"]?["priority"] as? String == "high" && all["box/nightly"]?["last"] is NSNull)
  }

  @Test(.timeLimit(.minutes(5))) func `some jobs are chosen, and a slip is told with what was meant`() throws {
    let installation = try installation()
    #expect(rows(installation.redeye("jobs", "*/ni*").output).count == 2)
    #expect(rows(installation.redeye("jobs", "box").output).count == 5)
    let slip = installation.redeye("jobs", "box/god")
    #expect(slip.status == 2)
    #expect(slip.error == "redeye: there is no job “box/god”; did you mean “box/good”?\n")
    let command = installation.redeye("jobs", "disabel", "box/good")
    #expect(command.status == 2 && command.error.contains("did you mean “redeye jobs disable”?"), "\(command.error)")
    let many = installation.redeye("jobs", "run", "box")
    #expect(many.status == 2 && many.error.contains("is 4 jobs"), "\(many.error)")
  }

  @Test(.timeLimit(.minutes(5))) func `one job runs now, and nothing of it is stored`() throws {
    let installation = try installation()
    let good = installation.redeye("jobs", "run", "box/good")
    #expect(good.status == 0 && good.output.contains("value  7") && good.output.contains("nothing was stored"))
    let bad = installation.redeye("jobs", "run", "box/bad")
    #expect(bad.status == 1 && bad.error.contains("box/bad failed: script: "), "\(bad.error)")
    #expect(bad.output.contains("tried again 1 times"), "\(bad.output)")
    #expect(!bad.output.contains("\u{1B}") && !bad.error.contains("\u{1B}"))
    #expect(installation.redeye("query", "**").status != 0)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a job that is disabled is not asked, its slots are unknown, and the site says so`() throws {
    let installation = try installation()
    #expect(installation.redeye("run").status == 1)
    let off = installation.redeye(
      "jobs", "disable", "box/good", "box/bad", "--for", "1h", "--why", "<b>new</b> disk", "--by", "alice")
    #expect(off.status == 0 && off.output.hasPrefix("2 jobs are disabled until "), "\(off.output)\(off.error)")
    let (slot, run) = installation.cycle()
    #expect(run.status == 0, "what is switched off is no failure: \(run.error)")
    #expect(try installation.value("box/good/value", at: slot) == nil)
    let listed = installation.redeye("jobs", "box/good").output
    #expect(listed.contains("disabled by alice since ") && listed.contains("<b>new</b> disk"), "\(listed)")
    let page = try installation.folder.read("reports/current/runs/index.html")
    #expect(page.contains("<strong class=\"n\">2</strong><span class=\"st off\">disabled</span>"))
    #expect(!page.contains("<b>new</b>"))
    #expect(installation.redeye("jobs", "enable", "box").output == "2 jobs are enabled.\n")
    let again = installation.cycle()
    #expect(try installation.value("box/good/value", at: again.slot) == 7)
  }

  @Test(.timeLimit(.minutes(5))) func `when a job goes on is checked`() throws {
    let installation = try installation()
    #expect(installation.redeye("run").status == 1)
    for (option, value, words) in [
      ("--until", "2001-01-01 10:00", "2001-01-01 10:00 is over"),
      ("--until", "tomorrow", "“tomorrow” is no point in time; write it like 2026-12-24 18:00"),
      ("--until", "2099-03-29 02:30", "the clock of Europe/Berlin skips 2099-03-29 02:30"),
      ("--for", "5", "its unit is missing"),
    ] {
      let result = installation.redeye("jobs", "disable", "box/good", option, value)
      #expect(result.status == 2 && result.error.contains(words), "\(result.error)")
    }
    let both = installation.redeye("jobs", "disable", "box/good", "--for", "1h", "--until", "2099-01-01 10:00")
    #expect(both.status == 2 && both.error.contains("exclude each other"))
    #expect(installation.redeye("jobs", "enable", "box/good").output == "None of box/good was disabled.\n")
  }

  @Test(.timeLimit(.minutes(5))) func `a job that is gone is forgotten with its series, once that is said`() throws {
    let installation = try installation()
    #expect(installation.redeye("run").status == 1)
    #expect(installation.redeye("jobs", "forget", "box/bad").output == "Forgot box/bad.\n")
    #expect(rows(installation.redeye("jobs", "box/bad").output)[1][3] == "never")
    #expect(try !installation.samples("box/good/value").isEmpty)
    let yaml = try installation.folder.read("redeye.yaml").replacing(
      "    good: {host: box, script: scripts/good.sh}\n", with: "")
    try installation.folder.write("redeye.yaml", yaml)
    let asked = installation.redeye("jobs", "forget", "box/good")
    #expect(
      asked.status == 2 && asked.error.contains("1 series of jobs that are gone") && asked.error.contains("say --yes"))
    #expect(try !installation.samples("box/good/value").isEmpty)
    let done = installation.redeye("jobs", "forget", "box/good", "--yes")
    #expect(
      done.status == 0 && done.output == "Forgot box/good, with 1 series in 1 files.\n", "\(done.output)\(done.error)")
    #expect(installation.redeye("query", "box/good/value").status == 2)
    let files = FileManager.default.enumerator(atPath: "\(installation.folder.path)/data/series")?.compactMap {
      $0 as? String
    }
    #expect(files?.contains { $0.contains("good") } == false, "\(files ?? [])")
  }
}
