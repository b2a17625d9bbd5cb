/// One number of a series at its slot; `nil` where it was not measured. Unknown is never 0.
package struct Sample: Hashable, Sendable, Codable {
  package var slot: Instant
  package var value: Double?

  package init(slot: Instant, value: Double?) {
    self.slot = slot
    self.value = value
  }
}

/// One measured number, before it has a place in a series.
package struct Measurement: Hashable, Sendable, Codable {
  package var instance: String?
  /// Letters, digits, `-`, `_` and `.` only; never a slash.
  package var metric: String
  /// Finite, or `nil` where the number could not be had.
  package var value: Double?
  package var unit: Unit

  /// A value that is not finite is unknown.
  package init(_ metric: String, _ value: Double?, _ unit: Unit, instance: String? = nil) {
    self.instance = instance
    self.metric = metric
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    self.unit = unit
  }
}

/// Why a job has no numbers, or not all of them.
package struct Failure: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  package enum Class: String, Sendable, Codable, CaseIterable {
    /// The name of the host could not be resolved.
    case resolve
    /// Nothing listens there, or the way is closed.
    case refused
    /// No way leads to the peer: a router said so, or nobody answers at its address.
    case noRoute = "no route"
    /// No answer in the time given.
    case timeout
    /// An answer that could not be understood.
    case garbage
    /// An answer that says no: a wrong community, a 401, an SNMP error status.
    case denied
    /// The peer closed the connection before it had answered.
    case closed
    /// An answer over its limit in bytes.
    case tooLarge = "too large"
    /// More redirects than are allowed.
    case tooManyRedirects = "too many redirects"
    /// A redirect that is not followed, wherever it leads: out of HTTP, out of TLS, away with a secret.
    case redirect
    /// TLS could not be agreed on, or the certificate is not good for a reason without a class of its own.
    case tls
    /// A certificate of the chain is over.
    case expired
    /// A certificate of the chain has not begun.
    case notYetValid = "not yet valid"
    /// The certificate is for another name.
    case wrongName = "wrong name"
    /// The certificate is signed by itself, or by one that is and nobody trusts.
    case selfSigned = "self-signed"
    /// Nobody trusted signed the certificate, or an intermediate one is missing.
    case unknownIssuer = "unknown issuer"
    /// Whoever issued the certificate took it back.
    case revoked
    /// The name server says that there is no such name.
    case nxdomain
    /// The name server failed.
    case servfail
    /// The answer came, and is not what was asked for: HTTP status, body match.
    case mismatch
    /// A program could not be started, died or said so itself.
    case script
    /// A secret could not be read.
    case secret
    /// The run ended before the job's turn.
    case deadline
    /// This machine has no way out, so nothing is known of what lies behind it.
    case cutOff = "cut off"
    /// There was no time for the job in this run: others came first.
    case leftOut = "left out"
    /// Somebody switched the job off.
    case disabled
    /// Something of this machine: a file, a descriptor, memory.
    case local
  }

  package var kind: Class
  /// One line that names the thing and the way out; no secret, no control character.
  package var message: String

  package init(_ kind: Class, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { "\(kind.rawValue): \(message)" }
}

/// What a job cost.
package struct Cost: Hashable, Sendable, Codable {
  /// When it started, in milliseconds since the start of the run.
  package var startedAfter: Int
  /// Wall time in milliseconds.
  package var milliseconds: Int
  package var bytes: Int
  package var retries: Int

  package init(startedAfter: Int = 0, milliseconds: Int = 0, bytes: Int = 0, retries: Int = 0) {
    self.startedAfter = startedAfter
    self.milliseconds = milliseconds
    self.bytes = bytes
    self.retries = retries
  }
}

/// What a job brought home for one slot: numbers, or a failure, or some of both.
package struct Reading: Hashable, Sendable, Codable {
  package var job: JobID
  package var slot: Instant
  /// The job's own step in seconds; the sample stands for `[slot, slot + step)`.
  package var step: Int
  package var measurements: [Measurement]
  /// Set when the job failed, wholly or in part.
  package var failure: Failure?
  /// Facts that are not numbers, in order, for the host page: `("Uptime since", "2026-05-01")`, `("Status", "200")`.
  package var facts: [Fact]
  package var cost: Cost

  package init(
    job: JobID, slot: Instant, step: Int, measurements: [Measurement] = [], failure: Failure? = nil,
    facts: [Fact] = [], cost: Cost = Cost()
  ) {
    self.job = job
    self.slot = slot
    self.step = step
    self.measurements = measurements
    self.failure = failure
    self.facts = facts
    self.cost = cost
  }
}

/// A named piece of text, from outside: data in every sink.
package struct Fact: Hashable, Sendable, Codable {
  package var name: String
  package var text: String

  package init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}

/// What a job keeps from one run to the next to compute rates: raw counters as they stood.
package struct JobMemory: Hashable, Sendable, Codable {
  /// When the counters were read, in seconds since 1970, with fractions.
  package var readAt: Double
  /// The source's own uptime in seconds when it tells one (sysUpTime, /proc/uptime).
  package var uptime: Double?
  package var counters: [String: CounterReading]
  /// Those of the rows of a table, by the row.
  package var rows: [String: CounterRow]
  /// Free small texts a probe needs next time: an engine id, a learned table size.
  package var notes: [String: String]

  package init(
    readAt: Double, uptime: Double? = nil, counters: [String: CounterReading] = [:],
    rows: [String: CounterRow] = [:], notes: [String: String] = [:]
  ) {
    self.readAt = readAt
    self.uptime = uptime
    self.counters = counters
    self.rows = rows
    self.notes = notes
  }
}

/// A counter as it stood, with its width in bits (32 or 64).
package struct CounterReading: Hashable, Sendable, Codable {
  package var value: UInt64
  package var bits: Int

  package init(_ value: UInt64, bits: Int) {
    self.value = value
    self.bits = bits
  }
}

/// The counters of one row, in the order they were read: a device may have ten thousand rows of a dozen each, and the
/// next run asks for them in the same order.
package struct CounterRow: Hashable, Sendable, Codable {
  package let names: [String]
  package let readings: [CounterReading]

  /// Rows of one shape share their names. As many readings as names.
  package init(_ names: [String], _ readings: [CounterReading]) {
    self.names = names
    self.readings = readings
  }

  package var count: Int { names.count }

  /// The counter of a name, which is most likely at `place`.
  package func reading(_ name: String, near place: Int = 0) -> CounterReading? {
    if place < names.count, names[place] == name { return readings[place] }
    return names.firstIndex(of: name).map { readings[$0] }
  }
}

/// One line of the run journal's memory: how a job last went.
package struct JobRecord: Hashable, Sendable, Codable {
  package var job: JobID
  package var lastSlot: Instant
  package var lastSuccess: Instant?
  package var failure: Failure?
  /// Failures in a row, 0 after a success.
  package var failuresInARow: Int
  package var failingSince: Instant?
  package var cost: Cost
  package var facts: [Fact]
  package var learned: Learned

  package init(
    job: JobID, lastSlot: Instant, lastSuccess: Instant? = nil, failure: Failure? = nil, failuresInARow: Int = 0,
    failingSince: Instant? = nil, cost: Cost = Cost(), facts: [Fact] = [], learned: Learned = Learned()
  ) {
    self.job = job
    self.lastSlot = lastSlot
    self.lastSuccess = lastSuccess
    self.failure = failure
    self.failuresInARow = failuresInARow
    self.failingSince = failingSince
    self.cost = cost
    self.facts = facts
    self.learned = learned
  }
}

/// What runs have learned of a job, so that the next ones can share out their time.
package struct Learned: Hashable, Sendable, Codable {
  /// What a good attempt takes, smoothed; 0 before the first.
  package var milliseconds: Int
  /// Slots in a row in which nobody answered.
  package var silent: Int
  /// Whether one of those attempts had all its time, or there were enough of them.
  package var isConfirmed: Bool
  /// Slots in a row without an attempt that had all its time, because there was none.
  package var leftOut: Int

  package init(milliseconds: Int = 0, silent: Int = 0, isConfirmed: Bool = false, leftOut: Int = 0) {
    self.milliseconds = milliseconds
    self.silent = silent
    self.isConfirmed = isConfirmed
    self.leftOut = leftOut
  }
}

/// A job that somebody switched off.
package struct Disabled: Hashable, Sendable, Codable {
  package var job: JobID
  package var since: Instant
  /// When it goes on by itself; `nil`: never.
  package var until: Instant?
  package var by: String
  /// Empty where no reason was given.
  package var why: String

  package init(job: JobID, since: Instant, until: Instant? = nil, by: String, why: String = "") {
    self.job = job
    self.since = since
    self.until = until
    self.by = by
    self.why = why
  }

  package func holds(at now: Instant) -> Bool { until.map { now < $0 } ?? true }
}
