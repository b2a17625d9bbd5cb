internal import Model
internal import YAML

extension Workshop {
  func dns(_ record: Record) -> DNSProbe? {
    let probe = DNSProbe(
      query: record.text("query") ?? "", type: DNSProbe.RecordType(rawValue: record.text("record") ?? "A") ?? .a,
      servers: servers(record),
      answers: record.texts("answers"), includes: record.texts("answers include"), agree: record.bool("agree"),
      recursive: record.bool("recursive"))
    if !probe.answers.isEmpty, let extra = probe.includes.first(where: { !probe.answers.contains($0) }) {
      findings.error(
        "“\(extra.printable(limit: 80))” is to be among the answers, and “answers” are others",
        at: record.place(of: "answers include"), in: record.crumb + ["answers include"],
        help: "“answers” is all of them; leave one of the two out")
    }
    if record.text("query") == nil { needs("query", of: "a dns job", record) }
    return probe.query.isEmpty ? nil : probe
  }

  /// Each is an instance, so each may be there once.
  private func servers(_ record: Record) -> [DNSProbe.Server] {
    var seen: Set<String> = []
    return record.list("servers").compactMap { value in
      guard let server = value.text.flatMap({ DNSProbe.Server($0) }) else { return nil }
      guard seen.insert(server.name).inserted else {
        findings.error(
          "the server “\(server.name)” stands there twice", at: value.place, in: record.crumb + ["servers"],
          help: "leave one of them out")
        return nil
      }
      return server
    }
  }
}
