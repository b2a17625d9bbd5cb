import Model

extension TextPlot {
  /// Each series as a line of dots; where one column holds several samples, from the lowest to the highest of them.
  mutating func drawLines(_ traces: [Trace], inks: [Ink]) {
    drawLimits()
    // The first series lies above the others.
    for (trace, ink) in zip(traces, inks).reversed() { draw(trace, ink) }
    if values.low < 0, values.high > 0 { drawZero() }
  }

  private mutating func draw(_ trace: Trace, _ ink: Ink) {
    let line = trace.line
    var before: Int?
    for x in line.indices {
      let low = trace.lows.isEmpty ? Double.nan : trace.lows[x]
      let high = trace.peaks.isEmpty ? Double.nan : trace.peaks[x]
      guard !line[x].isNaN else {
        // An average may be unknown where a single value is not.
        if !low.isNaN || !high.isNaN { dots(x, spread(low.isNaN ? high : low, high.isNaN ? low : high), ink) }
        before = nil
        continue
      }
      let here = dotRow(line[x])
      dots(x, spread(least(line[x], low), most(line[x], high)), ink)
      if let before, abs(here - before) > 1 { dots(x, here < before ? here...before - 1 : before + 1...here, ink) }
      before = here
    }
  }

  private func least(_ value: Double, _ other: Double) -> Double { other < value ? other : value }
  private func most(_ value: Double, _ other: Double) -> Double { other > value ? other : value }

  private func spread(_ low: Double, _ high: Double) -> ClosedRange<Int> {
    let (top, bottom) = (dotRow(high), dotRow(low))
    return min(top, bottom)...max(top, bottom)
  }

  private mutating func drawZero() {
    let row = dotRow(0) / 4
    for place in 0..<cells where canvas.rows[top + row][left + 1 + place].dots == 0 {
      canvas.put("─", row: top + row, column: left + 1 + place, .quietText)
    }
  }

  mutating func drawLimits() {
    for limit in chart.visibleLimits(values.high) where (values.low...values.high).contains(limit.value) {
      let y = dotRow(limit.value)
      for x in 0..<across where x % 4 < 2 { dots(x, y...y, .bad) }
    }
  }

  /// Layers filled from the ground; without colours nobody could tell them apart, and their edges are drawn alone.
  mutating func drawStack(_ stack: Stack) {
    let ground = dotRow(0)
    for layer in stack.tops.indices.reversed() {
      for (x, top) in stack.tops[layer].enumerated() where !top.isNaN {
        let edge = dotRow(top)
        dots(x, hasColours ? edge...max(edge, ground) : edge...edge, Ink.layer(layer))
      }
    }
  }

  /// The medians in the colour of their loss, over the range of the answers where colours tell the two apart; below them
  /// a lane of losses.
  mutating func drawRounds(_ rounds: [Round]) {
    drawLimits()
    for round in rounds {
      let columns = Int(round.left)..<max(Int(round.left) + 1, min(across, Int(round.right.rounded(.up))))
      if hasColours, let first = round.answers.first, let last = round.answers.last {
        for x in columns { dots(x, spread(first, last), .quietText) }
      }
    }
    for round in rounds {
      guard let median = round.median else { continue }
      let columns = Int(round.left)..<max(Int(round.left) + 1, min(across, Int(round.right.rounded(.up))))
      for x in columns { dots(x, dotRow(median)...dotRow(median), Ink.loss(round.loss ?? 0)) }
    }
    drawLosses(rounds)
  }

  private mutating func drawLosses(_ rounds: [Round]) {
    guard rounds.contains(where: { $0.loss ?? 0 > 0 }) else { return }
    let row = canvas.addRows(1)
    canvas.put(Self.lossLabel.filled(to: left - 1, atEnd: false), row: row, column: 0, .quietText)
    canvas.put("│", row: row, column: left, .quietText)
    var worst = [Double](repeating: 0, count: cells)
    for round in rounds {
      let from = max(0, Int(round.left) / 2)
      for place in from...max(from, min(cells - 1, (Int(round.right.rounded(.up)) - 1) / 2)) where place < cells {
        worst[place] = max(worst[place], round.loss ?? 0)
      }
    }
    for (place, loss) in worst.enumerated() where loss > 0 {
      // Full at 20 %, as in a picture.
      let sign = Array("▁▂▃▄▅▆▇█")[min(7, Int(loss / 20 * 8))]
      canvas.put(String(sign), row: row, column: left + 1 + place, Ink.loss(loss))
    }
  }
}
