import Model

/// A point in time on the command line: `2026-12-24 18:00`, `2026-12-24T18:00:00Z`.
enum MomentArgument {
  /// Without an offset it is by the zone's wall clock; status 2 with what is wrong where it is none.
  static func instant(_ text: String, in zone: Zone) throws -> Instant {
    let shown = text.printable(limit: 60)
    guard let moment = Moment(text) else {
      throw Ending(.refused, "“\(shown)” is no point in time; write it like 2026-12-24 18:00, or 2026-12-24T18:00:00Z")
    }
    guard let instant = moment.instant(in: zone) else {
      throw Ending(.refused, "the clock of \(zone.identifier) skips \(shown)")
    }
    return instant
  }
}
