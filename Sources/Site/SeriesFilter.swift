import Model

/// A pattern taken apart once, for many series of hosts that fit already.
struct SeriesFilter {
  private let selector: Selector
  /// `nil` where the pattern ends in `**`.
  private let parts: SeriesID?
  private let isMetricExact: Bool
  private let isJobExact: Bool

  init(_ selector: Selector) {
    self.selector = selector
    parts = selector.text.hasSuffix("**") ? nil : SeriesID(selector.text)
    isMetricExact = parts.map { Selector($0.metric).isExact } ?? false
    isJobExact = parts.map { Selector($0.job).isExact } ?? false
  }

  func passes(_ series: SeriesID) -> Bool {
    guard let parts else { return selector.matches(series) }
    guard isMetricExact ? parts.metric == series.metric : glob(parts.metric, series.metric),
      isJobExact ? parts.job == series.job : glob(parts.job, series.job)
    else { return false }
    switch (parts.instance, series.instance) {
    case (nil, nil): return true
    case (let pattern?, let instance?): return pattern == "*" || glob(pattern, instance)
    default: return false
    }
  }
}
