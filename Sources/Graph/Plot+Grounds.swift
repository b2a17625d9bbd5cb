import Model

/// A bar above the plot, from `left` to `right` in CSS pixels.
struct LaneMark {
  var kind: Chart.Band.Kind
  var left: Double
  var right: Double
  var label: String
}

extension Plot {
  /// Full-height tints for what was not measured, what was planned or left out and what was out of tolerance.
  mutating func layGrounds() {
    let named = laneMarks { $0 != .good && $0 != .unknown }
    let unknown = unknown(besides: named.filter { $0.kind != .degraded })
    marks = unknown + named
    for mark in marks { lay(mark) }
  }

  private mutating func lay(_ mark: LaneMark) {
    let box = Box(mark.left, layout.top, mark.right, layout.bottom)
    switch mark.kind {
    case .unknown:
      canvas.tint(box, .unknown)
      canvas.hatch(box, period: 6, .unknownHatch, falls: true)
    case .breach: canvas.tint(box, .breach)
    case .planned, .excluded:
      canvas.tint(box, .planned)
      canvas.hatch(box, period: 6, .hatch)
    case .good, .degraded: break
    }
  }

  /// The bands of some kinds, the least important first, those of one kind from left to right.
  func laneMarks(_ isWanted: (Chart.Band.Kind) -> Bool) -> [LaneMark] {
    Chart.Band.Kind.allCases.filter(isWanted).flatMap { kind in
      Self.joined(chart.bands.filter { $0.kind == kind }.compactMap(mark).sorted { $0.left < $1.left })
    }
  }

  private func mark(_ band: Chart.Band) -> LaneMark? {
    let span = band.span.intersection(chart.span)
    guard !span.isEmpty else { return nil }
    let (left, right) = edges(span)
    return LaneMark(kind: band.kind, left: left, right: right, label: band.label)
  }

  /// What is nearer than a pixel is one, so a host that flaps costs no more than the plot is wide.
  private static func joined(_ marks: [LaneMark]) -> [LaneMark] {
    marks.reduce(into: []) { joined, mark in
      if let last = joined.last, mark.left - last.right < 1 {
        let isWider = mark.right - mark.left > last.right - last.left
        joined[joined.count - 1].right = max(last.right, mark.right)
        if isWider || last.label.isEmpty { joined[joined.count - 1].label = mark.label }
      } else {
        joined.append(mark)
      }
    }
  }

  /// At least two pixels wide, inside the plot.
  private func edges(_ span: Span) -> (Double, Double) {
    let left = min(canvas.snapped(x(span.from)), layout.right - 2)
    return (left, max(canvas.snapped(x(span.to)), left + 2))
  }

  /// Where a band says why there is nothing, nothing more is said.
  private func unknown(besides others: [LaneMark]) -> [LaneMark] {
    let gaps = chart.unknownSpans.map { span in
      let isLast = span.to >= chart.horizon && !chart.isPast
      let label = isLast ? "no data since \(words.near(span.from, chart.span.to))" : "no data"
      let (left, right) = edges(span)
      return LaneMark(kind: .unknown, left: left, right: right, label: label)
    }
    let told = laneMarks { $0 == .unknown }
    let all = Self.joined((told + gaps).sorted { $0.left < $1.left })
    return Self.joined(Self.pieces(of: all, besides: others.sorted { $0.left < $1.left }))
  }

  /// What others do not cover, if it is as wide as a pixel; both come from left to right.
  private static func pieces(of marks: [LaneMark], besides others: [LaneMark]) -> [LaneMark] {
    var pieces: [LaneMark] = []
    var next = 0
    for mark in marks {
      var rest = mark
      while next < others.count, others[next].right <= rest.left { next += 1 }
      for other in others[next...] where other.right > rest.left {
        guard other.left < rest.right else { break }
        var piece = rest
        piece.right = other.left
        if piece.right - piece.left >= 1 { pieces.append(piece) }
        rest.left = other.right
      }
      if rest.right - rest.left >= 1 { pieces.append(rest) }
    }
    return pieces
  }

  // MARK: The lane

  mutating func drawLane() {
    let (top, height) = layout.isSmall ? (layout.top - 3, 3.0) : (layout.top - 8, 6.0)
    for mark in marks { drawBar(mark, Box(mark.left, top, mark.right, top + height)) }
    let events = drawEvents(Box(layout.left, top, layout.right, top + height))
    if !layout.isSmall { labelLane(events) }
  }

  private mutating func drawBar(_ mark: LaneMark, _ box: Box) {
    switch mark.kind {
    case .good: break
    case .breach: canvas.fill(box, .bad)
    case .degraded: canvas.fill(Box(box.left, (box.top + box.bottom) / 2, box.right, box.bottom), .warn)
    case .unknown: canvas.frame(box, canvas.palette.tinted(.unknownLine))
    case .planned:
      let entry = canvas.palette.solid(.planned)
      canvas.frame(box, entry)
      if !layout.isSmall { canvas.hatch(box, period: 4) { _, _ in entry } }
    case .excluded:
      let entry = canvas.palette.solid(.planned)
      canvas.hatch(box, period: 4) { _, _ in entry }
      canvas.frame(box, canvas.palette.solid(.bad))
    }
  }

  /// Left of its bar, else right of it, else nowhere. What matters most is placed first; events come last.
  private mutating func labelLane(_ events: [LaneEvent]) {
    var taken = marks.map { ($0.left, $0.right) } + events.map { ($0.left, $0.right) }
    for mark in marks.reversed().prefix(Self.mostLabels) where !mark.label.isEmpty {
      place(mark.label, at: (mark.left, mark.right), mark.ink, isLeftFirst: true, &taken)
    }
    for event in events.prefix(Self.mostLabels) where !event.label.isEmpty {
      place(event.label, at: (event.left, event.right), .quietText, isLeftFirst: false, &taken)
    }
  }

  private mutating func place(
    _ label: String, at bar: (left: Double, right: Double), _ ink: Ink, isLeftFirst: Bool,
    _ taken: inout [(Double, Double)]
  ) {
    let text = canvas.fitted(label.printable(limit: 80), room: 180)
    let width = canvas.width(of: text)
    let (before, after) = (bar.left - 5 - width, bar.right + 5)
    let free = (isLeftFirst ? [before, after] : [after, before]).first { left in
      left >= layout.left - 4 && left + width <= layout.right + 30
        && !taken.contains { left < $0.1 + 3 && left + width > $0.0 - 3 && $0 != bar }
    }
    guard let free else { return }
    canvas.text(text, x: free, y: layout.top - 1, ink)
    taken.append((free, free + width))
  }

  private static let mostLabels = 40
}

extension LaneMark {
  fileprivate var ink: Ink {
    switch kind {
    case .good, .unknown, .degraded: .quietText
    case .planned, .excluded: .plannedText
    case .breach: .badText
    }
  }
}
