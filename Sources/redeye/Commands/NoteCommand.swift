import ArgumentParser
import Config
import Foundation
import Model
import Platform
import State

struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Notes on hosts, incidents, objectives and graphs: write one, list them, remove one.",
    discussion: """
      “redeye note router1 'fan replaced'” writes one. The pages show it from the next report on, and graphs as a flag
      at its time. “redeye note add” is the same, for a host whose name is one of the commands below.
      """,
    subcommands: [NoteAddCommand.self, NoteListCommand.self, NoteRemoveCommand.self],
    defaultSubcommand: NoteAddCommand.self)
}

struct NoteAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Write a note.")

  @Argument(help: ArgumentHelp("A host, the number of an incident, an objective or a graph.", valueName: "what"))
  var subject: String
  @Argument(help: "What there is to say, on one line; up to 2,000 characters.") var text: [String]
  @Option(help: ArgumentHelp("Which of them is meant where one name is that of several.", valueName: "kind"))
  var `as`: Note.Kind?
  @Option(
    help: ArgumentHelp(
      "When it was, if not now: “2026-12-24 18:00”, in the timezone of the settings.", valueName: "time")
  )
  var at: String?
  @Option(help: "Who writes; without it, your login.") var by = NSUserName()
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    // Without the run's lock: a note has a row of its own, which the next report reads.
    let store = try Installation(plan.settings).sharedState()
    let subject = try NoteSubjects(plan, store).found(subject, as: self.as)
    let now = Process.now
    let at = try at.map { try MomentArgument.instant($0, in: plan.settings.zone) } ?? now
    guard at <= now else {
      throw Ending(.refused, "a note tells of what was; \(stampText(at, plan.settings.zone)) is still to come")
    }
    let said = text.joined(separator: " ").trimmingCharacters(in: .whitespaces)
    let note = Note(
      on: subject, at: at, by: by.trimmingCharacters(in: .whitespaces), text: said, writtenAt: now)
    if let problem = note.problem { throw Ending(.refused, problem) }
    do {
      let number = try store.add(note)
      StandardStreams.output("Note \(number) on \(subject.words) is kept; the next report shows it.")
    } catch {
      throw Ending(.unable, "\(error)")
    }
  }
}

struct NoteListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print notes, newest first: all of them, or those on one thing.")

  @Argument(help: ArgumentHelp("A host, the number of an incident, an objective or a graph.", valueName: "what"))
  var subject: String?
  @Option(help: ArgumentHelp("Which of them is meant where one name is that of several.", valueName: "kind"))
  var `as`: Note.Kind?
  @Flag(help: "One JSON object a line for each note.") var json = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let store = try Installation(plan.settings).sharedState()
    let notes = try notes(store, NoteSubjects(plan, store))
    if json {
      for note in notes { StandardStreams.output(note.json) }
    } else if notes.isEmpty {
      StandardStreams.output("There is no note.")
    } else {
      let head = ["NOTE", "AT", "ON", "BY", "TEXT"]
      StandardStreams.output(table([head] + notes.map { $0.columns(plan.settings.zone) }))
    }
  }

  private func notes(_ store: StateStore, _ subjects: NoteSubjects) throws -> [Note] {
    guard let subject else {
      do { return try store.notes(limit: .max) } catch { throw Ending(.unable, "\(error)") }
    }
    let found = try subjects.found(subject, as: self.as, orNoted: true)
    do { return try store.notes(on: found) } catch { throw Ending(.unable, "\(error)") }
  }
}

struct NoteRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "remove", abstract: "Take a note away.")

  @Argument(help: "Its number.") var number: Int
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let store = try Installation(plan.settings).sharedState()
    let removed: Note?
    do { removed = try store.removeNote(number) } catch { throw Ending(.unable, "\(error)") }
    guard let removed else {
      throw Ending(.refused, "there is no note \(number); “redeye note list” lists them")
    }
    StandardStreams.output(
      "Note \(number) on \(removed.subject.words) is removed: \(removed.text.printable(limit: 100))")
  }
}

extension Note.Kind: ExpressibleByArgument {}

extension Note.Subject {
  /// `host router1`, `incident 42`
  fileprivate var words: String { "\(kind.rawValue) \(name.printable(limit: 100))" }
}

extension Note {
  fileprivate func columns(_ zone: Zone) -> [String] {
    ["\(number)", stampText(at, zone), subject.words, by.printable(limit: 80), text.printable(limit: Note.longest)]
  }

  /// Times are seconds since 1970.
  fileprivate var json: String {
    "{\"note\": \(number), \"kind\": \(jsonString(subject.kind.rawValue)), \"name\": \(jsonString(subject.name)), "
      + "\"at\": \(at.seconds), \"by\": \(jsonString(by)), \"text\": \(jsonString(text)), "
      + "\"writtenAt\": \(writtenAt.seconds)}"
  }
}
