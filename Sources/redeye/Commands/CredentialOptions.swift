import ArgumentParser
import Config
import Foundation
import Model
import Platform

/// How to ask devices by SNMP; secrets by reference, for other users of this machine can read a command line.
struct CredentialOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The community: env:NAME, file:PATH, stdin (its next line), or the text itself, which others on this machine can "
        + "read. Without it the variable REDEYE_COMMUNITY, else “public”.", valueName: "secret"))
  var community: String?
  @Option(help: ArgumentHelp("1 or 2c, for a community; 2c if not given.", valueName: "version"))
  var version: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("The user of SNMP version 3.", valueName: "name"))
  var user: String?
  @Option(help: ArgumentHelp("How the user signs: MD5, SHA, SHA-224, SHA-256, SHA-384, SHA-512.", valueName: "method"))
  var auth: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The password to sign with, as for --community; without it the variable REDEYE_AUTH_PASSWORD.",
      valueName: "secret"))
  var authPassword: String?
  @Option(
    help: ArgumentHelp("How the user encrypts: DES, AES, AES-192, AES-256, AES-192-C, AES-256-C.", valueName: "method"))
  var priv: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The password to encrypt with, as for --community; without it the variable REDEYE_PRIV_PASSWORD.",
      valueName: "secret"))
  var privPassword: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("The context of version 3.", valueName: "name"))
  var context: String?

  /// The credentials; throws a usage error that names the option.
  func credentials() throws -> SNMPCredentials {
    guard let user else { return try byCommunity() }
    if community != nil || version != nil {
      let other = community != nil ? "--community" : "--version"
      throw Ending(.refused, "--user is of SNMP version 3 and \(other) of versions 1 and 2c; leave one of them out")
    }
    guard !user.isEmpty else { throw Ending(.refused, "--user names nobody: “” is empty") }
    guard auth != nil || priv == nil else {
      throw Ending(.refused, "--priv needs --auth too: who encrypts must sign (RFC 3414 section 1.4.3)")
    }
    var lines = InputLines()
    let signing = try method(
      auth, "--auth", SNMPCredentials.Authentication.self, authPassword, "--auth-password", "REDEYE_AUTH_PASSWORD",
      &lines)
    let hiding = try method(
      priv, "--priv", SNMPCredentials.Privacy.self, privPassword, "--priv-password", "REDEYE_PRIV_PASSWORD", &lines)
    return .v3(
      user: user, authentication: signing?.0, password: signing?.1, privacy: hiding?.0, privacyPassword: hiding?.1,
      context: context ?? "")
  }

  private func byCommunity() throws -> SNMPCredentials {
    let given =
      [("--auth", auth), ("--auth-password", authPassword), ("--priv", priv)]
      + [("--priv-password", privPassword), ("--context", context)]
    if let (option, _) = given.first(where: { $0.1 != nil }) {
      throw Ending(.refused, "\(option) is of SNMP version 3, which has users: add --user NAME")
    }
    let version = version ?? "2c"
    guard ["1", "2c"].contains(version) else {
      throw Ending(
        .refused,
        "--version is 1 or 2c, and not “\(version.printable(limit: 40))”; version 3 is asked for with --user NAME")
    }
    var lines = InputLines()
    let secret =
      try community.map { try reference($0, "--community", &lines) }
      ?? variable("REDEYE_COMMUNITY") ?? .literal(Secret("public"))
    return version == "1" ? .v1(community: secret) : .v2c(community: secret)
  }

  /// A method with its password; `nil` where neither is given.
  private func method<Method: RawRepresentable & CaseIterable>(
    _ word: String?, _ option: String, _ type: Method.Type, _ password: String?, _ passwordOption: String,
    _ name: String, _ lines: inout InputLines
  ) throws -> (Method, SecretReference)? where Method.RawValue == String {
    guard let word else {
      guard password != nil else { return nil }
      throw Ending(.refused, "\(passwordOption) needs \(option) METHOD too")
    }
    guard let method = Method(rawValue: CredentialOptions.spelled(word)) else {
      let known = Method.allCases.map(\.rawValue).joined(separator: ", ")
      throw Ending(.refused, "\(option): there is no method “\(word.printable(limit: 40))”; there are \(known)")
    }
    if let password { return (method, try reference(password, passwordOption, &lines)) }
    if let secret = variable(name) { return (method, secret) }
    throw Ending(
      .refused,
      "\(option) needs a password: \(passwordOption) env:NAME, file:PATH or stdin, or the variable \(name)")
  }

  /// As other tools spell them: `SHA256`, `SHA1`, `AES128`.
  private static func spelled(_ word: String) -> String {
    let word = word.uppercased()
    switch word {
    case "SHA1", "SHA-1": return "SHA"
    case "AES128", "AES-128": return "AES"
    default: break
    }
    for family in ["SHA", "AES"] where word.hasPrefix(family) && word.dropFirst(3).first?.isNumber == true {
      return "\(family)-\(word.dropFirst(3))"
    }
    return word
  }

  private func variable(_ name: String) -> SecretReference? {
    (Process.environment[name] ?? "").isEmpty ? nil : .environment(name)
  }

  private func reference(_ text: String, _ option: String, _ lines: inout InputLines) throws -> SecretReference {
    guard !text.isEmpty else { throw Ending(.refused, "\(option) is empty: write env:NAME, file:PATH or stdin") }
    if text == "stdin" {
      if let line = lines.next() { return .literal(Secret(line)) }
      throw Ending(.refused, "\(option): the standard input has no line for it")
    }
    if text.hasPrefix("env:") {
      let name = String(text.dropFirst(4))
      let isName = !name.isEmpty && name.utf8.allSatisfy { $0 == 0x5F || Character(UnicodeScalar($0)).isNameCharacter }
      if isName { return .environment(name) }
      throw Ending(.refused, "\(option): env: is followed by the name of a variable, in letters, digits and “_”")
    }
    if text.hasPrefix("file:") {
      guard text.count > 5 else { throw Ending(.refused, "\(option): file: is followed by a path") }
      return .file(Paths.absolute(String(text.dropFirst(5))))
    }
    return .literal(Secret(text))
  }
}

extension Character {
  fileprivate var isNameCharacter: Bool { isASCII && (isLetter || isNumber) }
}

/// The lines of the standard input, which is read when the first of them is wanted.
private struct InputLines {
  private var rest: [String]?

  mutating func next() -> String? {
    var lines =
      rest
      ?? String(decoding: StandardStreams.input(limit: 65_536), as: UTF8.self).split(whereSeparator: \.isNewline)
      .map(String.init)
    defer { rest = lines }
    return lines.isEmpty ? nil : lines.removeFirst()
  }
}
