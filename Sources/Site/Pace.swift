import Config
import Model

/// Seconds between two drawings of a host's days.
struct Pace {
  /// Of the first picture of a thing, such as an interface's traffic.
  var first: Int
  /// Of its others.
  var second: Int

  static let calm = Pace(first: Period.day.renewal, second: 3_600)
  static let watched = Pace(first: 300, second: 900)
}

extension Press {
  /// Where something is wrong people look, and every column counts.
  func pace(of host: String) -> Pace {
    if (known.incidents[host] ?? []).contains(where: { $0.phase == .open }) { return .watched }
    let isFailing = (known.jobs[host] ?? []).contains { job in
      badJobs.contains(job.id) || (known.records[job.id]?.failuresInARow ?? 0) > 0
    }
    return isFailing ? .watched : .calm
  }
}
