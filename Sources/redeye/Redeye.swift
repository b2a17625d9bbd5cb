import ArgumentParser

@main
struct Redeye: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "redeye", version: "0.1.0")
}
