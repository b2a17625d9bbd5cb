import Config
import Model
import SNMP

/// The interfaces of a device (IF-MIB, RFC 2863).
struct InterfaceTable: SNMPTable {
  private let include: Patterns
  private let exclude: Patterns
  private let onlyEnabled: Bool

  static func make(_ filter: SNMPProbe.InterfaceFilter) -> Result<InterfaceTable, Failure> {
    Patterns.make(filter.include).flatMap { include in
      Patterns.make(filter.exclude).map { exclude in
        InterfaceTable(include: include, exclude: exclude, onlyEnabled: filter.onlyEnabled)
      }
    }
  }

  var operation: Conversation.Operation { .walk(Interface.Column.all) }

  func read(_ answer: Answer, into harvest: inout Harvest) {
    let all = TableRow.all(answer.bindings, under: Interface.Column.all).map(Interface.init)
    let kept = all.filter(keeps)
    if answer.error == nil { explainNothing(all, kept, &harvest) }
    let (names, duplicates) = instanceNames(kept.map { ($0.name, $0.index) })
    report(duplicates, &harvest)
    for (interface, name) in zip(kept, names) { interface.read(as: name, into: &harvest) }
  }

  private func keeps(_ interface: Interface) -> Bool {
    let name = interface.name ?? "\(interface.index)"
    return (include.isEmpty || include.match(name)) && !exclude.match(name)
      && (!onlyEnabled || interface.isEnabled)
  }

  private func explainNothing(_ all: [Interface], _ kept: [Interface], _ harvest: inout Harvest) {
    if all.isEmpty {
      harvest.note(.mismatch, "the agent tells no interfaces (IF-MIB); let its view include 1.3.6.1.2.1.2")
    } else if kept.isEmpty {
      harvest.note(.mismatch, "of \(all.count) interfaces none passes include, exclude and enabled")
    }
  }

  private func report(_ duplicates: [String], _ harvest: inout Harvest) {
    guard let first = duplicates.first else { return }
    let more = duplicates.count > 1 ? " and \(duplicates.count - 1) more" : ""
    harvest.note(.mismatch, "several interfaces are called «\(first)»\(more); their index is added to the name")
  }
}

/// Regular expressions over names, any of which may match anywhere in the name.
private struct Patterns {
  private let patterns: [Regex<AnyRegexOutput>]

  var isEmpty: Bool { patterns.isEmpty }

  static func make(_ texts: [String]) -> Result<Patterns, Failure> {
    var patterns: [Regex<AnyRegexOutput>] = []
    for text in texts {
      guard let pattern = try? Regex(text) else {
        return .failure(Failure(.local, "«\(text)» is no regular expression".printable()))
      }
      patterns.append(pattern)
    }
    return .success(Patterns(patterns: patterns))
  }

  func match(_ name: String) -> Bool { patterns.contains { name.contains($0) } }
}
