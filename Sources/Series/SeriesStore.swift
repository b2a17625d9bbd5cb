package import Config
package import Model

/// The time series, in RRD files any RRDtool reads: one file for each row, one data source for each metric.
///
/// librrd takes one thread at a time: two are slower than one. So one thread writes, or reads.
package struct SeriesStore: Sendable {
  package let folder: String
  /// Where damaged files go.
  package let quarantine: String
  let retention: Retention

  /// All paths absolute.
  package init(folder: String, quarantine: String, retention: Retention) {
    self.folder = folder
    self.quarantine = quarantine
    self.retention = retention
  }

  /// What a write did.
  package struct Written: Sendable {
    /// Entries that are new, or take the place of older ones of the same series.
    package var additions: [CatalogueEntry] = []
    /// One line for each file or reading with something wrong.
    package var problems: [String] = []
    /// Files that lack slots because they could not be written; what they lack is asked of `recall` once they can be.
    package var behind: Set<String> = []
    /// Rows written, one for each file and slot.
    package var rows = 0
    /// Rows the files had already.
    package var skipped = 0

    package init() {}
  }
}
