import Model
import Series
import Site

/// Samples for pages and pictures; a series that cannot be read has none.
struct Samples {
  private let reader: SeriesReader
  private let catalogue: Catalogue

  init(_ store: SeriesStore, _ catalogue: Catalogue) {
    reader = SeriesReader(store)
    self.catalogue = catalogue
  }

  var windows: SiteInput.Window {
    let (reader, catalogue) = (reader, catalogue)
    return { name, span, resolution in
      guard let entry = catalogue[name], let window = try? reader.window(entry, span, resolution: resolution) else {
        return SeriesWindow(series: name, step: resolution ?? 60, unit: .none, samples: [])
      }
      return window
    }
  }

  /// The lowest and highest values behind averages of half an hour and more, as rows of the files; finer ones have none.
  var rows: SiteInput.Peaks {
    let (reader, catalogue) = (reader, catalogue)
    return { name, span, resolution in
      guard resolution >= 1_800, let entry = catalogue[name],
        let envelope = try? reader.envelope(entry, span, resolution: resolution)
      else { return ([], []) }
      return (envelope.low, envelope.high)
    }
  }

  /// The lowest and highest single step behind averages, however fine: for a few pictures, whatever it costs to count.
  var extremes: SiteInput.Peaks {
    let (reader, catalogue) = (reader, catalogue)
    return { name, span, resolution in
      guard let entry = catalogue[name], let window = try? reader.window(entry, span, resolution: resolution),
        let extremes = try? reader.extremes(behind: window, of: entry)
      else { return ([], []) }
      return extremes
    }
  }
}
