import Glyphs
import Model

extension Layout {
  /// With a lane of losses below the plot.
  func withLossLane() -> Layout {
    var layout = self
    layout.lane = 22
    return layout
  }
}

/// The highest value of a latency axis: above the medians, and above the slowest answers of nearly all rounds.
func latencyCeiling(_ rounds: [Round]) -> Double {
  let median = rounds.compactMap { $0.median }.max() ?? 0
  let slowest = rounds.compactMap { $0.answers.last }.sorted()
  guard !slowest.isEmpty else { return median }
  return max(median * 1.25, slowest[max(0, (95 * slowest.count + 99) / 100 - 1)])
}

extension Plot {
  mutating func drawLatency(_ rounds: [Round]) {
    layGrounds()
    drawGrid()
    drawHairlines()
    for round in rounds { drawSmoke(round) }
    let hasSmoke = rounds.contains { $0.answers.count > 1 }
    if !hasSmoke { connectMedians() }
    for round in rounds where hasSmoke || round.loss ?? 0 > 0 { drawMedian(round) }
    drawLimits()
    if layout.lane > 0 { drawLossLane(rounds) }
    drawAxes()
    drawLane()
    drawTitle()
    if layout.hasLegend { drawLatencyLegend(rounds) }
  }

  /// In CSS pixels, on the grid of device pixels, at least one device pixel wide.
  private func edges(_ round: Round) -> (left: Double, right: Double) {
    let left = layout.left + round.left.rounded() / scale
    return (left, max(left + 1 / scale, layout.left + round.right.rounded() / scale))
  }

  /// Nested ranges of the answers; the more of them, the darker.
  private mutating func drawSmoke(_ round: Round) {
    guard round.answers.count > 1, let slowest = round.answers.last else { return }
    let (left, right) = edges(round)
    for (density, share) in [0, 0.1, 0.2, 0.35].enumerated() {
      let top = canvas.snapped(y(round.quantile(1 - share)))
      let bottom = max(canvas.snapped(y(round.quantile(share))), top + 1)
      canvas.fill(
        Box(left, top, right, min(bottom, layout.bottom)), canvas.palette.tinted(.smoke(density)))
    }
    if slowest > values.high { canvas.fill(Box(left, layout.top - 1, right, layout.top + 1), .ink) }
  }

  /// Without smoke nothing leads the eye from one median to the next.
  private mutating func connectMedians() {
    guard let series = chart.series.first else { return }
    for run in Trace(series, chart, columns: columns).runs {
      canvas.polyline(
        placed(run), thickness: layout.thickness, .loss0,
        clip: Box(layout.left, layout.top - 2, layout.right + 1, layout.bottom))
    }
  }

  private mutating func drawMedian(_ round: Round) {
    guard let median = round.median else { return }
    let (left, right) = edges(round)
    let y = canvas.snapped(y(median))
    canvas.fill(Box(left, y - 1, right, y + 1), Ink.loss(round.loss ?? 0))
  }

  private mutating func drawLimits() {
    for limit in chart.visibleLimits(values.high) where limit.value <= values.high {
      let y = canvas.snapped(y(limit.value))
      canvas.dashes(from: layout.left, to: layout.right, y: y, on: 5, off: 3, .bad)
      let room = layout.width - layout.right - 9
      if layout.isWide {
        canvas.text(
          canvas.fitted(limit.label.printable(limit: 60), room: room), x: layout.right + 9, y: y + 4, .badText)
      }
    }
  }

  /// One bar for each round with a loss, full at 20 %.
  private mutating func drawLossLane(_ rounds: [Round]) {
    let (top, bottom) = (layout.bottom + 6, layout.bottom + layout.lane)
    for round in rounds {
      guard let loss = round.loss, loss > 0 else { continue }
      let (left, right) = edges(round)
      let height = max(2, min(1, loss / 20) * (bottom - top))
      canvas.fill(Box(left, bottom - height, right, bottom), Ink.loss(loss))
    }
    canvas.fill(Box(layout.left, bottom, layout.right, bottom + 1), canvas.palette.tinted(.tick))
    canvas.text("loss", x: layout.labels, y: bottom - 3, .quietText, .regular, .right)
    for mark in marks where mark.kind == .unknown {
      canvas.frame(Box(mark.left, top, mark.right, bottom + 1), canvas.palette.tinted(.unknownLine))
    }
  }

  /// Where a latency chart has no room for a lane, its line bears the colours of its losses.
  mutating func drawLosses(along trace: Trace) {
    guard chart.isLatency else { return }
    let line = trace.line
    for round in chart.rounds(columns: columns) {
      guard let loss = round.loss, loss > 0 else { continue }
      // Two pixels wide at least, or one round of a week would not be seen.
      let left = layout.left + round.left.rounded() / scale
      let right = max(left + 2, layout.left + round.right.rounded() / scale)
      let column = min(columns - 1, max(0, Int(round.left.rounded())))
      let y = canvas.snapped(line[column].isNaN ? layout.bottom - 2 : self.y(line[column]))
      canvas.fill(Box(left, y - 1, min(right, layout.right), y + 2), Ink.loss(loss))
    }
  }

  // MARK: Legend

  private mutating func drawLatencyLegend(_ rounds: [Round]) {
    guard case .latency(let loss, let packets) = chart.kind else { return }
    let medians = chart.series.first?.numbers
    let places = decimals(forMean: (medians?.average.magnitude ?? 100) / values.prefix.factor)
    let name = chart.series.first?.label ?? "median"
    var rows = [LegendRow(swatch: .line(.loss0), name: "\(name), \(values.unit)", numbers: numbers(medians, places))]
    if let spread = Statistics(spreads) {
      rows.append(
        LegendRow(
          swatch: .tint(.smoke(1)), name: "spread (IQR), \(values.unit)", numbers: numbers(spread, places)))
    }
    let losses = Statistics(loss, isConsolidated: chart.series.first?.isConsolidated == true)
    rows.append(LegendRow(swatch: .box(.loss20), name: "loss, %", numbers: percentages(losses)))
    let word = packets.isEmpty ? "rounds" : "rounds of \(packets.count)"
    drawLegend("", rows, samples: sampleCount(losses?.count ?? medians?.count ?? 0, word) + floorNote)
    drawLossKey(rows: rows.count)
  }

  private func percentages(_ losses: Statistics?) -> [String] {
    guard let losses else { return [String](repeating: noNumber, count: 4) }
    return [losses.now, losses.average, losses.maximum, losses.percentile95].map { decimal($0, 1) }
  }

  /// What the colours of the medians mean: on the right of the last row, or in a row of its own.
  private mutating func drawLossKey(rows: Int) {
    if layout.isWide {
      let y = layout.legendTop + 15 * Double(rows)
      var x = layout.width
      for (name, ink) in Self.lossKey.reversed() {
        x -= canvas.width(of: name)
        canvas.text(name, x: x, y: y, .quietText)
        canvas.fill(Box(x - 15, y - 8, x - 4, y), ink)
        x -= 25
      }
      canvas.text("loss", x: x, y: y, .quietText, .regular, .right)
    } else {
      let y = layout.legendTop + 15 * Double(rows) + 17
      var x = 0.0
      for (name, ink) in Self.lossKey {
        canvas.fill(Box(x, y - 8, x + 11, y), ink)
        x += 26 + canvas.text(name, x: x + 16, y: y, .quietText)
      }
    }
  }

  private static let lossKey: [(String, Ink)] = [
    ("0 %", .loss0), ("≤ 5 %", .loss5), ("≤ 20 %", .loss20), ("≤ 50 %", .loss50), ("> 50 %", .lossMore),
  ]
}

extension Round {
  /// The range of the middle half of the answers.
  var spread: Sample? {
    answers.count > 1 ? Sample(slot: slot, value: quantile(0.75) - quantile(0.25)) : nil
  }
}
