internal import Model
internal import YAML

extension Item {
  /// Fields of `snmp` that come from further out than the version and belong to another one: a host that says version 3
  /// in a group with a community means it instead of the community.
  var inheritedOfAnotherVersion: Set<String> {
    let layers = layers.map { $0.pairs.first { $0.key.text == "snmp" }?.value.pairs ?? [] }
    guard let place = layers.firstIndex(where: { $0.contains { $0.key.text == "version" } }),
      let version = layers[place].first(where: { $0.key.text == "version" })?.value.scalar?.text
    else { return [] }
    let nearer = Set(layers[...place].joined().map(\.key.text))
    return Set(fieldsOfOtherVersions(than: version)).subtracting(nearer)
  }
}

/// What only other versions of SNMP have.
private func fieldsOfOtherVersions(than version: String) -> [String] {
  version == "3" ? ["community"] : ["user", "authentication", "password", "privacy", "privacy password", "context"]
}

extension Workshop {
  func snmp(_ record: Record, _ host: HostDraft?) -> SNMPProbe? {
    let (address, credentials, fieldSet) = (address(record, host), credentials(record, host), fieldSet(record))
    guard let credentials, let fieldSet else { return nil }
    return SNMPProbe(
      address: address,
      port: record.int("port") ?? 161, credentials: credentials, retries: record.int("retries") ?? 2,
      maxRepetitions: record.int("max repetitions") ?? 25, isSourceStrict: record.bool("strict source"),
      fieldSet: fieldSet)
  }

  // MARK: Who asks

  private func credentials(_ record: Record, _ host: HostDraft?) -> SNMPCredentials? {
    // What belongs to a version nobody knows cannot be told.
    if record.said.contains("version"), record.given["version"] == nil { return nil }
    let version = record.text("version") ?? "2c"
    for name in fieldsOfOtherVersions(than: version) where record.given[name] != nil {
      findings.error(
        "“\(name)” is no part of SNMP version \(version)", at: record.place(of: name), in: record.crumb + [name],
        help: version == "3"
          ? "version 3 has user, authentication and password"
          : "version \(version) has a community only; write version: 3")
    }
    if version == "3" { return user(record) }
    guard let community = record.secret("community") else {
      if !record.said.contains("community") {
        // Once for a host, however many of its jobs want it.
        let crumb = host?.item.crumb ?? record.crumb
        findings.error(
          "\(crumb.shown) has no SNMP community", at: host?.item.place ?? record.place, in: crumb,
          help: "give the host snmp: {version: \(version), community: !secret file:PATH}")
      }
      return nil
    }
    return version == "1" ? .v1(community: community) : .v2c(community: community)
  }

  private func user(_ record: Record) -> SNMPCredentials? {
    checkPair("authentication", "password", record)
    checkPair("privacy", "privacy password", record)
    if record.said.contains("privacy"), !record.said.contains("authentication") {
      findings.error(
        "privacy needs authentication too", at: record.place(of: "privacy"), in: record.crumb,
        help: "write authentication: SHA and password: !secret file:PATH")
    }
    guard let user = record.text("user"), !user.isEmpty else {
      findings.error(
        "\(record.crumb.shown) has no SNMP user", at: record.place, in: record.crumb, help: "version 3 needs user: NAME"
      )
      return nil
    }
    return .v3(
      user: user, authentication: record.text("authentication").flatMap(SNMPCredentials.Authentication.init),
      password: record.secret("password"), privacy: record.text("privacy").flatMap(SNMPCredentials.Privacy.init),
      privacyPassword: record.secret("privacy password"), context: record.text("context") ?? "")
  }

  func checkPair(
    _ method: String, _ password: String, _ record: Record, help: String = "version 3 takes both or neither"
  ) {
    let (has, other) = (record.said.contains(method), record.said.contains(password))
    guard has != other else { return }
    let (given, missing) = has ? (method, password) : (password, method)
    findings.error(
      "“\(given)” needs “\(missing)” too", at: record.place(of: given), in: record.crumb + [given],
      help: help)
  }
}
