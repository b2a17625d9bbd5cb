package import Model

/// Which metrics of a job share a picture; a metric no definition names gets a picture of its own.
///
/// A job with instances gets one picture for each instance that has any of the metrics.
package struct GraphDefinition: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The first metric filled, the others lines.
    case lines
    /// Metrics on top of each other, first at the bottom.
    case stack
    /// Medians with their loss, from the metrics `loss` and `median`.
    case latency
  }

  package struct Line: Hashable, Sendable {
    package var metric: String
    package var label: String

    package init(metric: String, label: String) {
      self.metric = metric
      self.label = label
    }
  }

  package var name: String
  package var title: String
  package var job: JobID
  package var kind: Kind
  package var lines: [Line]
  /// The axis ends here at least, e.g. 100 for percentages.
  package var top: Double?

  package init(name: String, title: String, job: JobID, kind: Kind, lines: [Line], top: Double? = nil) {
    self.name = name
    self.title = title
    self.job = job
    self.kind = kind
    self.lines = lines
    self.top = top
  }
}
