package import Config
package import Model
import Platform
import Synchronization

/// Secrets by reference, each fetched once.
package struct SecretStore: Sendable {
  /// The most seconds a command may take to print one.
  private static let longestPatience = 10.0
  /// Bytes of a file or an output; more is not a secret but a mistake.
  private static let limit = 65_536

  private let environment: [String: String]
  private let end: Double
  private let cache = Cache()

  /// - Parameters:
  ///   - environment: Where `env:` secrets are looked up.
  ///   - end: Monotonic seconds at which secrets are of no more use. Half of the time until then is for the commands
  ///     that print them, the rest for what they are needed for.
  package init(environment: [String: String], until end: Double = .infinity) {
    self.environment = environment
    self.end = end
  }

  /// Runs the commands among some references, all at once.
  func prepare(_ references: Set<SecretReference>) {
    let commands = references.filter(\.isCommand)
    let list = Array(commands)
    _ = concurrently(list.count, workers: 32) { _ = resolve(list[$0]) }
  }

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
    let patience = min(SecretStore.longestPatience, max(0, (end - Clock.monotonic()) / 2))
    let result = Child.run(
      ChildRequest(
        arguments: arguments, environment: Child.cleanEnvironment, deadline: patience,
        outputLimit: SecretStore.limit))
    let program = arguments.first ?? ""
    return switch result.status {
    case .exited(0): firstLine(of: result.output, from: program)
    case .exited(let status): failed("\(program) exited with status \(status); run it by hand to see why")
    case .signalled(let signal): failed("\(program) was killed by signal \(signal)")
    case .timedOut: failed("\(program) printed no secret in \(fixedText(patience, decimals: 1)) seconds")
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

extension SecretReference {
  /// Whether a program has to be run for it.
  var isCommand: Bool { if case .command = self { true } else { false } }
}
