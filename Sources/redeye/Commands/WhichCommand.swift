import ArgumentParser
import Config
import Model
import Platform
import Site

struct WhichCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "which", abstract: "Print which package a template, stylesheet or item comes from.",
    discussion: """
      Packages are asked in their order, the configuration itself first and what is built in last; the first that has
      what is asked for is used. Without a name, all names there are.
      """)

  @Argument(help: "overview, redeye.css, files/logo.svg, or an item: ping, monitors/ping.") var name: String?
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let loaded = Config.load(path: try configuration.path())
    let whereabouts = Whereabouts(look: Look(loaded.site), tree: loaded.tree)
    guard let name else {
      StandardStreams.output(whereabouts.list)
      return
    }
    let chains = whereabouts.chains(of: name)
    guard !chains.isEmpty else { throw Ending(.refused, whereabouts.nothing(of: name)) }
    StandardStreams.output(chains.map(Whereabouts.text).joined(separator: "\n\n"))
    if loaded.plan == nil { throw Ending(.refused, "the configuration has errors; “redeye check” lists them") }
  }
}

/// Where names are found: files of the site, and items of all sections.
private struct Whereabouts {
  let look: Look
  let tree: EffectiveTree

  func chains(of name: String) -> [Chain] { [look.chain(of: name)].compactMap { $0 } + tree.chains(of: name) }

  private var all: [(String, [String])] {
    look.names.map { ($0.kind, $0.names) } + tree.names.map { ($0.section, $0.names) }
  }

  var list: String {
    let width = all.map(\.0.columns).max() ?? 0
    return all.map { kind, names in
      names.map { $0.printable() }.joined(separator: ", ").wrapped(to: 96 - width, keepingWords: true).enumerated().map
      {
        ($0.offset == 0 ? kind : "").filled(to: width) + "  " + $0.element
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  func nothing(of name: String) -> String {
    let names = all.flatMap(\.1)
    let ending = ".mustache"
    let bare = names.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
    let near = Nearest.candidate(to: name, in: names + bare)
    return "nothing is called “\(name.printable(limit: 100))”; "
      + (near.map { "did you mean “\($0)”?" } ?? "“redeye which” lists all names")
  }

  static func text(_ chain: Chain) -> String {
    let rows = chain.steps.map { ["  " + $0.package.printable(), $0.place.printable(), words($0.state)] }
    return ([chain.name.printable()] + (tableLines(rows) ?? []).joined()).joined(separator: "\n")
  }

  private static func words(_ state: Chain.State) -> String {
    switch state {
    case .used: "used"
    case .shadowed: "there, not used"
    case .missing: "–"
    case .refused(let reason): "cannot be used, \(reason.printable())"
    }
  }
}
