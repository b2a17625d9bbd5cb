import Glyphs
import Model

extension Layout {
  /// One lane of 14 pixels and the axis of times.
  var asStrip: Layout {
    var layout = self
    layout.top = periodLine == nil ? (hasLegend ? 22 : 18) : 36
    layout.plotHeight = 14
    layout.foot = hasLegend ? 36 : 18
    return layout
  }
}

/// States over time in one lane: good recedes, bad stands out of it on both sides.
func strip(_ chart: Chart, _ layout: Layout, scale: Int, fonts: FontBook) -> Canvas {
  var plot = Plot(chart, layout.asStrip, scale: scale, fonts: fonts, range: 0...1, top: nil)
  plot.drawStrip()
  return plot.canvas
}

extension Plot {
  fileprivate mutating func drawStrip() {
    drawUnclaimed()
    for mark in laneMarks({ _ in true }) { drawState(mark.kind, Box(mark.left, layout.top, mark.right, layout.bottom)) }
    _ = drawEvents(Box(layout.left, layout.top - 6, layout.right, layout.top))
    drawTimes(from: layout.bottom + 1)
    if chart.bands.isEmpty { canvas.say(chart.emptyText, in: frame) }
    canvas.heading(
      chart.title, unit: "", period: layout.isSmall ? Words.length(chart.span.seconds) : words.period(chart.span),
      layout)
  }

  /// What is yet to come, or what nobody says anything of: a dotted line.
  private mutating func drawUnclaimed() {
    let y = (layout.top + layout.bottom) / 2
    let entry = canvas.palette.tinted(.unknownLine)
    for x in stride(from: layout.left, to: layout.right, by: 4) { canvas.fill(Box(x, y, x + 1, y + 1), entry) }
  }

  private mutating func drawState(_ kind: Chart.Band.Kind, _ box: Box) {
    canvas.fill(box, .background)
    canvas.drawState(kind, box)
  }
}

extension Canvas {
  /// A state in a lane as high as the box.
  mutating func drawState(_ kind: Chart.Band.Kind, _ box: Box) {
    let inset = ((box.bottom - box.top) * 3 / 14).rounded()
    let lane = Box(box.left, box.top + inset, box.right, box.bottom - inset)
    switch kind {
    case .good: fill(lane, .ok)
    case .breach: fill(box, .bad)
    case .degraded:
      fill(lane, .ok)
      fill(Box(lane.left, (lane.top + lane.bottom) / 2, lane.right, lane.bottom), .warn)
    case .unknown:
      fill(lane, palette.tinted(.unknown))
      hatch(lane, period: 6, .unknownHatch, falls: true)
      frame(lane, palette.tinted(.unknownLine))
    case .planned:
      fill(lane, palette.tinted(.planned))
      let entry = palette.solid(.planned)
      hatch(lane, period: 4) { _, _ in entry }
      frame(lane, entry)
    case .excluded:
      let entry = palette.solid(.planned)
      hatch(lane, period: 4) { _, _ in entry }
      frame(lane, palette.solid(.bad))
    }
  }
}
