import Alert
import Config
import Model

/// How an objective is counted, in sentences a customer can follow.
extension Press {
  func policy(_ objective: Objective) -> [String] {
    [
      measured(objective), holdDown(objective), unknown(objective), hours(objective),
      "Below \(percentText(Int((objective.minimumCoverage * 100_000).rounded()), of: 100_000, decimals: 1)) coverage "
        + "the figure says “not enough data” instead of met or broken.",
      "Percentages are cut, never rounded up: 99.8999\(thinSpace)% is printed as 99.899\(thinSpace)%.",
    ].compactMap { $0 }
  }

  /// The same for the public: how good is told from bad is left out.
  func publicPolicy(_ objective: Objective) -> [String] {
    ["It is measured every \(ruleText(objective.step)).", unknown(objective), hours(objective)].compactMap { $0 }
      + policy(objective).suffix(2)
  }

  private func measured(_ objective: Objective) -> String {
    let every =
      if case .cron(let cron, let zone) = objective.schedule {
        "At the times of the schedule “\(cron)” (\(zone.identifier)), in slots of \(ruleText(objective.step)), "
      } else {
        "Every \(ruleText(objective.step)) "
      }
    let good = toleranceText(objective.tolerance)
    return objective.series.isExact
      ? "\(every)\(objective.series) is measured. A slot is good if the value is \(good)."
      : "\(every)all of \(objective.series) are measured. A slot is good if every value is \(good), and bad if any is not."
  }

  /// `at least 1`, `at least 1 and at most 5`
  func toleranceText(_ tolerance: Tolerance) -> String {
    let parts = [
      tolerance.minimum.map { "at least \(numberText($0))" }, tolerance.maximum.map { "at most \(numberText($0))" },
      tolerance.equals.map { "exactly \(numberText($0))" },
    ].compactMap { $0 }
    return parts.isEmpty ? "known" : listed(parts)
  }

  private func holdDown(_ objective: Objective) -> String? {
    guard objective.holdDown > 0 else { return nil }
    return
      "Somebody is told when it has been out of tolerance for \(ruleText(objective.holdDown)); the bad time counts "
      + "from the first bad slot all the same."
  }

  private func unknown(_ objective: Objective) -> String {
    let lead = "A slot without a sample is unknown."
    return switch objective.unknown {
    case .exclude: "\(lead) It counts neither as good nor as bad; it lowers the coverage."
    case .bad: "\(lead) It counts as bad."
    case .good: "\(lead) It counts as good."
    case .carry(let slots):
      "\(lead) It counts like the slot before it, for \(counted(slots, "slot")) at most; after that it lowers the coverage."
    }
  }

  private func hours(_ objective: Objective) -> String? {
    guard case .weekly = objective.hours else { return nil }
    return "Only \(hoursText(objective.hours)) in \(words.zone.identifier) count; the rest of the time is left out."
  }

  /// `all day, every day`, `mon-fri 08:00-18:00`
  func hoursText(_ hours: ServiceHours) -> String {
    guard case .weekly(let all) = hours else { return "all day, every day" }
    return all.map(\.text).joined(separator: ", ")
  }
}
