import Model

/// Layers on top of each other: the running sums, bottom to top, unknown where no layer is known.
struct Stack {
  /// `[layer][column]`, not a number where nothing is known; a layer that is unknown adds nothing.
  private(set) var tops: [[Double]] = []

  init(_ traces: [Trace], columns: Int) {
    var sums = [Double](repeating: .nan, count: columns)
    for trace in traces {
      // What is below zero has no height.
      for (column, value) in trace.line.enumerated() where !value.isNaN {
        sums[column] = min((sums[column].isNaN ? 0 : sums[column]) + max(0, value), largestNumber)
      }
      tops.append(sums)
    }
  }

  var highest: Double { tops.last?.filter { !$0.isNaN }.max() ?? 0 }
}

extension Plot {
  mutating func drawStack(_ stack: Stack) {
    layGrounds()
    drawGrid()
    // From the top layer down, each over the one above it, so that an edge shows its two colours.
    for layer in stack.tops.indices.reversed() { fill(stack.tops[layer], Ink.layer(layer)) }
    drawHairlines()
    drawAxes()
    drawLane()
    drawTitle()
    if layout.hasLegend { drawStackLegend() }
  }

  private mutating func fill(_ tops: [Double], _ ink: Ink) {
    let entry = canvas.palette.solid(ink)
    let bottom = canvas.device(layout.bottom)
    for column in 0..<columns where !tops[column].isNaN {
      let edge = y(tops[column]) * scale
      let row = Int(edge.rounded(.down))
      let x = firstColumn + column
      canvas.blend(x, row, ink, Int(((Double(row + 1) - edge) * Double(Palette.levels)).rounded()))
      canvas.fill(column: x, min(row + 1, bottom)..<bottom, entry)
    }
  }

  private mutating func drawStackLegend() {
    let statistics = chart.series.map(\.numbers)
    let sum = Statistics(chart.summed, isConsolidated: chart.series.contains { $0.isConsolidated })
    let places = decimals(forMean: (sum?.average.magnitude ?? 0) / values.prefix.factor)
    var rows = chart.series.indices.prefix(Self.mostRows).map { index in
      LegendRow(
        swatch: .box(Ink.layer(index)), name: chart.series[index].label, numbers: numbers(statistics[index], places))
    }
    rows.reverse()
    if chart.series.count > 1 {
      rows.append(
        LegendRow(swatch: .none, name: "all of the above", numbers: numbers(sum, places), note: maximumNote(sum)))
    }
    drawLegend(values.unit, rows, samples: sampleCount([sum].compactMap(\.self)))
  }
}

extension Chart {
  /// The sum of all series where any is known.
  var summed: [Sample] {
    var sums: [Instant: Double] = [:]
    for one in series {
      for sample in one.samples where sample.value?.isFinite == true {
        sums[sample.slot] = clamped((sums[sample.slot] ?? 0) + clamped(sample.value))
      }
    }
    return sums.map { Sample(slot: $0.key, value: $0.value) }.sorted { $0.slot < $1.slot }
  }
}
