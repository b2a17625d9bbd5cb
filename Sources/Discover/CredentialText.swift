import Config
import Model

/// Credentials as the draft says them: secrets by reference, never themselves.
struct CredentialText {
  /// Fields of `snmp:`, as YAML.
  private(set) var fields: [(name: String, yaml: String)] = []
  /// Files that somebody has to put a secret into, from the folder of the draft.
  private(set) var files: [(path: String, what: String)] = []

  init(_ credentials: SNMPCredentials) {
    switch credentials {
    case .v1(let community), .v2c(let community):
      if case .v1 = credentials { add("version", "\"1\"") } else { add("version", "2c") }
      add("community", community, file: "snmp")
    case .v3(let user, let authentication, let password, let privacy, let privacyPassword, let context):
      add("version", "\"3\"")
      add("user", user.yaml)
      if let authentication { add("authentication", authentication.rawValue) }
      if let password { add("password", password, file: "snmp-password") }
      if let privacy { add("privacy", privacy.rawValue) }
      if let privacyPassword { add("privacy password", privacyPassword, file: "snmp-privacy") }
      if !context.isEmpty { add("context", context.yaml) }
    }
  }

  var yaml: String { "{\(fields.map { "\($0.name): \($0.yaml)" }.joined(separator: ", "))}" }

  /// `SNMP v2c`, for people.
  static func words(_ credentials: SNMPCredentials) -> String {
    switch credentials {
    case .v1: "SNMP v1"
    case .v2c: "SNMP v2c"
    case .v3(let user, _, _, _, _, _): "SNMP v3 as \(user.told(limit: 100))"
    }
  }

  private mutating func add(_ name: String, _ yaml: String) { fields.append((name, yaml)) }

  private mutating func add(_ name: String, _ secret: SecretReference, file: String) {
    switch secret {
    case .environment(let variable): add(name, "!secret env:\(variable)")
    case .file(let path): add(name, "!secret \("file:\(path)".quoted)")
    case .command(let words): add(name, "!secret \("command:\(words.joined(separator: " "))".quoted)")
    case .literal:
      add(name, "!secret file:secrets/\(file)")
      files.append(("secrets/\(file)", name))
    }
  }
}

extension String {
  fileprivate var quoted: String {
    let isPlain = utf8.allSatisfy { $0.isLetterOrDigit || "-_./:@".utf8.contains($0) }
    return isPlain ? self : "\"\(told(limit: 4_000).replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}
