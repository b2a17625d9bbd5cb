import Config
import Model

/// What a job takes of a run's time, by its kind: how many go at once, and how long each is.
struct Load {
  let workers: Int

  /// Connections that only wait cost little; as many as `fetch` leaves open at once.
  private static let mostWaiting = 512.0

  /// How many of a kind go at once, where they are known to answer.
  func lanes(_ kind: String) -> Int {
    switch kind {
    case "http", "script": workers
    case "tcp", "tls": max(workers, 64)
    case "snmp": 128
    default: 512
    }
  }

  /// Workers for jobs that are mostly waited for.
  func patientWorkers(_ kind: String) -> Int {
    switch kind {
    case "http": max(workers, Int(Load.mostWaiting))
    case "tcp", "tls": max(workers, 256)
    case "snmp": max(workers, Int(Load.mostWaiting))
    default: workers
    }
  }

  /// Seconds by which an attempt of so many seconds makes the run longer, with all lanes in use.
  ///
  /// - Parameter isWaiting: Nobody is known to answer.
  func seconds(of job: Job, taking seconds: Double, isWaiting: Bool) -> Double {
    switch job.probe {
    // fping leaves a millisecond between two packets, and there are four of it.
    case .ping(let probe): Double(probe.packets) / 4_000
    case .http:
      isWaiting ? seconds / Load.mostWaiting : max(min(seconds, 1) / Double(workers), seconds / Load.mostWaiting)
    case .tcp, .tls: seconds / Double(isWaiting ? patientWorkers("tcp") : lanes("tcp"))
    case .snmp: seconds / (isWaiting ? Load.mostWaiting : 128)
    case .dns: seconds / 512
    case .script: seconds / Double(workers)
    case .system: 0
    }
  }
}

extension Assignment {
  /// Seconds a good attempt takes, where there was one.
  var usual: Double? { learned.milliseconds > 0 ? Double(learned.milliseconds) / 1_000 : nil }

  /// Seconds an attempt is expected to take: what it took, or its whole timeout where nobody answers.
  var expected: Double {
    if learned.silent == 0, let usual { return min(max(usual, 0.02), job.timeout) }
    if case .script = job.probe { return min(usual ?? 1, job.timeout) }
    return job.timeout
  }

  /// What comes first: what was left waiting, what matters, what costs little.
  var urgency: Double { Double(1 + learned.leftOut) * importance / max(expected, 0.05) }

  /// A job done once has no other slot.
  var isOnce: Bool { if case .once = job.schedule { true } else { false } }
}
