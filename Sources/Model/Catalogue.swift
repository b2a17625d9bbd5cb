/// Where a series lives: its RRD file, the data source inside it, and what the numbers mean.
package struct CatalogueEntry: Hashable, Sendable, Codable {
  package var series: SeriesID
  /// Relative to the series folder; never derived back into a name.
  package var file: String
  /// The RRD data source name: 1 to 19 of `[a-zA-Z0-9_]`.
  package var source: String
  package var unit: Unit
  package var step: Int
  package var since: Instant
  /// Where its history from before `since` is, newest first: another step begins another file.
  package var earlier: [Place]

  /// A data source of a file, and the step of the file.
  package struct Place: Hashable, Sendable, Codable {
    package var file: String
    package var source: String
    package var step: Int

    package init(file: String, source: String, step: Int) {
      self.file = file
      self.source = source
      self.step = step
    }
  }

  package init(
    series: SeriesID, file: String, source: String, unit: Unit, step: Int, since: Instant, earlier: [Place] = []
  ) {
    self.series = series
    self.file = file
    self.source = source
    self.unit = unit
    self.step = step
    self.since = since
    self.earlier = earlier
  }
}

/// Every series known, by name.
package typealias Catalogue = [SeriesID: CatalogueEntry]

/// A window of one series, on its slot grid, oldest first.
package struct SeriesWindow: Hashable, Sendable {
  package var series: SeriesID
  package var step: Int
  package var unit: Unit
  package var samples: [Sample]

  package init(series: SeriesID, step: Int, unit: Unit, samples: [Sample]) {
    self.series = series
    self.step = step
    self.unit = unit
    self.samples = samples
  }
}
