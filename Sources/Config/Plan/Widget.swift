package import Formula
package import Model

/// One thing a page of one's own shows.
package struct Widget: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case graph(GraphName, Period)
    case value(SeriesID, Thresholds)
    case formula(Formula, Unit?, Thresholds)
    case table(Selector, [Column], Ranking)
    /// A bar for each series.
    case top(Selector, Ranking)
    /// Hosts, each by its name.
    case status([String])
    case problems([String])
    /// Objectives, each by its name.
    case objectives([String])
    case calendar(String, Cells)
    /// Markdown.
    case text(String)
  }

  package enum GraphName: Hashable, Sendable {
    /// A graph without a job.
    case own(String)
    /// A graph of a job, or the metric it shows.
    case ofJob(RowID, String)
  }

  package enum Period: String, Hashable, Sendable, CaseIterable { case day, week, month, year }

  package enum Column: String, Hashable, Sendable, CaseIterable { case now, average, highest, lowest, sparkline }

  package enum Cells: String, Hashable, Sendable, CaseIterable { case hours, days }

  /// Which series come first, and how many.
  package struct Ranking: Hashable, Sendable {
    package enum Order: String, Hashable, Sendable, CaseIterable { case most, least, name }

    package var order: Order
    package var count: Int

    package init(order: Order = .most, count: Int = 10) {
      self.order = order
      self.count = count
    }
  }

  /// `nil`: what the content is called.
  package var title: String?
  /// Columns.
  package var span: Int
  package var content: Content

  package init(_ content: Content, title: String? = nil, span: Int = 1) {
    self.content = content
    self.title = title
    self.span = span
  }
}

/// From where on a number needs a look, and from where on it is bad.
package struct Thresholds: Hashable, Sendable {
  package enum State: Hashable, Sendable { case good, warning, bad }

  package var warnAbove: Double?
  package var badAbove: Double?
  package var warnBelow: Double?
  package var badBelow: Double?

  package init(
    warnAbove: Double? = nil, badAbove: Double? = nil, warnBelow: Double? = nil, badBelow: Double? = nil
  ) {
    self.warnAbove = warnAbove
    self.badAbove = badAbove
    self.warnBelow = warnBelow
    self.badBelow = badBelow
  }

  package var isEmpty: Bool { self == Thresholds() }

  package func state(of value: Double) -> State {
    if badAbove.map({ value > $0 }) ?? false || badBelow.map({ value < $0 }) ?? false { return .bad }
    return warnAbove.map { value > $0 } ?? false || warnBelow.map { value < $0 } ?? false ? .warning : .good
  }
}
