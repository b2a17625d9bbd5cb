import Model

/// A bar above the plot, from `left` to `right` in CSS pixels.
struct LaneMark {
  enum Kind { case unknown, planned, breach }

  var kind: Kind
  var left: Double
  var right: Double
  var label: String
}

extension Plot {
  /// Full-height tints for what was not measured, what was planned and what was out of tolerance.
  mutating func layGrounds() {
    let planned = chart.bands.filter { $0.kind == .planned }.compactMap(mark)
    let breaches = chart.bands.filter { $0.kind == .breach }.compactMap(mark)
    marks = unknown(besides: planned + breaches) + planned + breaches
    for mark in marks { lay(mark) }
  }

  private mutating func lay(_ mark: LaneMark) {
    let box = Box(mark.left, layout.top, mark.right, layout.bottom)
    switch mark.kind {
    case .unknown: canvas.tint(box, .unknown)
    case .breach: canvas.tint(box, .breach)
    case .planned:
      canvas.tint(box, .planned)
      canvas.hatch(box, period: 6) { $0.tinted(.hatch, over: $1) }
    }
  }

  private func mark(_ band: Chart.Band) -> LaneMark? {
    let span = band.span.intersection(chart.span)
    guard !span.isEmpty else { return nil }
    let (left, right) = edges(span)
    let kind: LaneMark.Kind = band.kind == .planned ? .planned : .breach
    return LaneMark(kind: kind, left: left, right: right, label: band.label.printable(limit: 80))
  }

  /// At least two pixels wide, inside the plot.
  private func edges(_ span: Span) -> (Double, Double) {
    let left = min(canvas.snapped(x(span.from)), layout.right - 2)
    return (left, max(canvas.snapped(x(span.to)), left + 2))
  }

  /// Where a band says why there is nothing, nothing more is said.
  private func unknown(besides others: [LaneMark]) -> [LaneMark] {
    var marks: [LaneMark] = []
    for span in chart.unknownSpans {
      let isLast = span.to >= chart.span.to && !chart.isPast
      let label = isLast ? "no data since \(words.near(span.from, chart.span.to))" : "no data"
      let (left, right) = edges(span)
      for piece in Self.pieces(of: (left, right), besides: others) {
        // Gaps nearer than a pixel are one, so a host that flaps costs no more than the plot is wide.
        if let last = marks.last, piece.0 - last.right < 1 {
          marks[marks.count - 1].right = max(last.right, piece.1)
        } else {
          marks.append(LaneMark(kind: .unknown, left: piece.0, right: piece.1, label: label))
        }
      }
    }
    return marks
  }

  private static func pieces(of whole: (Double, Double), besides others: [LaneMark]) -> [(Double, Double)] {
    var pieces = [whole]
    for other in others {
      pieces = pieces.flatMap { piece in
        guard other.left < piece.1, piece.0 < other.right else { return [piece] }
        return [(piece.0, other.left), (other.right, piece.1)].filter { $0.1 - $0.0 >= 1 }
      }
    }
    return pieces
  }

  // MARK: The lane

  mutating func drawLane() {
    let (top, height) = layout.isSmall ? (layout.top - 3, 3.0) : (layout.top - 8, 6.0)
    for mark in marks { drawBar(mark, Box(mark.left, top, mark.right, top + height)) }
    if !layout.isSmall { labelLane() }
  }

  private mutating func drawBar(_ mark: LaneMark, _ box: Box) {
    switch mark.kind {
    case .breach: canvas.fill(box, .bad)
    case .unknown: canvas.frame(box, canvas.palette.tinted(.unknownLine))
    case .planned:
      let entry = canvas.palette.solid(.planned)
      canvas.frame(box, entry)
      if !layout.isSmall { canvas.hatch(box, period: 4) { _, _ in entry } }
    }
  }

  /// Left of its bar, else right of it, else nowhere. What matters most is placed first.
  private mutating func labelLane() {
    var taken = marks.map { ($0.left, $0.right) }
    for mark in marks.reversed() where !mark.label.isEmpty {
      let text = canvas.fitted(mark.label, room: 180)
      let width = canvas.width(of: text)
      let place = [mark.left - 5 - width, mark.right + 5].first { left in
        left >= layout.left - 4 && left + width <= layout.right + 30
          && !taken.contains { left < $0.1 + 3 && left + width > $0.0 - 3 && $0 != (mark.left, mark.right) }
      }
      guard let place else { continue }
      canvas.text(text, x: place, y: layout.top - 1, mark.ink)
      taken.append((place, place + width))
    }
  }
}

extension LaneMark {
  fileprivate var ink: Ink {
    switch kind {
    case .unknown: .quietText
    case .planned: .plannedText
    case .breach: .badText
    }
  }
}
