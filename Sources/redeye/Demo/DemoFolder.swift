import Config
import Demo
import Model
import Platform
import State

/// The folder of a demo: its configuration, what it remembers, its mail and its site, and nothing else.
struct DemoFolder {
  /// Absolute.
  let path: String

  /// Its presence says that all the names below are a demo's.
  private static let mark = ".redeye-demo"
  private static let names: Set<String> = [
    mark, "redeye.yaml", "packages", "scripts", "secrets", "data", "mail", "reports", "reports-status",
  ]

  init(_ path: String) { self.path = path }

  /// Makes the folder anew, with the configuration of the fleet, and all that is needed to live through `days`.
  func rehearsal(until end: Instant, days: Int, seed: UInt64, _ progress: RunProgress) throws -> Rehearsal {
    do {
      try empty()
      try Files.makeFolder(path)
      try Files.replace("\(path)/\(DemoFolder.mark)", with: Array("Made by “redeye demo”, and made anew by it.\n".utf8))
      for file in fleetFiles() {
        try Files.makeFolder(Paths.folder(of: "\(path)/\(file.path)"))
        try Files.replace("\(path)/\(file.path)", with: file.bytes, mode: file.mode)
      }
    } catch let error as FileError {
      throw Ending(.unable, "\(error)")
    }
    let configuration = try RunningConfiguration.load("\(path)/redeye.yaml")
    let step = configuration.plan.settings.step
    let last = end.slot(step: step)
    let simulation = Simulation(
      plan: configuration.plan, span: Span(from: last - days * 86_400 + step, to: last + step), seed: seed)
    let installation = Installation(configuration.plan.settings)
    try installation.prepare()
    let lock = try installation.lock(now: Clock.now())
    // Made again in a minute, it need not be safe at every moment.
    let store = try installation.state(now: simulation.span.from, isSynced: false).store
    return Rehearsal(configuration, installation, store, lock: lock, simulation, progress)
  }

  /// Removes what a demo of before has left; refuses a folder that holds anything else, and one a run works in.
  private func empty() throws {
    guard Files.exists(path) else { return }
    guard Files.isFolder(path) else { throw Ending(.refused, "\(path) is no folder") }
    let held = try Files.list(path)
    if let other = other(among: held) {
      throw Ending(
        .refused,
        "\(path) holds \(other.printable(limit: 100)), which is no demo's; name another folder, or move it away")
    }
    let lockFile = "\(path)/data/lock"
    let lock = Files.exists(lockFile) ? try Installation.lock(lockFile, now: Clock.now()) : nil
    defer { withExtendedLifetime(lock) {} }
    // The mark goes last: what was half removed is a demo's still.
    for name in held where name != DemoFolder.mark { try Files.removeTree("\(path)/\(name)") }
    try Files.remove("\(path)/\(DemoFolder.mark)")
  }

  private func other(among held: [String]) -> String? {
    let isDemo = held.contains(DemoFolder.mark)
    return held.first { !isDemo || !DemoFolder.names.contains($0) }
  }
}
