import ArgumentParser
import Config
import Model
import Platform

/// What is wrong with a command line before its command is known, which the parser would tell without a way out.
enum Usage {
  /// Ends with status 2 where no command can be meant by the arguments.
  static func check(_ arguments: [String], of root: any ParsableCommand.Type) throws {
    var words = arguments
    let asksForHelp = words.first == "help"
    if asksForHelp { words.removeFirst() }
    var command = root
    var path = ["redeye"]
    while !command.configuration.subcommands.isEmpty {
      let mayBeUnsaid = command.configuration.defaultSubcommand != nil
      guard let word = words.first else {
        if asksForHelp || mayBeUnsaid { return }
        throw Ending(.refused, nothing(after: path, command))
      }
      if word.hasPrefix("-"), mayBeUnsaid { return }
      if word.hasPrefix("-") { return try checkOption(word, words, path, command) }
      if mayBeUnsaid, Nearest.candidate(to: word, in: names(command)) == nil, !names(command).contains(word) { return }
      guard let next = command.configuration.subcommands.first(where: { name($0) == word }) else {
        throw Ending(.refused, unknown(word, after: path, command))
      }
      (command, path) = (next, path + [word])
      words.removeFirst()
    }
  }

  /// What the parser leaves unsaid about an argument too many.
  static func advice(on message: String, _ arguments: [String]) -> String? {
    guard message.contains("Unexpected argument"),
      let file = arguments.first(where: { message.contains("'\($0)'") && ($0.hasSuffix(".yaml") || Files.exists($0)) })
    else { return nil }
    return "The configuration is named with -c \(file)"
  }

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  private static func names(_ command: any ParsableCommand.Type) -> [String] {
    command.configuration.subcommands.map(name)
  }

  private static func nothing(after path: [String], _ command: any ParsableCommand.Type) -> String {
    let commands = names(command).joined(separator: ", ")
    return "“\(path.joined(separator: " "))” needs a command: \(commands). “\(path.joined(separator: " ")) --help” "
      + "says what each does"
  }

  private static func unknown(_ word: String, after path: [String], _ command: any ParsableCommand.Type) -> String {
    let known = names(command)
    let near = Nearest.candidate(to: word, in: known).map { "did you mean “\((path + [$0]).joined(separator: " "))”?" }
    return "there is no command “\((path + [word.printableArgument]).joined(separator: " "))”; "
      + (near
        ?? "there are \(known.joined(separator: ", ")). “\(path.joined(separator: " ")) --help” says what each does")
  }

  /// Options of a command stand after it.
  private static func checkOption(
    _ word: String, _ words: [String], _ path: [String], _ command: any ParsableCommand.Type
  ) throws {
    if ["-h", "--help", "-help", "--help-hidden"].contains(word) || word == "--version" && path.count == 1 { return }
    if word.hasPrefix("--generate-completion-script") || word.hasPrefix("--experimental") { return }
    if let near = Nearest.candidate(to: word, in: ["--help", "--version"]) {
      throw Ending(.refused, "there is no option “\(word.printableArgument)”; did you mean “\(near)”?")
    }
    let rest = words.dropFirst().drop { !names(command).contains($0) }
    let named = rest.first ?? (path.count == 1 ? "run" : names(command)[0])
    let option = words.dropLast(rest.count).map(\.printableArgument)
    let line = path + [named] + rest.dropFirst().map(\.printableArgument) + option
    throw Ending(
      .refused, "options stand after the command: write “\(line.joined(separator: " "))”")
  }
}

extension String {
  fileprivate var printableArgument: String { printable(limit: 100) }
}
