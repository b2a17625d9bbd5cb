package import Model

/// A picture before it is drawn: what, over which time, with which marks.
package struct Chart: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The first series filled, the others lines.
    case lines
    /// On top of each other, first at the bottom.
    case stack
    /// One series of medians; `loss` in percent colours them and fills the lane below; `packets` are the sorted
    /// answers, one series for each rank, for the smoke.
    case latency(loss: [Sample], packets: [[Sample]])
  }

  package struct Series: Hashable, Sendable {
    package var label: String
    package var samples: [Sample]
    /// The highest (and the lowest, if wanted) of each sample's stretch where samples are averages of several slots;
    /// else empty. Drawn as a tint up to the highest.
    package var peaks: [Sample]

    package init(label: String, samples: [Sample], peaks: [Sample] = []) {
      self.label = label
      self.samples = samples
      self.peaks = peaks
    }
  }

  /// A stretch of time that is marked over the full height.
  package struct Band: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case breach, planned }

    package var kind: Kind
    package var span: Span
    package var label: String

    package init(kind: Kind, span: Span, label: String) {
      self.kind = kind
      self.span = span
      self.label = label
    }
  }

  package struct Limit: Hashable, Sendable {
    package var value: Double
    package var label: String

    package init(value: Double, label: String) {
      self.value = value
      self.label = label
    }
  }

  package var kind: Kind
  /// `HOST · WHAT`; text from outside is data and may hold anything.
  package var title: String
  package var unit: Unit
  package var series: [Series]
  package var span: Span
  /// Seconds between samples.
  package var step: Int
  package var zone: Zone
  package var bands: [Band]
  package var limits: [Limit]
  /// The axis ends here at least.
  package var top: Double?
  /// Said in the middle while there is no sample at all.
  package var emptyText: String
  /// The span ends before now: what is missing at its end may have come later.
  package var isPast: Bool

  package init(
    kind: Kind = .lines, title: String, unit: Unit, series: [Series], span: Span, step: Int, zone: Zone,
    bands: [Band] = [], limits: [Limit] = [], top: Double? = nil, emptyText: String = "Nothing collected yet.",
    isPast: Bool = false
  ) {
    self.kind = kind
    self.title = title
    self.unit = unit
    self.series = series
    self.span = span
    self.step = step
    self.zone = zone
    self.bands = bands
    self.limits = limits
    self.top = top
    self.emptyText = emptyText
    self.isPast = isPast
  }
}

/// The formats of the site: how wide, how high, what is on it.
package enum ChartFormat: String, Hashable, Sendable, CaseIterable {
  /// 760 pixels wide, with legend.
  case large
  /// 360 pixels wide, with legend, for phones.
  case narrow
  /// 360 × 93, no legend: beside a large one of the same thing. It says its period and, on the right, average, maximum
  /// and 95th of the first series in place of the title.
  case small
  /// 360 × 141, no legend: one stretch of bad time in a report.
  case evidence
  /// 120 × 24, a line and nothing else.
  case sparkline
}

/// A finished picture, light and dark: the same pixels with another palette.
package struct Picture: Hashable, Sendable {
  package var light: [UInt8]
  package var dark: [UInt8]
  /// In CSS pixels: what `width` and `height` of the `<img>` say at any scale.
  package var width: Int
  package var height: Int
  /// What the picture lacks, and the way out, e.g. its words where no font is installed.
  package var problem: String?

  package init(light: [UInt8], dark: [UInt8], width: Int, height: Int, problem: String? = nil) {
    self.light = light
    self.dark = dark
    self.width = width
    self.height = height
    self.problem = problem
  }
}

/// A text a picture carries in its file, such as the newest slot it shows.
package struct PictureStamp: Hashable, Sendable {
  /// Of 1 to 79 letters of Latin 1, as PNG wants it.
  package var name: String
  package var text: String

  package init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}
