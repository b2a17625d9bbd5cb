import Config
import RRD

extension Retention {
  /// Seconds of single steps kept where no tier asks for them: the verdicts are made of nothing else.
  private static let fewestSeconds = 2 * 86_400
  /// Three archives a tier stay within what a header may have.
  private static let tierLimit = 20

  /// The archives of a series, finest first; tiers not coarser than its step fall into one, and the rest are rounded up
  /// to whole steps.
  func archives(step: Int) -> [RRDLayout.Archive] {
    var tiers: [Int: (rows: Int, extremes: Bool)] = [1: (0, false)]
    for tier in self.tiers.prefix(Retention.tierLimit) {
      let steps = max(1, (tier.every + step - 1) / step)
      let rows = max(1, (tier.duration + steps * step - 1) / (steps * step))
      let other = tiers[steps] ?? (0, false)
      tiers[steps] = (max(rows, other.rows), tier.extremes || other.extremes)
    }
    if tiers[1]?.rows == 0 { tiers[1]?.rows = max(1, Retention.fewestSeconds / step) }
    return tiers.sorted { $0.key < $1.key }.flatMap { steps, tier in
      let functions: [RRDLayout.Function] =
        tier.extremes && steps > 1 ? [.average, .minimum, .maximum] : [.average]
      return functions.map { RRDLayout.Archive($0, steps: steps, rows: tier.rows) }
    }
  }

  /// A file for metrics of one row.
  ///
  /// Half of a coarse row may be unknown, so that one lost hour does not blank a half-day of a year's picture; verdicts
  /// are made from single steps and never see these rows.
  func layout(step: Int, sources: [String]) -> RRDLayout {
    RRDLayout(
      step: step, heartbeat: 2 * step, sources: sources, archives: archives(step: step), unknownShare: 0.5)
  }
}
