import Config
import Graph
import Model

/// Marks of single moments on the pictures of a host: what people wrote down, and when the device began anew.
extension Press {
  /// Notes on the host and on its incidents, newest first.
  func notes(on host: String) -> [Note] { known.hostNotes[host] ?? [] }

  func notes(on kind: Note.Kind, _ name: String) -> [Note] { known.notes[Note.Subject(kind, name)] ?? [] }

  func marks(on host: String, over span: Span) -> [Chart.Mark] {
    marks(of: notes(on: host), over: span) + reboots(of: host, over: span)
  }

  func marks(of notes: [Note], over span: Span) -> [Chart.Mark] {
    notes.filter { span.from <= $0.at && $0.at <= span.to }.reversed().map {
      Chart.Mark(kind: .note, at: $0.at, label: $0.text.printable(limit: 60))
    }
  }

  /// A note is to be seen as soon as it is known, and to go when it is taken away.
  func add(_ notes: [Note], over seconds: Int, to definition: inout Definition) {
    for note in notes where note.at >= input.now - seconds { definition.add(note) }
  }

  /// Read when something is drawn alone: no picture is made for the sake of a restart.
  private func reboots(of host: String, over span: Span) -> [Chart.Mark] {
    restarts.marks(of: host, over: span) {
      guard let entry = uptime(of: host) else { return [] }
      let resolution = span.seconds > 86_400 + 60 ? max(span.seconds / 336, entry.step) : nil
      let window = input.window(entry.series, span, resolution)
      return Site.restarts(window.samples, step: max(window.step, 1)).filter { span.from <= $0 && $0 <= span.to }.map {
        Chart.Mark(kind: .reboot, at: $0, label: "restarted")
      }
    }
  }

  /// The series that tells how long a device has been up; what a script calls so can be the age of anything.
  private func uptime(of host: String) -> CatalogueEntry? {
    known.entries[host]?.first { entry in
      guard entry.series.metric == "uptime", entry.series.instance == nil else { return false }
      return ["system", "snmp"].contains(known.jobNames[entry.series.row.job]?.probe.kind)
    }
  }
}

extension Definition {
  mutating func add(_ note: Note) {
    add(note.number)
    add(note.at)
    add(note.by)
    add(note.text)
  }
}

/// Marks of restarts that were looked for already: a host has many pictures of one span.
final class Restarts {
  private struct Key: Hashable {
    var host: String
    var span: Span
  }

  private var known: [Key: [Chart.Mark]] = [:]

  func marks(of host: String, over span: Span, _ look: () -> [Chart.Mark]) -> [Chart.Mark] {
    let key = Key(host: host, span: span)
    if let marks = known[key] { return marks }
    let marks = look()
    known[key] = marks
    return marks
  }

  /// Of a host that is done with.
  func forget() { known = [:] }
}

/// When a device began anew, by samples of how many seconds it has been up, each of them the mean over `step` seconds.
///
/// sysUpTime counts hundredths in 32 bits and begins anew after 497 days without a restart.
func restarts(_ samples: [Sample], step: Int) -> [Instant] {
  let known = samples.filter { $0.value != nil }
  var result: [Instant] = []
  var fell = false
  for (before, sample) in zip(known, known.dropFirst()) {
    let (old, new) = (before.value ?? 0, sample.value ?? 0)
    let wrapped = abs(new + 42_949_672.96 - old - Double(sample.slot - before.slot)) < 2 * Double(step)
    guard new < old, !wrapped else {
      fell = false
      continue
    }
    // The mean over a step with a restart inside lies between the two: the next one falls again.
    if fell { result.removeLast() }
    let up = min(max(new, 0), Double(sample.slot - before.slot + step))
    result.append(max(before.slot, sample.slot + step / 2 - Int(up)))
    fell = true
  }
  return result
}
