package import Config

/// What a device told of itself when it was asked for everything there is a field set for. All of it is text from
/// outside, fit for one line.
package struct Surveyed: Sendable {
  /// What came of one field set.
  package struct Part: Sendable {
    package var fieldSet: FieldSet
    /// Rows of its table, also those that would be left out.
    package var rows: [Row] = []
    /// Single objects it has no number for, by metric.
    package var silent: [String] = []
    /// Whether a job of it would have something to measure.
    package var isAnswered = false
    /// False where the table may have more rows than were read.
    package var isComplete = true

    package init(fieldSet: FieldSet) { self.fieldSet = fieldSet }
  }

  /// A row of a table, such as an interface.
  package struct Row: Sendable {
    /// What its series are called, or would be.
    package var name: String
    /// Which field of the job leaves it out; `nil` where it is kept.
    package var exclusion: Exclusion?
    /// What people wrote at it, where the field set has such a fact.
    package var note: String?
    /// Bits a second, where the field set has a line.
    package var speed: Double?
    /// As IF-MIB numbers them (ifOperStatus, ifType), where the field set asks for these columns.
    package var status: Int?
    package var type: Int?
    /// The address of its hardware (ifPhysAddress), likewise.
    package var hardware: String?

    package init(
      name: String, exclusion: Exclusion? = nil, note: String? = nil, speed: Double? = nil, status: Int? = nil,
      type: Int? = nil, hardware: String? = nil
    ) {
      self.name = name
      self.exclusion = exclusion
      self.note = note
      self.speed = speed
      self.status = status
      self.type = type
      self.hardware = hardware
    }
  }

  /// sysDescr, sysObjectID, sysName, sysLocation.
  package var description: String?
  package var object: String?
  package var name: String?
  package var location: String?
  /// Tells it from others, where it has an engine (snmpEngineID).
  package var engine: [UInt8]?
  package var answersPing = false
  /// In the order of the field sets asked for.
  package var parts: [Part] = []

  package init() {}
}

extension Surveyed {
  /// The part of a field set; filters aside, so that of the shipped one stands for that of a job.
  package func part(_ set: FieldSet) -> Part? {
    parts.first { $0.fieldSet == set } ?? parts.first { $0.fieldSet.asksLike(set) }
  }
}

extension FieldSet {
  /// Whether both ask a device for the same, whatever rows they keep of it.
  package func asksLike(_ other: FieldSet) -> Bool { objects == other.objects && metrics == other.metrics }
}
