import Model

extension Chart {
  /// Whether a series of a mirror hangs below the axis.
  func isBelow(_ index: Int) -> Bool {
    kind == .mirror && (series[index].isBelow ?? !index.isMultiple(of: 2))
  }
}

extension Trace {
  /// For one side of a mirror: what is below zero has no height, and what hangs below the axis is negative.
  func mirrored(below: Bool) -> Trace {
    var trace = self
    for run in trace.runs.indices {
      for place in trace.runs[run].indices {
        let height = max(0, trace.runs[run][place].y)
        trace.runs[run][place].y = below ? -height : height
      }
    }
    func held(_ edge: [Double]) -> [Double] {
      edge.map { $0.isNaN ? $0 : below ? -max(0, $0) : max(0, $0) }
    }
    trace.peaks = held(below ? lows : peaks)
    trace.lows = held(below ? peaks : lows)
    return trace
  }
}
