import Config
import Model

/// The cheap question for a target that gave no answer lately: one packet, one object, or the same with less patience.
extension Assignment {
  /// The fewest seconds anybody is given to answer.
  static let leastPatience = 1.0
  /// Slots without an answer after which a target gets less time; and after which brief questions are enough to say so.
  static let dead = 3
  /// Every so many slots a target that gives no answer gets all its time, for it may only have become slow.
  private static let fullTurn = 16

  /// Whether there is a cheap question to ask.
  var hasShortForm: Bool {
    switch job.probe {
    case .system, .script: false
    default: true
    }
  }

  /// Whether this slot is one in which it gets all its time, however long it has been silent.
  var isFullTurn: Bool {
    (learned.silent + Int(fingerprint(job.id.description) % UInt64(Assignment.fullTurn))) % Assignment.fullTurn == 0
  }

  /// Half as many seconds with each slot without an answer; never less than three times what a good answer took.
  func patience(isCrowded: Bool) -> Double {
    let least = min(job.timeout, max(Assignment.leastPatience, 3 * (usual ?? 0)))
    guard !isCrowded else { return least }
    let halvings = min(20, max(0, learned.silent - Assignment.dead + 1))
    return max(least, job.timeout / Double(1 << halvings))
  }

  /// Whether an answer to the short form is all there is to know.
  var isShortFormWhole: Bool {
    switch job.probe {
    case .ping(let probe): probe.packets == 1
    case .snmp: false
    default: true
    }
  }

  func shortened(to patience: Double) -> Assignment {
    var short = self
    short.job.timeout = min(job.timeout, patience)
    switch job.probe {
    case .ping(var probe):
      probe.packets = 1
      short.job.probe = .ping(probe)
    case .snmp(var probe):
      probe.retries = 0
      probe.fieldSet = FieldSet.aliveness
      short.job.probe = .snmp(probe)
    default: break
    }
    return short
  }
}

extension FieldSet {
  /// One object that every agent has: sysUpTime.
  fileprivate static let aliveness = FieldSet(
    name: "aliveness", objects: [Metric(name: "uptime", source: Source("1.3.6.1.2.1.1.3.0"))])
}

extension Reading {
  /// Whether nobody answered at all. An answer that says no is one.
  var isUnanswered: Bool {
    guard let failure else {
      // By their places, for a table's measurements taken out one by one are all copied.
      let up = measurements.indices.filter { measurements[$0].metric == "up" }.compactMap { measurements[$0].value }
      return !up.isEmpty && up.allSatisfy { $0 == 0 }
    }
    return [.timeout, .noRoute, .refused, .resolve].contains(failure.kind)
      && measurements.allSatisfy { ($0.value ?? 0) == 0 || $0.metric.hasPrefix("time-") }
  }
}
