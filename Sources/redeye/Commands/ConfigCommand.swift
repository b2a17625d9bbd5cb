import ArgumentParser
import Config
import Platform

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Look into the configuration.",
    subcommands: [ConfigShowCommand.self, ConfigReferenceCommand.self])
}

struct ConfigShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the effective value at a path.",
    discussion: """
      A path is written like the breadcrumb on the pages, with “>>>” or “/” between its parts:
      “redeye.yaml >>> hosts >>> core >>> router1”, “hosts/core/router1/address”. Without one, everything.
      """)

  @Argument(help: "Where to look.") var path: String = ""
  @Flag(help: "Say for each value which layer it came from.") var why = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let loaded = Config.load(path: try configuration.path())
    do {
      StandardStreams.output(try loaded.tree.explain(path, why: why))
    } catch {
      throw Ending(.refused, "\(error)")
    }
    if loaded.plan == nil { throw Ending(.refused, "the configuration has errors; “redeye check” lists them") }
  }
}

struct ConfigReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print what can be configured: every section, field, type and default.")

  func run() { StandardStreams.output(Config.reference()) }
}
