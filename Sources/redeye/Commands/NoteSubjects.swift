import Config
import Model
import State

/// What there can be notes on.
struct NoteSubjects {
  private let plan: Plan
  private let store: StateStore

  init(_ plan: Plan, _ store: StateStore) {
    self.plan = plan
    self.store = store
  }

  /// What a name on the command line means; status 2 with the nearest name where it means nothing, or several things.
  ///
  /// - Parameter orNoted: What is gone from the configuration counts too, as long as there is a note on it.
  func found(_ name: String, as kind: Note.Kind?, orNoted: Bool = false) throws -> Note.Subject {
    let kinds = kind.map { [$0] } ?? Note.Kind.allCases
    let old = orNoted ? try noted() : []
    let fitting = try kinds.map { Note.Subject($0, $0 == .incident ? number(name) : name) }
      .filter { try isThere($0) || old.contains($0) }
    if fitting.count > 1 {
      let ways = fitting.map { "--as \($0.kind.rawValue)" }.joined(separator: " or ")
      throw Ending(.refused, "“\(name.printable(limit: 100))” may be several things; say \(ways)")
    }
    guard let subject = fitting.first else { throw nothing(name, kinds, old) }
    return subject
  }

  /// `042` is incident 42.
  private func number(_ text: String) -> String { Int(text).map(String.init) ?? text }

  private func noted() throws -> Set<Note.Subject> {
    do { return try store.noted() } catch { throw Ending(.unable, "\(error)") }
  }

  private func isThere(_ subject: Note.Subject) throws -> Bool {
    guard subject.kind == .incident else { return names(subject.kind).contains(subject.name) }
    guard let number = Int(subject.name) else { return false }
    do { return try store.incident(number) != nil } catch { throw Ending(.unable, "\(error)") }
  }

  private func names(_ kind: Note.Kind) -> [String] {
    switch kind {
    case .host: plan.hosts.map(\.name)
    case .incident: []
    case .objective: plan.objectives.map(\.name)
    case .graph: plan.ownGraphs.map(\.name)
    }
  }

  private func nothing(_ name: String, _ kinds: [Note.Kind], _ old: Set<Note.Subject>) -> Ending {
    if Int(name) != nil, kinds.contains(.incident) {
      return Ending(.refused, "there is no incident \(name); “redeye alert list --all” lists them")
    }
    let what = kinds.count == 1 ? kinds[0].rawValue : "host, incident, objective or graph"
    let all = kinds.flatMap(names) + old.map(\.name)
    let near = Nearest.candidate(to: name, in: all).map { "; did you mean “\($0)”?" } ?? ""
    return Ending(.refused, "there is no \(what) called “\(name.printable(limit: 100))”\(near)")
  }
}
