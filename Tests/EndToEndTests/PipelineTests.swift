import Foundation
import TestSupport
import Testing

/// The whole pipeline against a real agent, a real web server and a real mail server.
@Suite(.serialized) struct PipelineTests {
  @Test(.timeLimit(.minutes(4)))
  func `a web server that breaks and comes back is an incident, two mails, a ledger interval and a graph`() throws {
    let agent = try SNMPDaemon()
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

    for _ in 1...3 {
      let run = installation.cycle()
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output + run.error == "", "a run in which all is well says nothing")
    }
    #expect(try installation.samples("www/website/up").suffix(3).map(\.value) == [1, 1, 1])
    #expect(try installation.samples("www/ping/loss").suffix(3).map(\.value) == [0, 0, 0])
    // Rates need two readings.
    let load = try installation.samples("router1/interfaces/lo/in").suffix(3).map(\.value)
    #expect(load[0] == nil && load[1] != nil && load[2] != nil)
    #expect(try #require(try installation.samples("localhost/system/load1").last?.value) >= 0)
    #expect(installation.redeye("alert", "list").output == "No open incident.\n")

    website.stop()
    let slotOfFailure = Int(Date().timeIntervalSince1970) / 10 * 10 + 10
    let broken = [installation.cycle(), installation.cycle()]
    #expect(broken.allSatisfy { $0.status == 0 }, "a website that is down was measured: \(broken.map(\.error))")
    #expect(try installation.samples("www/website/up").suffix(2).map(\.value) == [0, 0])
    #expect(try installation.samples("www/website/time-total").suffix(2).map(\.value) == [nil, nil])
    let opened = try #require(post.messages(1).first)
    #expect(opened.contains("To: ") && opened.contains("alice@example.org"))
    #expect(opened.contains("The website answers"))
    let open = installation.redeye("alert", "list").output
    #expect(open.hasPrefix("1 ") && open.contains("The website answers"))

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
    let bad = sum.split(separator: "\n").filter { $0.hasPrefix("bad  ") }
    #expect(bad.contains { $0.contains("20") && !$0.contains("up is") }, "20 s of bad time in the sum: \(sum)")
    #expect(bad.contains { $0.contains("up is 0") }, "the interval names the value: \(sum)")
    #expect(sum.contains(localTime(slotOfFailure)), "it begins with the first bad slot: \(sum)")

    try expectWholeSite(installation.reports)
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
