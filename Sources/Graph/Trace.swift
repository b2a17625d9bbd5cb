import Model

/// A series over device columns: runs of known points, and nothing between them.
///
/// A sample stands for `[slot, slot + step)`, its point in the middle; runs reach to the outer edges of their samples.
/// Where one column holds several samples their mean is its point, and the largest and the smallest of them are its
/// envelope. What is not known of a column is not a number.
struct Trace {
  /// `x` in device columns from the left edge of the plot, `y` a value.
  var runs: [[Point]] = []
  /// The highest value each column has; empty where nothing rises above the line.
  var peaks: [Double] = []
  /// The lowest value each column has; empty where nothing falls below the line.
  var lows: [Double] = []
  private let columns: Int

  init(_ series: Chart.Series, _ chart: Chart, columns: Int) {
    self.columns = columns
    let axis = ColumnAxis(chart, columns)
    if axis.columnsPerStep < 1 {
      bin(series.samples, chart, axis)
    } else if Self.isInOrder(series.samples) {
      connect(series.samples, chart, axis)
    } else {
      connect(series.samples.sorted { $0.slot < $1.slot }, chart, axis)
    }
    spread(series.peaks, chart, axis, into: &peaks) { max($0, $1) }
    spread(series.lows, chart, axis, into: &lows) { min($0, $1) }
  }

  /// The line's value in each column, not a number between runs.
  var line: [Double] {
    var line = [Double](repeating: .nan, count: columns)
    for run in runs {
      guard let first = run.first, !Self.interpolate(run, into: &line), columns > 0 else { continue }
      // It lies between the middles of two columns, as a lone sample can, and has one all the same.
      line[max(0, min(columns - 1, Int(first.x)))] = first.y
    }
    return line
  }

  /// From the smallest to the largest number of line and envelope; `nil` where nothing is known.
  var range: ClosedRange<Double>? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for run in runs {
      for point in run { (low, high) = (min(low, point.y), max(high, point.y)) }
    }
    for peak in peaks where peak > high { high = peak }
    for least in lows where least < low { low = least }
    return low <= high ? low...high : nil
  }

  /// The last point, if it reaches so near to `right`.
  func end(at right: Double, within tolerance: Double) -> Point? {
    runs.last?.last.flatMap { $0.x >= right - tolerance ? $0 : nil }
  }

  static func isInOrder(_ samples: [Sample]) -> Bool {
    var last = Int.min
    for sample in samples {
      if sample.slot.seconds < last { return false }
      last = sample.slot.seconds
    }
    return true
  }

  // MARK: One sample over several columns

  private mutating func connect(_ samples: [Sample], _ chart: Chart, _ axis: ColumnAxis) {
    var run: [Point] = []
    var end: Instant?
    for sample in samples {
      guard let value = sample.value, value.isFinite, chart.covers(sample) else { continue }
      if let last = end, sample.slot > last {
        close(&run, axis.x(last))
      }
      if run.isEmpty {
        run.reserveCapacity(min(samples.count, columns) + 2)
        run.append(Point(x: max(0, axis.x(sample.slot)), y: clamped(value)))
      }
      append(Point(x: axis.x(sample.slot) + axis.columnsPerStep / 2, y: clamped(value)), to: &run)
      end = sample.slot + axis.step
    }
    if let end { close(&run, axis.x(end)) }
  }

  private func append(_ point: Point, to run: inout [Point]) {
    if let last = run.last, point.x <= last.x { return }
    run.append(point)
  }

  private mutating func close(_ run: inout [Point], _ x: Double) {
    if let last = run.last { append(Point(x: min(x, Double(columns)), y: last.y), to: &run) }
    if !run.isEmpty { runs.append(run) }
    run = []
  }

  // MARK: Several samples in one column

  private mutating func bin(_ samples: [Sample], _ chart: Chart, _ axis: ColumnAxis) {
    var sums = [Double](repeating: 0, count: columns)
    var counts = [Int](repeating: 0, count: columns)
    peaks = [Double](repeating: .nan, count: columns)
    lows = peaks
    for sample in samples {
      guard let value = sample.value, value.isFinite, chart.covers(sample) else { continue }
      let column = axis.column(sample.slot)
      let held = clamped(value)
      sums[column] += held / 1_024
      counts[column] += 1
      // Nothing is greater than what is not a number, so the first one is taken whatever it is.
      if !(peaks[column] >= held) { peaks[column] = held }
      if !(lows[column] <= held) { lows[column] = held }
    }
    join(sums, counts)
  }

  private mutating func join(_ sums: [Double], _ counts: [Int]) {
    var run: [Point] = []
    for column in 0..<columns {
      if counts[column] == 0 {
        finish(&run)
      } else {
        run.append(Point(x: Double(column) + 0.5, y: sums[column] / Double(counts[column]) * 1_024))
      }
    }
    finish(&run)
  }

  private mutating func finish(_ run: inout [Point]) {
    guard let first = run.first, let last = run.last else { return }
    run.insert(Point(x: first.x - 0.5, y: first.y), at: 0)
    run.append(Point(x: last.x + 0.5, y: last.y))
    runs.append(run)
    run = []
  }

  // MARK: An envelope given

  private func spread(
    _ given: [Sample], _ chart: Chart, _ axis: ColumnAxis, into edge: inout [Double],
    _ outer: (Double, Double) -> Double
  ) {
    guard !given.isEmpty, columns > 0 else { return }
    if edge.isEmpty { edge = [Double](repeating: .nan, count: columns) }
    for sample in given {
      guard let value = sample.value, value.isFinite, chart.covers(sample) else { continue }
      let from = max(0, Int(axis.x(sample.slot)))
      let to = min(columns, max(from + 1, Int(axis.x(sample.slot + axis.step))))
      for column in from..<max(from, to) {
        edge[column] = edge[column].isNaN ? clamped(value) : outer(edge[column], clamped(value))
      }
    }
  }

  /// False where the run reaches the middle of no column.
  private static func interpolate(_ run: [Point], into line: inout [Double]) -> Bool {
    var reached = false
    for index in run.indices.dropLast() {
      let (start, end) = (run[index], run[index + 1])
      let from = max(0, Int((start.x - 0.5).rounded(.up)))
      let to = min(line.count - 1, Int((end.x - 0.5).rounded(.down)))
      guard from <= to else { continue }
      reached = true
      for column in from...to {
        let share = (Double(column) + 0.5 - start.x) / (end.x - start.x)
        line[column] = start.y + (end.y - start.y) * share
      }
    }
    return reached
  }
}

/// Time to device columns of the plot.
struct ColumnAxis {
  let from: Instant
  let step: Int
  let columnsPerSecond: Double
  let columns: Int

  init(_ chart: Chart, _ columns: Int) {
    from = chart.span.from
    step = chart.sampleStep
    self.columns = columns
    columnsPerSecond = Double(columns) / Double(max(1, chart.span.seconds))
  }

  var columnsPerStep: Double { Double(step) * columnsPerSecond }

  func x(_ instant: Instant) -> Double { Double(instant - from) * columnsPerSecond }

  /// The column a sample's middle lies in; a sample that begins before the span counts for the first, and one of the
  /// span whose middle lies after it, as the newest does, for the last.
  func column(_ slot: Instant) -> Int {
    max(0, min(columns - 1, Int((x(slot) + columnsPerStep / 2).rounded(.down))))
  }
}
