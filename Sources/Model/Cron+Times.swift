/// When a schedule's times come, by the wall clock of a zone.
///
/// Changes of the clock are those of Vixie's cron (cron(8)): a time that the clock skips comes at the jump, once; one
/// that it repeats comes on its first pass. A schedule that has `*` as its minute or hour goes by the clock as it is,
/// so that every five minutes stays every five minutes.
extension Cron {
  /// Two Februaries of 29 days lie at most eight years apart.
  private static let horizon = 366 * 9

  /// The first time after an instant; `nil` where none ever comes, such as a 30 February.
  package func next(after instant: Instant, zone: Zone) -> Instant? {
    let day = zone.civil(instant).daysFromEpoch
    for number in day - 1...day + Cron.horizon {
      if let time = times(onDay: number, zone: zone).first(where: { $0 > instant }) { return time }
    }
    return nil
  }

  /// The last time not after an instant.
  package func previous(atOrBefore instant: Instant, zone: Zone) -> Instant? {
    let day = zone.civil(instant).daysFromEpoch
    for number in (day - Cron.horizon...day + 1).reversed() {
      if let time = times(onDay: number, zone: zone).last(where: { $0 <= instant }) { return time }
    }
    return nil
  }

  /// Every time in a span, in order, each once.
  package func times(in span: Span, zone: Zone) -> [Instant] {
    guard !span.isEmpty else { return [] }
    let days = zone.civil(span.from).daysFromEpoch - 1...zone.civil(span.to).daysFromEpoch + 1
    return Set(days.lazy.flatMap { times(onDay: $0, zone: zone) }.filter(span.contains)).sorted()
  }

  /// The fewest seconds between two times, in four hundred days from an instant; `nil` where fewer than two come.
  package func smallestInterval(from instant: Instant, zone: Zone) -> Int? {
    let times = times(in: Span(from: instant, to: instant + 400 * 86_400), zone: zone)
    if times.count > 1 { return zip(times, times.dropFirst()).map { $1 - $0 }.min() }
    guard let first = next(after: instant - 1, zone: zone), let second = next(after: first, zone: zone) else {
      return nil
    }
    return second - first
  }

  /// The times of a civil day, in order; those that were skipped come at the jump.
  private func times(onDay number: Int, zone: Zone) -> [Instant] {
    let day = Civil(secondsFromEpoch: number * 86_400)
    guard fits(day: day) else { return [] }
    let midnight = day.secondsFromEpoch
    let before = zone.offset(at: Instant(midnight - 86_400))
    let isPlain = zone.offset(at: Instant(midnight + 2 * 86_400)) == before
    let all = hours.flatMap { hour in
      minutes.flatMap { minute in
        let wall = midnight + hour * 3_600 + minute * 60
        return isPlain ? [Instant(wall - before)] : instants(ofWall: wall, zone)
      }
    }
    return isPlain ? all : Set(all).sorted()
  }

  private func instants(ofWall wall: Int, _ zone: Zone) -> [Instant] {
    let civil = Civil(secondsFromEpoch: wall)
    let first = zone.instant(civil)
    guard zone.civil(first) == civil else { return isContinuous ? [] : [jump(over: wall, zone)] }
    let second = zone.instant(civil, later: true)
    return isContinuous && second != first ? [first, second] : [first]
  }

  /// The first instant after a wall time that does not exist.
  private func jump(over wall: Int, _ zone: Zone) -> Instant {
    // By the offset before, the wall time lies after the jump.
    var high = wall - zone.offset(at: Instant(wall - 86_400))
    var low = high - 86_400
    while high - low > 1 {
      let middle = (low + high) / 2
      if zone.offset(at: Instant(middle)) + middle > wall { high = middle } else { low = middle }
    }
    return Instant(high)
  }
}
