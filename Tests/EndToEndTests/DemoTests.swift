import Foundation
import GRDB
import TestSupport
import Testing

/// Two days of the simulated fleet, through the whole pipeline.
@Suite(.serialized) struct DemoTests {
  @Test(.timeLimit(.minutes(9)))
  func `a demo makes a whole site, mails, series and figures of what was staged`() throws {
    let path = SharedDemo.path
    let result = SharedDemo.result
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains(/Lived through 26 hosts, .+ samples, \d incidents \(\d open\) and \d+ mails/))
    #expect(result.output.hasSuffix("Report: \(path)/reports/index.html\n"))
    try expectWholeSite("\(path)/reports")
    try expectMails("\(path)/mail")
    let files = try #require(FileManager.default.enumerator(atPath: path)).compactMap { $0 as? String }
    #expect(files.count > 1_000 && !files.contains { $0.contains("/old.") })
    try expectSeries(path)
    try expectStory("\(path)/data/state.sqlite")
    try golden("demo.txt", try record(path))
    // What a person does next.
    let listed = Redeye.run(["alert", "list", "-c", "\(path)/redeye.yaml"]).output
    #expect(listed.contains("Warehouse network") && listed.contains("acknowledged"))
    try expectKept(path)
  }

  /// Every mail is one that Python's parser has no complaint about, to a person of the fleet, each once.
  private func expectMails(_ folder: String) throws {
    let program = """
      import email, email.policy, json, os, sys
      for name in sorted(os.listdir(sys.argv[1])):
          m = email.message_from_binary_file(open(os.path.join(sys.argv[1], name), "rb"), policy=email.policy.default)
          parts = [p.get_content_type() for p in m.walk()]
          print(json.dumps([name, m["Message-ID"], m["To"], m["Subject"], len(m.defects), parts]))
      """
    let lines = try output(of: ["python3", "-c", program, folder]).split(separator: "\n")
    let mails = try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any]) }
    #expect(mails.count >= 6)
    #expect(Set(mails.map { $0[1] as? String }).count == mails.count)
    for mail in mails {
      #expect((mail[2] as? String)?.contains("@example.org") == true, "\(mail)")
      #expect(mail[4] as? Int == 0, "\(mail)")
      #expect((mail[5] as? [String])?.contains("text/plain") == true, "\(mail)")
    }
    let subjects = mails.compactMap { $0[3] as? String }
    #expect(subjects.contains { $0.contains("Shop") })
    #expect(subjects.contains { $0.contains("ISP-A") })
  }

  /// rrdtool reads every file, and the same numbers as redeye.
  private func expectSeries(_ path: String) throws {
    let root = URL(fileURLWithPath: "\(path)/data/series")
    let files = (FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".rrd") }
    #expect(files.count > 100)
    for file in files.sorted().enumerated().filter({ $0.offset % 9 == 0 }).map(\.element) {
      #expect(try output(of: ["rrdtool", "info", "\(root.path)/\(file)"]).contains("rrd_version"), "\(file)")
    }
    let place = Redeye.run(["query", "edge1/interfaces/xe-0/0/0/in", "--files", "-c", "\(path)/redeye.yaml"]).output
    let words = place.split(whereSeparator: { $0 == "\t" || $0 == "\n" }).map(String.init)
    let end = 1_779_364_800
    let fetched = try output(of: [
      "rrdtool", "fetch", words[1], "AVERAGE", "-r", "300", "-s", "\(end - 3_600)", "-e", "\(end - 300)",
    ])
    let column = try #require(fetched.split(separator: "\n").first).split(separator: " ").firstIndex { $0 == words[2] }
    let rows = fetched.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
    let values = rows.compactMap { row in column.flatMap { Double(row[$0 + 1]) } }
    #expect(values.count >= 11 && values.allSatisfy { $0 > 1e7 && $0 < 1e9 }, "\(fetched)")
  }

  /// The ledger holds what was staged, to the second, and incidents opened and closed at truthful times.
  private func expectStory(_ state: String) throws {
    let database = try DatabaseQueue(path: state)
    // Wednesday 20 May, 10:17 to 11:01 in Berlin.
    let outage = 1_779_265_020
    try database.read { database in
      func bad(_ objective: String) throws -> Int {
        try Int.fetchOne(
          database, sql: #"SELECT sum("end" - start) FROM ledger WHERE objective = ? AND verdict = 'bad'"#,
          arguments: [objective]) ?? 0
      }
      #expect(try bad("shop") == 44 * 60)
      #expect(try bad("website") == 0)
      #expect(try bad("warehouse") >= 220 * 60 - 300)
      let judged = try Int.fetchOne(
        database, sql: #"SELECT sum("end" - start) FROM ledger WHERE objective = 'shop'"#)
      #expect(judged == 2 * 86_400, "no second is missing, none is there twice")
      let row = try #require(try Row.fetchOne(database, sql: "SELECT details FROM incident WHERE objective = 'shop'"))
      let incident = try #require(
        try JSONSerialization.jsonObject(with: Data((row[0] as String).utf8)) as? [String: Any])
      #expect(incident["since"] as? Int == outage)
      #expect(incident["until"] as? Int == outage + 44 * 60)
      // Three bad slots: seen at 10:17, 10:18 and 10:19.
      #expect(incident["openedAt"] as? Int == outage + 120)
      #expect(incident["closedAt"] as? Int == outage + 44 * 60)
      let open = try String.fetchAll(database, sql: "SELECT objective FROM incident WHERE phase = 'open' ORDER BY 1")
      #expect(open == ["uplink-a", "uplink-a-latency", "warehouse"])
      let answered = try Row.fetchAll(database, sql: #"SELECT "by", note FROM acknowledgement ORDER BY id"#)
      #expect(answered.map { $0["by"] as String } == ["Lena Hoffmann", "Jana Brandt"])
      #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM run WHERE slot > 1779278400") == 1_440)
    }
  }

  /// What has to be the same whenever and wherever it is made: incidents, messages and numbers of some series.
  private func record(_ path: String) throws -> String {
    let database = try DatabaseQueue(path: "\(path)/data/state.sqlite")
    let told = try database.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT number || ' ' || objective || ' since ' || since || ' opened ' || json_extract(details, '$.openedAt')
            || ' closed ' || coalesce(json_extract(details, '$.closedAt'), '-') || ': ' || json_extract(details, '$.cause')
          FROM incident ORDER BY number
          """) + String.fetchAll(database, sql: "SELECT id FROM outbox ORDER BY created_at, id")
    }
    let series = ["isp-a/ping/median", "edge1/interfaces/xe-0/0/0/in", "shop/website/time-total", "nas1/load/load1"]
    let sums = try series.map { name in
      let place = Redeye.run(["query", name, "--files", "-c", "\(path)/redeye.yaml"]).output
      let file = String(place.split(whereSeparator: { $0 == "\t" || $0 == "\n" })[1])
      // librrd begins its circles anywhere, so files of the same rows differ.
      let rows = try output(of: "rrdtool", "dump", file).split(separator: "\n").filter { $0.contains("<row>") }
      let sum = rows.joined().utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
      return "\(name): \(rows.count) rows, \(String(sum, radix: 16))"
    }
    return (told + sums).joined(separator: "\n") + "\n"
  }

  /// A folder with something of somebody's is left as it is.
  private func expectKept(_ path: String) throws {
    try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(path)/notes.txt"))
    let refused = SharedDemo.make(path, days: 1)
    #expect(refused.status == 2)
    #expect(refused.error.contains("\(path) holds notes.txt, which is no demo's"))
    #expect(FileManager.default.fileExists(atPath: "\(path)/data/state.sqlite"))
  }

  @Test func `what is no demo's and what makes no sense is refused before anything is written`() throws {
    let folder = try TemporaryFolder()
    try folder.write("redeye.yaml", "package: mine\n")
    let refused = SharedDemo.make(folder.path, days: 1)
    #expect(refused.status == 2 && refused.error.contains("holds redeye.yaml, which is no demo's"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["redeye.yaml"])
    let path = "\(folder.path)/demo"
    #expect(SharedDemo.make(path, days: 0).status == 2)
    let unclear = Redeye.run(["demo", path, "--until", "yesterday"])
    #expect(unclear.status == 2 && unclear.error.contains("“yesterday” is no point in time"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
