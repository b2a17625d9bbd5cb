package import Model

/// What is asked of a device by SNMP, and how it is read: single objects, and columns of one table. Object
/// identifiers are numeric, without a leading dot.
package struct FieldSet: Hashable, Sendable {
  /// The name of one whose objects a job names itself.
  package static let explicit = "get"

  package enum Kind: String, Hashable, Sendable, CaseIterable { case gauge, counter }

  /// One number, and what makes it fit to be kept.
  package struct Metric: Hashable, Sendable {
    package var name: String
    package var source: Source
    /// The same counter in 64 bits, taken where the device counts in it.
    package var wide: String?
    /// Where the source has no number within its bounds.
    package var instead: Source?
    package var kind: Kind
    package var unit: Unit
    /// Columns whose number is taken off, and multiplies.
    package var minus: String?
    package var times: String?
    /// Columns whose sum divides.
    package var share: [String]
    /// A column with the power of ten as RFC 3433 numbers SI prefixes, and one with the digits behind the point.
    package var prefix: String?
    package var precision: String?
    /// What the numbers of an enumeration count as; one that is not named is unknown. Empty: as they are.
    package var values: [Int: Double]
    /// A row has the metric only where these hold, and its value is known only where those hold.
    package var when: [Condition]
    package var valid: [Condition]
    /// Bits of the line that one count takes at least; a rate the line cannot carry is not believed.
    package var bits: Double?

    package init(
      name: String, source: Source, wide: String? = nil, instead: Source? = nil, kind: Kind = .gauge,
      unit: Unit = .none, minus: String? = nil, times: String? = nil, share: [String] = [], prefix: String? = nil,
      precision: String? = nil, values: [Int: Double] = [:], when: [Condition] = [], valid: [Condition] = [],
      bits: Double? = nil
    ) {
      self.name = name
      self.source = source
      self.wide = wide
      self.instead = instead
      self.kind = kind
      self.unit = unit
      self.minus = minus
      self.times = times
      self.share = share
      self.prefix = prefix
      self.precision = precision
      self.values = values
      self.when = when
      self.valid = valid
      self.bits = bits
    }
  }

  /// An object or column with the bounds of what it can say; what lies outside means that it does not know.
  package struct Source: Hashable, Sendable {
    package var oid: String
    package var scale: Double
    package var minimum: Double?
    package var maximum: Double?

    package init(_ oid: String, scale: Double = 1, minimum: Double? = nil, maximum: Double? = nil) {
      self.oid = oid
      self.scale = scale
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// True where the column says one of the words.
  package struct Condition: Hashable, Sendable {
    package var oid: String
    package var words: [String]

    package init(_ oid: String, _ words: [String]) {
      self.oid = oid
      self.words = words
    }
  }

  /// A regular expression over what a column says, anywhere in it.
  package struct Filter: Hashable, Sendable {
    package var oid: String
    package var pattern: String

    package init(_ oid: String, _ pattern: String) {
      self.oid = oid
      self.pattern = pattern
    }
  }

  /// How fast a row's line is, so that rates it cannot carry are told from true ones.
  package struct Line: Hashable, Sendable {
    /// The metric with the bits a second.
    package var metric: String
    /// Believed only where these hold.
    package var when: [Condition]
    /// What devices say of a line whose speed they do not know.
    package var nominal: Double?

    package init(metric: String, when: [Condition] = [], nominal: Double? = nil) {
      self.metric = metric
      self.when = when
      self.nominal = nominal
    }
  }

  package var name: String
  /// What its rows are called in messages.
  package var noun: String
  /// Single objects, metrics of the job itself.
  package var objects: [Metric]
  /// Columns, metrics of each row.
  package var metrics: [Metric]
  /// Columns that name a row, the first that is not empty; the further ones tell rows of the same name apart.
  package var identity: [String]
  /// Rows that are switched off are left out.
  package var enabled: [Condition]
  package var only: [Filter]
  package var except: [Filter]
  /// Regular expressions over the names of rows; no `include` keeps every name.
  package var include: [String]
  package var exclude: [String]
  /// Columns shown on the host's page for each row, with their titles.
  package var facts: [Fact]
  /// The column with the time at which the counters of a row did not run on.
  package var discontinuity: String?
  package var line: Line?

  package init(
    name: String, noun: String = "rows", objects: [Metric] = [], metrics: [Metric] = [], identity: [String] = [],
    enabled: [Condition] = [], only: [Filter] = [], except: [Filter] = [], include: [String] = [],
    exclude: [String] = [], facts: [Fact] = [], discontinuity: String? = nil, line: Line? = nil
  ) {
    self.name = name
    self.noun = noun
    self.objects = objects
    self.metrics = metrics
    self.identity = identity
    self.enabled = enabled
    self.only = only
    self.except = except
    self.include = include
    self.exclude = exclude
    self.facts = facts
    self.discontinuity = discontinuity
    self.line = line
  }
}
