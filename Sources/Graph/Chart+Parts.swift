package import Model

extension Chart {
  package struct Series: Hashable, Sendable {
    package var label: String
    package var samples: [Sample]
    /// The highest of each sample's stretch where samples are averages of several slots; else empty. Drawn as a tint
    /// up to the highest.
    package var peaks: [Sample]
    /// The lowest of each sample's stretch, as `peaks`.
    package var lows: [Sample]
    /// Counted over full-resolution samples by whoever has them; `nil` counts the samples here.
    package var statistics: Statistics?
    /// Samples are averages of several slots, so that no percentile can be counted from them.
    package var isConsolidated: Bool
    /// In a mirrored chart: below the axis. `nil` puts every second series there.
    package var isBelow: Bool?
    /// What was expected or is forecast.
    package var expected: Expected?
    /// Filled down to zero, or a line alone, among lines, areas and mirrors; `nil` leaves it to the kind of the chart.
    package var isFilled: Bool?

    /// - Parameter isConsolidated: `nil` takes it from whether there are peaks or lows.
    package init(
      label: String, samples: [Sample], peaks: [Sample] = [], lows: [Sample] = [], statistics: Statistics? = nil,
      isConsolidated: Bool? = nil, isBelow: Bool? = nil, expected: Expected? = nil, isFilled: Bool? = nil
    ) {
      self.label = label
      self.samples = samples
      self.peaks = peaks
      self.lows = lows
      self.statistics = statistics
      self.isConsolidated = isConsolidated ?? (!peaks.isEmpty || !lows.isEmpty)
      self.isBelow = isBelow
      self.expected = expected
      self.isFilled = isFilled
    }
  }

  /// A range a series is expected to stay in, drawn as a grey tint from `low` to `high`, slot by slot.
  package struct Expected: Hashable, Sendable {
    package var label: String
    package var low: [Sample]
    package var high: [Sample]

    package init(label: String = "expected", low: [Sample], high: [Sample]) {
      self.label = label
      self.low = low
      self.high = high
    }
  }

  /// A stretch of time that is marked over the full height.
  package struct Band: Hashable, Sendable {
    /// In the order in which one covers another.
    package enum Kind: Int, Hashable, Sendable, CaseIterable {
      /// Only in a strip; elsewhere what is good has no mark.
      case good
      case unknown
      case planned
      /// Left out of an agreement's time by amendment.
      case excluded
      case degraded
      case breach
    }

    package var kind: Kind
    package var span: Span
    package var label: String

    package init(kind: Kind, span: Span, label: String) {
      self.kind = kind
      self.span = span
      self.label = label
    }
  }

  /// Something that happened at one time: a flag or another shape above the plot and a hairline through it.
  package struct Mark: Hashable, Sendable {
    package enum Kind: Hashable, Sendable, CaseIterable {
      /// Somebody wrote something down: a flag.
      case note
      /// A counter began anew: a triangle.
      case reset
      /// The device did: a filled disc.
      case reboot
      /// The configuration is another: a diamond.
      case change
    }

    package var kind: Kind
    package var at: Instant
    package var label: String

    package init(kind: Kind, at: Instant, label: String) {
      self.kind = kind
      self.at = at
      self.label = label
    }
  }

  /// One row of a chart of bars.
  package struct Bar: Hashable, Sendable {
    package var label: String
    /// `nil` is unknown: a row without a bar.
    package var value: Double?
    /// A tint from the value up to here, as the maximum behind an average.
    package var peak: Double?
    /// Out of tolerance: red.
    package var isBad: Bool

    package init(label: String, value: Double?, peak: Double? = nil, isBad: Bool = false) {
      self.label = label
      self.value = value
      self.peak = peak
      self.isBad = isBad
    }
  }

  /// Cells for the chart's span, in the chart's zone.
  package struct Calendar: Hashable, Sendable {
    package enum Shape: Hashable, Sendable {
      /// One column a day, one row an hour of the wall clock.
      case hours
      /// One cell a day, weeks as columns.
      case days
    }

    package enum State: Hashable, Sendable {
      case good
      /// Out of tolerance for so many minutes; the tints say how long.
      case bad(minutes: Double)
      case planned
      case excluded
      case unknown
      /// A number: the darker, the larger.
      case value(Double)
    }

    package struct Cell: Hashable, Sendable {
      /// Any time inside the hour or the day.
      package var at: Instant
      package var state: State

      package init(at: Instant, state: State) {
        self.at = at
        self.state = state
      }
    }

    package var shape: Shape
    /// Two cells of one place, as the hour that a clock change repeats, show the worse one.
    package var cells: [Cell]
    /// The minutes from which a bad cell has the second and the third tint.
    package var minutes: [Double]

    package init(shape: Shape, cells: [Cell], minutes: [Double]? = nil) {
      self.shape = shape
      self.cells = cells
      self.minutes = minutes ?? (shape == .hours ? [5, 15] : [15, 60])
    }
  }
}
