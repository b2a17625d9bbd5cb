package import Formula
package import Model

/// A picture of any series and of what is worked out from them: a graph without a job, with a page of its own.
package struct OwnGraph: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The first line filled, the others lines.
    case lines
    case areas
    /// On top of each other, first at the bottom.
    case stack
    /// What has the style `mirror` hangs down from the axis; where none has, every second line.
    case mirror
    /// The medians of one ping, with their loss.
    case latency
    /// How often each value was there.
    case histogram
  }

  package enum Scale: String, Hashable, Sendable, CaseIterable { case linear, log }

  package struct Line: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      /// A line for each series it names.
      case series(Selector)
      case formula(Formula)
    }

    package enum Style: String, Hashable, Sendable, CaseIterable { case area, line, stack, mirror, band }

    package var content: Content
    /// `nil`: what the series or the formula is called.
    package var label: String?
    /// What the numbers are, whatever is known of them otherwise.
    package var unit: Unit?
    /// `nil`: as the kind of the graph has it.
    package var style: Style?

    package init(_ content: Content, label: String? = nil, unit: Unit? = nil, style: Style? = nil) {
      self.content = content
      self.label = label
      self.unit = unit
      self.style = style
    }
  }

  package var name: String
  package var title: String
  package var kind: Kind
  package var scale: Scale
  package var lines: [Line]
  /// The axis ends here at least.
  package var top: Double?
  package var limits: [Limit]
  /// Of the first line, 1 to 100: a dashed line.
  package var percentile: Double?
  /// The host whose page shows it as well.
  package var host: String?
  package var location: SourceLocation

  package init(
    name: String, title: String, kind: Kind = .lines, scale: Scale = .linear, lines: [Line], top: Double? = nil,
    limits: [Limit] = [], percentile: Double? = nil, host: String? = nil,
    location: SourceLocation = SourceLocation(file: "", line: 0, column: 0)
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.scale = scale
    self.lines = lines
    self.top = top
    self.limits = limits
    self.percentile = percentile
    self.host = host
    self.location = location
  }
}
