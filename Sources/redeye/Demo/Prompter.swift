import Alert
import Demo
import Model
import State

/// Gives the answers of a story when their time has come, as “redeye alert ack” gives those of people.
struct Prompter {
  private var answers: [StagedAnswer]

  init(_ answers: [StagedAnswer]) { self.answers = answers }

  /// When one of these incidents next needs a run: its ladder, an answer that runs out, or one that is due.
  func wake(_ open: [Incident]) -> Instant? {
    let steps = open.compactMap { $0.acknowledgement == nil ? $0.ladder.dueAt : $0.acknowledgement?.until }
    return (steps + open.compactMap { incident in answer(to: incident).map { incident.openedAt + $0.after } }).min()
  }

  /// Each is given once.
  mutating func answer(in store: StateStore, at now: Instant) throws {
    for incident in answers.isEmpty ? [] : try store.openIncidents() {
      guard let staged = answer(to: incident), incident.openedAt + staged.after <= now else { continue }
      answers.removeAll { $0 == staged }
      let at = incident.openedAt + staged.after
      let given = Acknowledgement(by: staged.by, at: at, until: staged.lasts.map { at + $0 }, note: staged.note)
      if case .acknowledged = acknowledge(incident, given) { try store.acknowledge(incident.number, given) }
    }
  }

  private func answer(to incident: Incident) -> StagedAnswer? {
    answers.first { $0.objective == incident.objective }
  }
}
