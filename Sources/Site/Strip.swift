import Config
import Model
import SLA

/// The strip of an objective's days: one path for each kind of mark, 5 px a day and 1 px between.
struct DayStrip {
  let marks: [DayState.Mark]

  init(_ status: ObjectiveStatus, now: Instant, zone: Zone) {
    marks = dayStates(status.objective, ledger: status.ledger, now: now, zone: zone).map(\.mark)
  }

  var width: Int { max(marks.count * 6, 1) }

  var view: View {
    [
      "width": width,
      "good": path(where: [.good, .withinShare]) { x, mark in
        mark == .withinShare ? "M\(x) 4h5v5h-5z" : "M\(x) 4h5v10h-5z"
      },
      "some": path(where: [.withinShare]) { x, _ in "M\(x) 9h5v9h-5z" },
      "more": path(where: [.overShare]) { x, _ in "M\(x) 0h5v18h-5z" },
      "unmeasured": path(where: [.unknown]) { x, _ in "M\(x).5 4.5h4v9h-4z" },
      "none": path(where: [.excluded]) { x, _ in "M\(x) 8h5v2h-5z" },
      "absent": path(where: [.none]) { x, _ in "M\(x + 2) 8h1v2h-1z" },
    ]
  }

  /// `2 days with bad time, 1 not fully measured`
  var text: String {
    let bad = marks.count { $0 == .withinShare || $0 == .overShare }
    let unmeasured = marks.count { $0 == .unknown }
    let absent = marks.count { $0 == .none }
    if absent == marks.count { return "nothing judged yet" }
    return [
      bad == 0 ? "no days with bad time" : "\(counted(bad, "day")) with bad time",
      unmeasured == 0 ? nil : "\(unmeasured) not fully measured", absent == 0 ? nil : "\(absent) before the first",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  private func path(where wanted: Set<DayState.Mark>, _ shape: (Int, DayState.Mark) -> String) -> Any {
    marks.enumerated().filter { wanted.contains($0.element) }.map { shape($0.offset * 6, $0.element) }.joined().orFalse
  }
}

/// The rest of a budget, 72 px wide, with a tick at the share of the window that is left.
func budgetBar(_ figure: Figure) -> View {
  let left = share(figure.left, of: figure.budget)
  let window = share(figure.window.to - figure.until, of: figure.window.seconds)
  return [
    "spent": figure.left < 0 && !figure.isVoid,
    "shape": figure.standing == .atRisk ? "w" : "o",
    "left": pixels(left * 72),
    "tick": pixels(min(window * 72, 71)),
  ]
}

private func share(_ part: Int, of whole: Int) -> Double {
  whole > 0 ? min(max(Double(part) / Double(whole), 0), 1) : 0
}

/// A length for an SVG attribute, one digit after an ASCII point.
func pixels(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}

/// The stretches of an objective over a day as bars on a lane of 1000 units.
func lane(_ stretches: [Stretch], over span: Span) -> [View] {
  stretches.compactMap { stretch in
    let shared = stretch.span.intersection(span)
    guard !shared.isEmpty, stretch.verdict != .excluded else { return nil }
    let scale = 1_000 / Double(max(span.seconds, 1))
    return [
      "verdict": stretch.verdict.rawValue, "bad": stretch.verdict == .bad,
      "x": pixels(Double(shared.from - span.from) * scale),
      "width": pixels(max(Double(shared.seconds) * scale, stretch.verdict == .bad ? 2 : 0.5)),
    ]
  }
}
