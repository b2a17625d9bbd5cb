import Config
import Model
import Platform

/// Names looked up once for all jobs that share them, so that a name server that hangs cannot hold up the pings.
struct PingTargets {
  private let found: [Name: Result<String, Failure>]

  private struct Name: Hashable {
    var text: String
    var family: PingProbe.Family

    init(_ probe: PingProbe) {
      text = probe.address
      family = probe.family
    }
  }

  /// Looks up every address of the probes within so many seconds.
  init(_ probes: [PingProbe], within limit: Double) {
    var found: [Name: Result<String, Failure>] = [:]
    // A thread for each would cost more than the pings.
    for name in probes.map(Name.init) where found[name] == nil {
      found[name] = Network.numericAddress(name.text, family: name.family.network).map { .success($0) }
    }
    let names = Array(Set(probes.map(Name.init)).subtracting(found.keys))
    let end = Clock.monotonic() + limit
    let results = concurrently(names.count, workers: 64) { index in
      PingTargets.lookUp(names[index], seconds: end - Clock.monotonic())
    }
    self.found = found.merging(zip(names, results)) { first, _ in first }
  }

  /// The numeric address to ping, or a failure of the class `resolve`.
  func address(of probe: PingProbe) -> Result<String, Failure> {
    found[Name(probe)] ?? .failure(Failure(.resolve, "\(probe.address) was not looked up".printable()))
  }

  private static func lookUp(_ name: Name, seconds: Double) -> Result<String, Failure> {
    // The configuration refuses such an address too; a program's option it must never become.
    guard !name.text.isEmpty, !name.text.hasPrefix("-") else {
      return .failure(Failure(.resolve, "\(name.text.debugDescription) is not an address".printable()))
    }
    let answer = within(seconds: seconds) { Network.address(of: name.text, family: name.family.network) }
    return switch answer {
    case .success(let address): .success(address)
    case .failure(let error): .failure(Failure(.resolve, "\(name.text): \(error.reason)".printable()))
    case nil: .failure(Failure(.resolve, "\(name.text): the name servers did not answer in time".printable()))
    }
  }
}

extension PingProbe.Family {
  fileprivate var network: Network.Family {
    switch self {
    // Each target of `both` has its own family by now.
    case .any, .both: .any
    case .ipv4: .ipv4
    case .ipv6: .ipv6
    }
  }
}
