import Foundation
import TestSupport
import Testing

/// A fleet with a word of its own in every text, and the tree the public gets of it.
@Suite struct PublicSiteTests {
  private static let places = [
    "package", "host", "hosttitle", "group", "address", "job", "jobtitle", "jobgroup", "message", "objective",
    "objectivetitle", "objectivegroup", "role", "roletitle", "contact", "contacttitle", "mailbox", "ladder", "file",
    "secret", "script", "fact", "note", "answer",
  ]

  private static let yaml = """
    hosts:
      canarygroup:
        canaryhost: {title: CanaryHostTitle, address: canaryaddress.invalid, use: [ping], ping: {packets: 1}}
    jobs:
      canaryjobgroup:
        canaryjob: {title: CanaryJobTitle, host: canaryhost, script: scripts/canaryscript.sh, format: nagios}
    slas:
      canaryobjectivegroup:
        canaryobjective:
          title: CanaryObjectiveTitle
          public title: The service
          series: canaryhost/canaryjob/state
          tolerance: {maximum: 1}
          objective: 99%
          escalation: canaryladder
        canaryhost-named: {title: CanaryHost answers, series: canaryhost/canaryjob/state, tolerance: {maximum: 1}, objective: 99%}
    contacts: {canarycontact: {title: CanaryContactTitle, email: canarymailbox@canarymailbox.invalid}}
    roles: {canaryrole: {title: CanaryRoleTitle, shifts: [{contacts: [canarycontact]}]}}
    escalations: {canaryladder: [{notify: canaryrole}]}
    public sites: {status: {title: Status}}
    """

  private func installed(settings: String = "") throws -> Installation {
    let installed = try Installation(settings: "  mail: {from: a@example.org, folder: mail}\n\(settings)", Self.yaml)
    try installed.folder.write(
      "redeye.yaml",
      try installed.folder.read("redeye.yaml").replacing("package: test", with: "package: canarypackage")
        .replacing("[base]", with: "[canaryfile]"))
    try installed.folder.write(
      "packages/canaryfile.yaml",
      "hosts: {canarygroup: {other: {address: 127.0.0.1, snmp: {community: canarysecret}}}}\n")
    try installed.folder.write(
      "scripts/canaryscript.sh", "#!/bin/sh\necho 'CRITICAL - canarymessage at canaryaddress | size=3'\nexit 2\n",
      mode: 0o755)
    return installed
  }

  /// Every file below a folder, hidden ones too, links not followed.
  private func files(in folder: String) -> [(name: String, text: String)] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.map { name in
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
      return (name, String(decoding: bytes, as: UTF8.self))
    }
  }

  private func canaries(in folder: String) -> Set<String> {
    var found: Set<String> = []
    for (name, text) in files(in: folder) {
      for form in [name, text, text.removingPercentEncoding ?? "", name.removingPercentEncoding ?? ""] {
        let small = form.lowercased()
        found.formUnion(Self.places.filter { small.contains("canary\($0)") })
      }
    }
    return found
  }

  @Test func `nothing of the inside leaks into the tree for the public`() throws {
    let installed = try installed()
    for _ in 0..<2 { _ = installed.cycle() }
    _ = installed.redeye("alert", "ack", "1", "--note", "canaryanswer")
    _ = installed.cycle()
    let inside = canaries(in: installed.reports)
    for place in [
      "host", "address", "message", "job", "objective", "role", "contacttitle", "mailbox", "package", "answer",
    ]
    where place != "package" {
      #expect(inside.contains(place), "the instrument does not see \(place): \(inside.sorted())")
    }
    let status = "\(installed.reports)-status"
    #expect(canaries(in: status) == [])
    let shown = URL(fileURLWithPath: "\(status)/current").resolvingSymlinksInPath().path
    let names = Set(files(in: shown).map(\.name))
    #expect(
      names.isSuperset(of: ["index.html", "incidents.html", "index.json", "status.json", "atom.xml"]), "\(names)")
    #expect(!names.contains { $0.hasSuffix(".png") || $0.contains("hosts") || $0.contains("runs") })
    let page = try installed.folder.read("reports-status/index.html")
    #expect(page.contains("The service") && page.contains("1 objective of 1 has an open incident."), "\(page)")
    let check = installed.redeye("check")
    #expect(check.status == 0 && check.error.contains("canaryhost-named is not shown to the public"), "\(check.error)")
  }

  @Test func `a site that becomes public keeps nothing of the internal one`() throws {
    let installed = try installed()
    _ = installed.cycle()
    #expect(canaries(in: installed.reports).contains("host"))
    try installed.folder.write(
      "redeye.yaml",
      try installed.folder.read("redeye.yaml").replacing("settings:\n", with: "settings:\n  site: public\n"))
    let run = installed.cycle().run
    #expect(run.status <= 1, "\(run.error)")
    #expect(canaries(in: installed.reports) == [])
    #expect(try installed.folder.read("reports/index.html").contains("The service"))
    let again = installed.cycle().run
    #expect(again.status <= 1, "\(again.error)")
    #expect(canaries(in: installed.reports) == [])
    try installed.folder.write(
      "redeye.yaml", try installed.folder.read("redeye.yaml").replacing("  site: public\n", with: ""))
    _ = installed.cycle()
    #expect(canaries(in: installed.reports).contains("host"))
  }
}
