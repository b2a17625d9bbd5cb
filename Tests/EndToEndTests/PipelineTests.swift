import Foundation
import TestSupport
import Testing

/// The whole pipeline against a real agent, a real web server and a real mail server.
@Suite(.serialized) struct PipelineTests {
  @Test(.timeLimit(.minutes(9)))
  func `a web server that breaks and comes back is an incident, two mails, a ledger interval and a graph`() throws {
    let agent = try SNMPDaemon()
    defer { withExtendedLifetime(agent) {} }
    let website = try NginxServer()
    let post = try MailServer()
    let installation = try Installation(
      settings: "  mail: {from: redeye@example.org, smtp: \"\(post.url)\", administrator: alice}",
      """
      hosts:
        web:
          www: {address: 127.0.0.1, use: [ping, {website: {url: "\(website.url())"}}], ping: {packets: 3}}
        core:
          router1:
            address: 127.0.0.1
            use: [snmp-interfaces]
            snmp: {version: 2c, community: open-sesame, port: \(agent.port)}
        here:
          localhost: {use: [system]}
      slas:
        web:
          www-answers:
            title: The website answers
            series: www/website/up
            tolerance: {minimum: 1}
            for: 10s
            objective: 99.9%
            window: month
            notify: duty
      contacts:
        alice: {email: alice@example.org}
      roles:
        duty:
          timezone: Europe/Berlin
          shifts: [{days: daily, hours: "00:00-24:00", contacts: [alice]}]
      """)

    let good = (1...3).map { _ in installation.cycle() }
    for (_, run) in good {
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output + run.error == "", "a run in which all is well says nothing")
    }
    for (slot, _) in good {
      #expect(try installation.value("www/website/up", at: slot) == 1)
      #expect(try installation.value("www/ping/loss", at: slot) == 0)
      #expect(try #require(try installation.value("localhost/system/load1", at: slot)) >= 0)
    }
    // Rates need two readings.
    #expect(try installation.value("router1/interfaces/lo/in", at: good[0].slot) == nil)
    #expect(try #require(try installation.value("router1/interfaces/lo/in", at: good[2].slot)) >= 0)
    #expect(installation.redeye("alert", "list").output == "No open incident.\n")

    website.stop()
    let bad = [installation.cycle(), installation.cycle()]
    for (slot, run) in bad {
      #expect(run.status == 0, "a website that is down was measured: \(run.error)")
      #expect(try installation.value("www/website/up", at: slot) == 0)
      #expect(try installation.value("www/website/time-total", at: slot) == nil)
    }
    let opened = try #require(post.messages(1).first)
    #expect(opened.contains("To: ") && opened.contains("alice@example.org"))
    #expect(opened.contains("The website answers"))
    let open = installation.redeye("alert", "list").output
    #expect(open.hasPrefix("1 ") && open.contains("The website answers"))
    let csv = try String(contentsOfFile: "\(installation.reports)/hosts/www.csv", encoding: .utf8)
    #expect(csv.split(separator: "\n").contains { $0.contains("time-total") }, "the data beside the picture")

    let again = try NginxServer(port: website.port)
    defer { again.stop() }
    _ = installation.cycle()
    let messages = post.messages(2)
    #expect(messages.count == 2)
    let closed = try #require(messages.last)
    #expect(closed.contains("alice@example.org") && closed.lowercased().contains("closed"))
    #expect(installation.redeye("alert", "list").output == "No open incident.\n")
    #expect(installation.redeye("alert", "list", "--all").output.contains("closed"))

    let sum = installation.redeye("sla", "show", "www-answers").output
    let interval = sum.split(separator: "\n").first { $0.hasPrefix("bad  ") && $0.contains("up is 0") }
    #expect(interval?.contains(localTime(bad[0].slot)) == true, "it begins with the first bad slot: \(sum)")
    #expect(sum.contains(/(?m)^bad +20.s/), "two slots of bad time: \(sum)")

    try expectWholeSite(installation.reports)
    try expectOpens(installation.reports)
    let incident = try String(contentsOfFile: "\(installation.reports)/incidents/1.html", encoding: .utf8)
    #expect(incident.contains("The website answers"))
    let host = try String(contentsOfFile: "\(installation.reports)/hosts/www.html", encoding: .utf8)
    #expect(host.contains(".png"))
  }

  private func localTime(_ seconds: Int) -> String {
    let format = DateFormatter()
    format.timeZone = TimeZone(identifier: "Europe/Berlin")
    format.dateFormat = "HH:mm:ss"
    return format.string(from: Date(timeIntervalSince1970: Double(seconds)))
  }
}

/// Every link and image of every page leads to a file of the site, pictures end in IEND and pages in `</html>`.
func expectWholeSite(_ reports: String) throws {
  let root = URL(fileURLWithPath: reports).appendingPathComponent("current").resolvingSymlinksInPath()
  let files = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
  #expect(files.contains("index.html"))
  for file in files where file.hasSuffix(".png") {
    let bytes = try Data(contentsOf: root.appendingPathComponent(file))
    #expect(bytes.suffix(8).prefix(4) == Data("IEND".utf8), "\(file)")
  }
  for file in files where file.hasSuffix(".html") {
    let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
    #expect(text.hasSuffix("</html>\n"), "\(file)")
    let folder = root.appendingPathComponent(file).deletingLastPathComponent()
    for link in text.matches(of: /(?:href|src|srcset)="([^"#]+)/) {
      for part in link.1.split(separator: ",") {
        let target = part.split(separator: " ").first.map(String.init) ?? ""
        guard !target.contains(":") else { continue }
        let path = target.split(separator: "#").first.map(String.init) ?? target
        let exists = FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
        #expect(exists, "\(file) leads to \(target)")
      }
    }
  }
}
