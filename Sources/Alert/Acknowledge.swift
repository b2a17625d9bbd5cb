package import Model

/// What becomes of an acknowledgement.
package enum AcknowledgeOutcome: Hashable, Sendable {
  case acknowledged(Incident)
  /// Why not, and what can be done.
  case refused(String)
}

/// Puts an answer to an incident; a newer one takes the place of the one before, the same one twice is one.
package func acknowledge(_ incident: Incident, _ answer: Acknowledgement) -> AcknowledgeOutcome {
  guard incident.phase == .open else {
    return .refused("Incident \(incident.number) is closed; there is nothing left to acknowledge.")
  }
  if let until = answer.until, until <= answer.at {
    return .refused("The acknowledgement of incident \(incident.number) would end before it begins.")
  }
  guard incident.acknowledgement != answer else { return .acknowledged(incident) }
  var answered = incident
  answered.acknowledgement = answer
  let note = answer.note.isEmpty ? "" : ": “\(answer.note.printable())”"
  let text = "Acknowledged by \(answer.by.printable(limit: 80))\(note)."
  answered.events.append(IncidentEvent(at: answer.at, kind: .acknowledged, text: text))
  return .acknowledged(answered)
}
