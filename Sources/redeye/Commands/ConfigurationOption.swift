import ArgumentParser
import Platform

/// `-c FILE`, which every command takes.
struct ConfigurationOption: ParsableArguments {
  @Option(
    name: [.customShort("c"), .customLong("configuration")],
    help: ArgumentHelp(
      "The configuration: a file, or a folder of files. Without it ./config/redeye.yaml, then /etc/redeye/redeye.yaml.",
      valueName: "FILE"))
  var file: String?

  /// The file to read, absolute.
  func path() throws -> String {
    if let file { return Paths.absolute(file) }
    let usual = ["config/redeye.yaml", "/etc/redeye/redeye.yaml"].map(Paths.absolute)
    if let found = usual.first(where: Files.exists) { return found }
    throw Ending(
      .refused,
      "no configuration: neither \(usual[0]) nor \(usual[1]) is there. Name one with -c FILE, or make one with "
        + "“redeye init DIR”")
  }
}
