package import Graph
package import Model

/// A picture somebody asks for by name.
package struct ChartRequest: Sendable {
  package enum Subject: Hashable, Sendable {
    /// A series, a pattern of series, `host/job`, a graph or an instance of a job, a host, or a graph of one's own.
    case named(String)
    /// A formula as it is written.
    case formula(String)
  }

  package var subject: Subject
  package var span: Span
  /// In place of what the picture would be called.
  package var title: String?
  package var isLogarithmic: Bool

  package init(_ subject: Subject, span: Span, title: String? = nil, isLogarithmic: Bool = false) {
    self.subject = subject
    self.span = span
    self.title = title
    self.isLogarithmic = isLogarithmic
  }
}

/// A chart that was asked for.
package struct RequestedChart: Sendable {
  /// Fit for a file.
  package var name: String
  /// What names just this picture.
  package var subject: String
  package var chart: Chart
  /// What a reader should know, such as what a percentile is made of.
  package var notes: [String] = []
  /// Lines that are missing, with why.
  package var problems: [String] = []
}

/// Why there is no picture, and the way out.
package struct ChartRequestError: Error, Hashable, CustomStringConvertible {
  package var description: String

  init(_ description: String) { self.description = description }
}

/// The charts a request names, in the order of the page they stand on: those of a job or a host may be several.
///
/// They are drawn from the finest samples there are of their time, so that no peak is averaged away; averages of what is
/// kept no longer show how low and how high they reached, as far as `input.peaks` tells.
package func charts(_ request: ChartRequest, from input: SiteInput) throws -> [RequestedChart] {
  let press = Press(input, templates: try Templates()) { _ in }
  return try press.charts(request)
}
