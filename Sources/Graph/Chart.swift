package import Model

/// A picture before it is drawn: what, over which time, with which marks.
package struct Chart: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The first series filled, the others lines; none filled where there are more than four.
    case lines
    /// Every series filled, translucently.
    case areas
    /// On top of each other, first at the bottom.
    case stack
    /// What comes in above the axis, what goes out below it: every second series, or as each one says.
    case mirror
    /// One series of medians; `loss` in percent colours them and fills the lane below; `packets` are the sorted
    /// answers, one series for each rank, for the smoke.
    case latency(loss: [Sample], packets: [[Sample]])
    /// How often each value was measured over the span.
    case histogram
    /// The largest of something, one below the other, in the order given.
    case bars([Bar])
    /// One lane of states, which are the bands; what no band names is not claimed to be anything.
    case strip
    /// Hours or days as cells.
    case calendar(Calendar)
  }

  /// How the value axis is divided.
  package enum Scale: Hashable, Sendable {
    case linear
    /// In decades; what is 0 or less lies at the floor, and the picture says so.
    case log
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
  package var marks: [Mark]
  /// The axis ends here at least.
  package var top: Double?
  package var scale: Scale
  /// Said in the middle while there is no sample at all.
  package var emptyText: String
  /// The span ends before now: what is missing at its end may have come later.
  package var isPast: Bool
  /// Where the span reaches into the future, as a forecast does: what lies after this has not happened yet.
  package var now: Instant?

  package init(
    kind: Kind = .lines, title: String, unit: Unit, series: [Series], span: Span, step: Int, zone: Zone,
    bands: [Band] = [], limits: [Limit] = [], marks: [Mark] = [], top: Double? = nil, scale: Scale = .linear,
    emptyText: String = "Nothing collected yet.", isPast: Bool = false, now: Instant? = nil
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
    self.marks = marks
    self.top = top
    self.scale = scale
    self.emptyText = emptyText
    self.isPast = isPast
    self.now = now
  }
}

/// The formats of the site: how wide, how high, what is on it.
package enum ChartFormat: String, Hashable, Sendable, CaseIterable {
  /// 760 pixels wide, with legend.
  case large
  /// A plot of 500 × 135 with a legend of three numbers, as other tools draw: for pages and mails of one's own.
  case medium
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
