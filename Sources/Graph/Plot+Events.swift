import Model

/// Marks of one place: the shape of the first, and what it says.
struct LaneEvent {
  var kind: Chart.Mark.Kind
  var left: Double
  var right: Double
  var label: String
}

extension Plot {
  /// Dotted, so that they are no edges of days; drawn over areas and under lines.
  mutating func drawHairlines() {
    var last = -Double.infinity
    for mark in events {
      let x = canvas.snapped(min(x(mark.at), layout.right - 1))
      guard x - last >= 3 else { continue }
      last = x
      drawHairline(x)
    }
    if let now = chart.now, now < chart.span.to, now > chart.span.from { drawHairline(canvas.snapped(x(now))) }
  }

  private mutating func drawHairline(_ x: Double) {
    for y in stride(from: layout.top, to: layout.bottom, by: 3) {
      canvas.tint(Box(x, y, x + 1, min(y + 1, layout.bottom)), .mark)
    }
  }

  /// By time, inside the span.
  private var events: [Chart.Mark] {
    chart.marks.filter { chart.span.from <= $0.at && $0.at <= chart.span.to }.sorted { $0.at < $1.at }
  }

  /// The shapes in the lane; marks nearer than a shape is wide are one.
  mutating func drawEvents(_ lane: Box) -> [LaneEvent] {
    let half = layout.isSmall ? 2.0 : 4.0
    var groups: [(event: LaneEvent, count: Int)] = []
    for mark in events {
      let x = canvas.snapped(min(x(mark.at), layout.right - 1)) + 0.5
      if let last = groups.last, x - half < last.event.right {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((LaneEvent(kind: mark.kind, left: x - half, right: x + half, label: mark.label), 1))
      }
    }
    for (event, _) in groups {
      let box = Box(event.left, lane.top, event.right, lane.bottom)
      let isFlag = event.kind == .note && !layout.isSmall
      // The page shows around the shape, whatever bar it stands on.
      canvas.fill(Box(box.left - (isFlag ? 0 : 1), box.top, box.right + 1, box.bottom), .background)
      canvas.shape(box, .ink) { event.kind.contains($0, $1) }
    }
    return groups.map { group in
      var event = group.event
      if group.count > 1 { event.label = "\(group.count) marks" }
      return event
    }
  }
}

extension Chart.Mark.Kind {
  /// Whether a place in the box is part of the shape.
  fileprivate func contains(_ x: Double, _ y: Double) -> Bool {
    let (across, down) = ((x - 0.5).magnitude, (y - 0.5).magnitude)
    switch self {
    case .note: return across < 0.0625 || (x > 0.5 && y < 0.7)
    case .reset: return across < (1 - y) / 2
    case .reboot: return across * across * 1.7 + down * down < 0.25
    case .change: return across * 1.2 + down < 0.5
    }
  }
}
