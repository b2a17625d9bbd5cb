internal import Model

/// Whether the step of an objective is fine enough for what it promises.
///
/// The budget in samples over one window: less than one cannot be told at all, less than five says little.
struct Resolution {
  let objective: Objective
  let record: Record
  let findings: Findings

  init(_ objective: Objective, _ record: Record, _ findings: Findings) {
    self.objective = objective
    self.record = record
    self.findings = findings
  }

  func check() {
    guard (0..<1).contains(objective.target), objective.target > 0 else { return outOfRange() }
    let slots = Double(windowSeconds) * share * dueShare / Double(objective.step)
    let budget = (1 - objective.target) * slots
    if slots < 1 {
      error("the window holds no slot of \(step)", help: "choose a longer window")
    } else if budget < 1 - 1e-9 {
      error(
        "\(objective.targetText) of a \(windowText) measured every \(step) allows \(Resolution.text(budget)) bad samples: one would break it",
        help: "the finest that can be told is \(finest(slots)); measure more often, or over a longer window")
    } else if budget < 5 {
      findings.warning(
        "\(objective.targetText) of a \(windowText) measured every \(step) allows \(Resolution.text(budget)) bad samples, so each weighs much",
        at: record.place(of: "objective"), in: record.crumb + ["objective"],
        help: "measure more often, or over a longer window")
    }
  }

  private func outOfRange() {
    error(
      "an objective of \(objective.targetText) \(objective.target >= 1 ? "leaves nothing to go wrong" : "promises nothing")",
      help: "write a share between 0% and 100%, such as 99.9%")
  }

  private func error(_ message: String, help: String) {
    findings.error(message, at: record.place(of: "objective"), in: record.crumb + ["objective"], help: help)
  }

  private var step: String { DurationText.text(seconds: objective.step) }

  /// The share of slots in which the jobs are due, over four weeks.
  private var dueShare: Double {
    guard case .cron(let cron, let zone) = objective.schedule else { return 1 }
    let span = Span(from: Instant(1_767_225_600), to: Instant(1_767_225_600 + 28 * 86_400))
    return Double(cron.times(in: span, zone: zone).count * objective.step) / Double(span.seconds)
  }

  // MARK: The window

  private var windowSeconds: Int {
    switch objective.window {
    case .rolling(let seconds): seconds
    case .calendar(.day): 86_400
    case .calendar(.week): 7 * 86_400
    case .calendar(.month): 30 * 86_400
    case .calendar(.quarter): 91 * 86_400
    case .calendar(.year): 365 * 86_400
    }
  }

  private var windowText: String {
    switch objective.window {
    case .rolling(let seconds): "window of \(DurationText.text(seconds: seconds))"
    case .calendar(let period): period.rawValue
    }
  }

  /// The part of the week the service has to work.
  private var share: Double {
    guard case .weekly(let hours) = objective.hours else { return 1 }
    var minutes = 0
    var reached = 0
    for stretch in hours.flatMap(\.minutesOfWeek).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      minutes += max(0, stretch.upperBound - max(reached, stretch.lowerBound))
      reached = max(reached, stretch.upperBound)
    }
    return Double(minutes) / 10_080
  }

  // MARK: Numbers

  /// The highest objective of these many slots that still allows one bad, cut to digits people write.
  private func finest(_ slots: Double) -> String {
    let scale = slots > 100_000 ? 1_000.0 : slots > 1_000 ? 100 : slots > 100 ? 10 : 1
    let cut = ((1 - 1 / slots) * 100 * scale).rounded(.down)
    return "\(Resolution.text(cut / scale))%"
  }

  /// With three decimals at most, cut.
  static func text(_ number: Double) -> String {
    let thousandths = Int((number * 1_000 + 1e-6).rounded(.down))
    let fraction = String(thousandths % 1_000 + 1_000).dropFirst()
    let kept = fraction.reversed().drop { $0 == "0" }.reversed()
    return String(thousandths / 1_000) + (kept.isEmpty ? "" : "." + String(kept))
  }
}

extension WeeklyHours {
  /// Stretches of minutes since Monday, midnight; one that runs over Sunday's end begins the week again.
  fileprivate var minutesOfWeek: [Range<Int>] {
    let length = to > from ? to - from : to + 1_440 - from
    return days.flatMap { day -> [Range<Int>] in
      let start = day * 1_440 + from
      let end = start + length
      return end <= 10_080 ? [start..<end] : [start..<10_080, 0..<end - 10_080]
    }
  }
}
