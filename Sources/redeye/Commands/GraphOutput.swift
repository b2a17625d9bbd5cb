import ArgumentParser
import Config
import Graph
import Model
import Platform
import Site

/// Where pictures go, and in what size and colours.
struct GraphOutput: ParsableArguments {
  enum Colours: EnumerableFlag { case light, dark }

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to write, “-” for the standard output, or a folder for several pictures.", valueName: "FILE"))
  var output: String?
  @Option(help: "large, medium, narrow for phones, small, evidence or sparkline.") var format = ChartFormat.large
  @Option(help: "1, or 2 for a sharp picture of twice as many pixels each way.") var scale = 1
  @Flag(
    help: "In light colours, or for a dark ground; light if not given, and in a terminal as its ground is known to be.")
  var colours: Colours?
  @Option(
    name: .customLong("terminal"), defaultAsFlag: TerminalPicture.unsaid, parsing: .next,
    help: ArgumentHelp(
      "Show it here: as the terminal says it can, or as kitty, iterm, sixel or braille.", valueName: "kind"))
  var terminal: String?

  func validate() throws {
    guard (1...2).contains(scale) else { throw ValidationError("--scale is 1 or 2") }
    if output != nil, terminal != nil { throw ValidationError("--output and --terminal exclude each other") }
    if output == "" { throw ValidationError("--output names no file: “” is empty") }
  }

  /// What stands behind `--terminal` and is no kind of one is meant to be drawn.
  mutating func takeSubject() -> String? {
    guard let word = terminal, word != TerminalPicture.unsaid, TerminalKind(rawValue: word) == nil,
      Nearest.candidate(to: word, in: TerminalPicture.names) == nil
    else { return nil }
    terminal = TerminalPicture.unsaid
    return word
  }

  func validateTerminal() throws {
    guard let word = terminal, word != TerminalPicture.unsaid, TerminalKind(rawValue: word) == nil else { return }
    let near = Nearest.candidate(to: word, in: TerminalPicture.names).map { "did you mean “\($0)”?" }
    throw ValidationError(
      "“\(word.printable(limit: 60))” is no kind of terminal; "
        + (near ?? "there are \(TerminalPicture.names.joined(separator: ", "))"))
  }

  /// Writes the pictures; status 2 where they cannot go where they are to go, 4 where that cannot be written.
  func deliver(_ found: [RequestedChart], of subject: String) throws {
    // Who names no file and looks at what comes out wants to see it.
    if terminal != nil || output == nil && StandardStreams.isOutputSeen { return try show(found) }
    guard let output, output != "-" else { return try stream(found, of: subject) }
    let path = Paths.absolute(output)
    if output.hasSuffix("/") || Files.isFolder(path) { return try fill(path, with: found) }
    let one = try onlyOne(found, of: subject)
    guard Files.isReplaceable(path) else {
      throw Ending(.unable, "cannot write \(path): it is no file; “--output -” is the standard output")
    }
    try write(one, to: Files.resolved(path))
  }

  private func show(_ found: [RequestedChart]) throws {
    let kind = terminal.flatMap(TerminalKind.init)
    let picture = TerminalPicture(kind: kind, isDark: colours.map { $0 == .dark }, format: format, scale: scale)
    for one in found { StandardStreams.output(try picture.text(one.chart)) }
  }

  private func stream(_ found: [RequestedChart], of subject: String) throws {
    let one = try onlyOne(found, of: subject)
    guard !StandardStreams.isOutputSeen else {
      throw Ending(
        .refused, "a PNG file is nothing to read in a terminal: --terminal shows the picture, --output FILE writes it")
    }
    let picture = try drawn(one)
    try attempt { () throws(FileError) in try StandardStreams.output(picture) }
  }

  private func fill(_ folder: String, with found: [RequestedChart]) throws {
    try attempt { () throws(FileError) in try Files.makeFolder(folder) }
    for one in found { try write(one, to: Paths.join(folder, "\(one.name).png")) }
  }

  private func write(_ one: RequestedChart, to path: String) throws {
    let picture = try drawn(one)
    do throws(FileError) {
      try Files.replace(path, with: picture, mode: Files.usualMode)
    } catch {
      throw Ending(.unable, "\(FileError(path: path, action: "write", code: error.code))")
    }
  }

  private func drawn(_ one: RequestedChart) throws -> [UInt8] {
    let picture = draw(one.chart, format: format, scale: scale)
    let file = colours == .dark ? picture.dark : picture.light
    if let problem = picture.problem {
      // A picture without words is one; without pixels it is none.
      if file.isEmpty { throw Ending(.unable, problem) }
      StandardStreams.error("redeye: \(problem)")
    }
    return file
  }

  private func onlyOne(_ found: [RequestedChart], of subject: String) throws -> RequestedChart {
    if found.count == 1 { return found[0] }
    let names = found.prefix(8).map { $0.subject.printable(limit: 100) }.joined(separator: ", ")
    let more = found.count > 8 ? " and \(found.count - 8) more" : ""
    throw Ending(
      .refused,
      "“\(subject.printable(limit: 100))” has \(found.count) pictures: \(names)\(more). Name one of them, or write all "
        + "into a folder with --output FOLDER/")
  }

  private func attempt(_ work: () throws(FileError) -> Void) throws {
    do throws(FileError) { try work() } catch { throw Ending(.unable, "\(error)") }
  }
}

extension ChartFormat: ExpressibleByArgument {}
