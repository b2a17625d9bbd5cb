package import Config
package import Model
import Synchronization

/// Secrets by reference, each fetched once.
package struct SecretStore: Sendable {
  private let environment: [String: String]
  private let cache = Cache()

  /// `environment` is where `env:` secrets are looked up.
  package init(environment: [String: String]) { self.environment = environment }

  /// The secret, or why it cannot be had (class `secret`); the text of a failure never holds any of it.
  package func resolve(_ reference: SecretReference) -> Result<Secret, Failure> {
    cache.value(for: reference) { fetch($0) }
  }

  private func fetch(_ reference: SecretReference) -> Result<Secret, Failure> {
    switch reference {
    case .literal(let secret): .success(secret)
    case .environment(let name): fromEnvironment(name)
    case .file(let path): .failure(Failure(.secret, "cannot read \(path)"))
    case .command(let arguments): .failure(Failure(.secret, "cannot run \(arguments.first ?? "")"))
    }
  }

  private func fromEnvironment(_ name: String) -> Result<Secret, Failure> {
    guard let value = environment[name], !value.isEmpty else {
      return .failure(Failure(.secret, "the environment has no \(name); set it where cron starts redeye"))
    }
    return .success(Secret(value))
  }
}

/// Fetched once even when several probes ask at the same time.
private final class Cache: Sendable {
  private let known = Mutex<[SecretReference: Result<Secret, Failure>]>([:])

  func value(
    for reference: SecretReference, fetch: (SecretReference) -> Result<Secret, Failure>
  ) -> Result<Secret, Failure> {
    known.withLock { known in
      if let value = known[reference] { return value }
      let value = fetch(reference)
      known[reference] = value
      return value
    }
  }
}
