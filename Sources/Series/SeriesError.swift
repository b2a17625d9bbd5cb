package import Model

/// Why a series could not be read.
package struct SeriesError: Error, Sendable, CustomStringConvertible {
  package var series: SeriesID
  package var text: String

  package var description: String { "\(series): \(text)" }
}
