package import Config
package import Model
import Platform
import Synchronization

/// Secrets by reference, each fetched once.
package struct SecretStore: Sendable {
  /// Seconds a command may take to print one.
  private static let patience = 10.0
  /// Bytes of a file or an output; more is not a secret but a mistake.
  private static let limit = 65_536

  private let environment: [String: String]
  private let cache = Cache()

  /// `environment` is where `env:` secrets are looked up.
  package init(environment: [String: String]) { self.environment = environment }

  /// The secret, or why it cannot be had (class `secret`); the text of a failure never holds any of it.
  package func resolve(_ reference: SecretReference) -> Result<Secret, Failure> {
    if case .literal(let secret) = reference { return .success(secret) }
    return cache.value(for: reference) { fetch(reference) }
  }

  private func fetch(_ reference: SecretReference) -> Result<Secret, Failure> {
    switch reference {
    case .literal(let secret): .success(secret)
    case .environment(let name): fromEnvironment(name)
    case .file(let path): fromFile(path)
    case .command(let arguments): fromCommand(arguments)
    }
  }

  private func fromEnvironment(_ name: String) -> Result<Secret, Failure> {
    guard let value = environment[name], !value.isEmpty else {
      return failed("the environment has no \(name); set it where redeye is started, such as in the crontab")
    }
    return .success(Secret(value))
  }

  private func fromFile(_ path: String) -> Result<Secret, Failure> {
    do {
      if try Files.isReadableByAnybody(path) { return failed("anybody can read \(path); refused (chmod 600 \(path))") }
      return firstLine(of: try Files.read(path, limit: SecretStore.limit), from: path)
    } catch {
      return failed("\(error)")
    }
  }

  /// What the command says besides is not shown: it may hold the secret.
  private func fromCommand(_ arguments: [String]) -> Result<Secret, Failure> {
    let result = Child.run(
      ChildRequest(
        arguments: arguments, environment: Child.cleanEnvironment, deadline: SecretStore.patience,
        outputLimit: SecretStore.limit))
    let program = arguments.first ?? ""
    return switch result.status {
    case .exited(0): firstLine(of: result.output, from: program)
    case .exited(let status): failed("\(program) exited with status \(status); run it by hand to see why")
    case .signalled(let signal): failed("\(program) was killed by signal \(signal)")
    case .timedOut: failed("\(program) printed no secret in \(Int(SecretStore.patience)) seconds")
    case .notStarted(let reason): failed(reason)
    }
  }

  private func firstLine(of bytes: [UInt8], from place: String) -> Result<Secret, Failure> {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard !line.isEmpty else { return failed("the first line of \(place) is empty") }
    return .success(Secret(String(decoding: line, as: UTF8.self)))
  }

  private func failed(_ message: String) -> Result<Secret, Failure> {
    .failure(Failure(.secret, message.printable()))
  }
}

/// Each secret fetched once, also when several probes ask at the same time, and none waiting for another.
private final class Cache: Sendable {
  private final class Place: Sendable {
    let value = Mutex<Result<Secret, Failure>?>(nil)
  }

  private let places = Mutex<[SecretReference: Place]>([:])

  func value(
    for reference: SecretReference, fetch: () -> Result<Secret, Failure>
  ) -> Result<Secret, Failure> {
    let place = places.withLock { places in
      let place = places[reference] ?? Place()
      places[reference] = place
      return place
    }
    return place.value.withLock { value in
      let known = value ?? fetch()
      value = known
      return known
    }
  }
}
