import Foundation
import Platform
import TestSupport
import Testing

@Suite struct NoteTests {
  private func installation() throws -> Installation {
    let installation = try Installation(
      """
      hosts:
        x:
          box: {address: 127.0.0.1}
          list: {address: 127.0.0.1}
      jobs:
        x:
          good: {host: box, script: scripts/good.sh}
      graphs:
        box: {title: Box, lines: [{series: box/good/value}]}
      """)
    try installation.folder.write("scripts/good.sh", "#!/bin/sh\necho 7\n", mode: 0o755)
    return installation
  }

  @Test(.timeLimit(.minutes(5))) func `a note is written, listed, shown and taken away`() throws {
    let installation = try installation()
    #expect(installation.redeye("note", "box", "x").status == 4)
    #expect(installation.redeye("run").status == 0)
    let page = "reports/current/hosts/box.html"
    #expect(try !installation.folder.read(page).contains("id=\"notes\""))
    let first = installation.redeye("note", "box", "fan <b>replaced</b>", "--as", "host", "--by", "alice")
    #expect(first.status == 0 && first.error.isEmpty, "\(first.error)")
    #expect(first.output == "Note 1 on host box is kept; the next report shows it.\n")
    let second = installation.redeye("note", "add", "list", "two", "words", "--at", "2026-01-02 03:04")
    #expect(second.output == "Note 2 on host list is kept; the next report shows it.\n", "\(second.error)")
    let listed = installation.redeye("note", "list").output
    #expect(listed.contains("2026-01-02 03:04:00 CET") && listed.contains("two words"), "\(listed)")
    let one = try JSONSerialization.jsonObject(
      with: Data(installation.redeye("note", "list", "box", "--as", "host", "--json").output.utf8))
    #expect((one as? [String: Any])?["text"] as? String == "fan <b>replaced</b>")
    #expect(installation.redeye("report").status == 0)
    let shown = try installation.folder.read(page)
    #expect(shown.contains("alice:</b> fan &lt;b&gt;replaced&lt;/b&gt;") && !shown.contains("<b>replaced"))
    #expect(try installation.folder.read("reports/current/hosts/list.html").contains("two words"))
    #expect(installation.redeye("note", "remove", "1").output == "Note 1 on host box is removed: fan <b>replaced</b>\n")
    #expect(installation.redeye("report").status == 0)
    #expect(try !installation.folder.read(page).contains("replaced"))
    let again = installation.redeye("note", "remove", "1")
    #expect(again.status == 2 && again.error.contains("there is no note 1; “redeye note list” lists them"))
  }

  @Test(.timeLimit(.minutes(5))) func `what cannot be noted is told with the way out`() throws {
    let installation = try installation()
    #expect(installation.redeye("run").status == 0)
    let slips: [([String], String)] = [
      (["bxo", "x"], "there is no host, incident, objective or graph called “bxo”; did you mean “box”?"),
      (["box", "x"], "“box” may be several things; say --as host or --as graph"),
      (["box", "x", "--as", "objective"], "there is no objective called “box”"),
      (["42", "x"], "there is no incident 42; “redeye alert list --all” lists them"),
      (["box", " ", "--as", "host"], "a note says something; this one is empty"),
      (["box", "a\u{1B}[31mb", "--as", "host"], "this one holds U+001B"),
      (["box", String(repeating: "x", count: 2_001), "--as", "host"], "2000 characters at most; this one has 2001"),
      (["box", "x", "--as", "host", "--by", ""], "nobody is named as its author; say --by NAME"),
      (["box", "x", "--as", "host", "--at", "2999-01-01 10:00"], "is still to come"),
      (["box", "x", "--as", "host", "--at", "yesterday"], "“yesterday” is no point in time; write it like"),
      (["box", "x", "--as", "host", "--at", "2026-03-29 02:30"], "the clock of Europe/Berlin skips"),
      (["lits"], "did you mean “redeye note list”?"),
    ]
    for (arguments, words) in slips {
      let result = Redeye.run(["note"] + arguments + ["-c", installation.path], in: installation.folder.path)
      #expect(result.status == 2 && result.error.contains(words), "\(arguments): \(result.error)")
      #expect(!result.error.contains("\u{1B}"))
    }
    #expect(installation.redeye("note", "list").output == "There is no note.\n")
  }

  @Test(.timeLimit(.minutes(5))) func `a note waits for no run`() throws {
    let installation = try installation()
    #expect(installation.redeye("run").status == 0)
    let attempt = try Lock.acquire(path: "\(installation.folder.path)/data/lock", note: "a test")
    guard case .held(let lock) = attempt else {
      Issue.record("the lock is taken")
      return
    }
    #expect(installation.redeye("run").status == 3)
    let noted = installation.redeye("note", "box", "beside", "--as", "host")
    #expect(noted.status == 0 && noted.output.contains("is kept"), "\(noted.error)")
    withExtendedLifetime(lock) {}
  }
}
