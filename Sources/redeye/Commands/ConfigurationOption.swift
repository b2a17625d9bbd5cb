import ArgumentParser
import Platform

/// `-c FILE`, which every command takes.
struct ConfigurationOption: ParsableArguments {
  @Option(
    name: [.customShort("c"), .customLong("configuration")],
    help: ArgumentHelp(
      "The configuration: a file, or a folder of files. Without it ./config/redeye.yaml, then /etc/redeye/redeye.yaml.",
      valueName: "FILE"))
  var file: [String] = []

  /// The file to read, absolute.
  func path() throws -> String {
    if file.count > 1 { throw Ending(.refused, "-c is given \(file.count) times; a folder is a configuration too") }
    if let file = file.first { return try named(file) }
    let usual = ["config/redeye.yaml", "/etc/redeye/redeye.yaml"].map(Paths.absolute)
    if let found = usual.first(where: Files.exists) { return found }
    let here = Files.exists(Paths.absolute("redeye.yaml")) ? " The one in this folder is -c redeye.yaml." : ""
    throw Ending(
      .refused,
      "no configuration: neither \(usual[0]) nor \(usual[1]) is there. Name one with -c FILE, or make one with "
        + "“redeye init DIR”.\(here)")
  }

  /// The same, or `nil` where none is named and none is in its usual place.
  func pathIfAny() throws -> String? {
    do { return try path() } catch let ending as Ending {
      if file.isEmpty { return nil }
      throw ending
    }
  }

  private func named(_ file: String) throws -> String {
    guard file.isEmpty else { return Paths.absolute(file) }
    throw Ending(.refused, "-c names no file: “” is empty")
  }
}
