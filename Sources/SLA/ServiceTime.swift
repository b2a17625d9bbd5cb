package import Config
package import Model

/// The stretches of `hours` that touch a span, whole and oldest first, in real time.
///
/// A stretch across midnight belongs to the day it starts on. What the clock shows twice is covered twice: a start is
/// the first pass, an end comes after the second. A time that does not exist moves forward by the gap; a day the zone
/// has left out has none.
package func occurrences(of hours: WeeklyHours, in span: Span, zone: Zone) -> [Span] {
  guard !span.isEmpty else { return [] }
  let first = zone.civil(span.from).daysFromEpoch - 1
  let last = zone.civil(span.to).daysFromEpoch
  return (first...last).compactMap { day in
    let occurrence = occurrence(of: hours, onDay: day, zone: zone)
    return occurrence.flatMap { $0.intersection(span).isEmpty ? nil : $0 }
  }
}

/// The seconds of a span that a service has to work in, as stretches that neither touch nor overlap.
package func serviceSpans(_ hours: ServiceHours, in span: Span, zone: Zone) -> [Span] {
  guard !span.isEmpty else { return [] }
  switch hours {
  case .always: return [span]
  case .weekly(let weekly):
    return union(weekly.flatMap { occurrences(of: $0, in: span, zone: zone) }.map { $0.intersection(span) })
  }
}

/// The same time without overlaps, oldest first.
package func union(_ spans: [Span]) -> [Span] {
  var result: [Span] = []
  for span in spans.sorted(by: { $0.from < $1.from }) where !span.isEmpty {
    if let last = result.last, span.from <= last.to {
      result[result.count - 1].to = max(last.to, span.to)
    } else {
      result.append(span)
    }
  }
  return result
}

/// What of `span` none of `spans` covers; `spans` as `union` returns them.
package func gaps(in span: Span, between spans: [Span]) -> [Span] {
  var result: [Span] = []
  var cursor = span.from
  for covered in spans {
    let gap = Span(from: cursor, to: min(covered.from, span.to))
    if !gap.isEmpty { result.append(gap) }
    cursor = max(cursor, covered.to)
  }
  let rest = Span(from: cursor, to: span.to)
  return rest.isEmpty ? result : result + [rest]
}

/// Days are counted from the epoch.
private func occurrence(of hours: WeeklyHours, onDay day: Int, zone: Zone) -> Span? {
  guard hours.days.contains(weekday(ofDay: day)), exists(day, zone) else { return nil }
  let start = zone.instant(wall(day, hours.from))
  let end = end(day, hours.to > hours.from ? hours.to : hours.to + 1_440, zone)
  return start < end ? Span(from: start, to: end) : nil
}

/// Where the clock shows the second before twice, the end is after its second pass.
private func end(_ day: Int, _ minutes: Int, _ zone: Zone) -> Instant {
  let lastSecond = Civil(secondsFromEpoch: wall(day, minutes).secondsFromEpoch - 1)
  let later = zone.instant(lastSecond, later: true)
  return later == zone.instant(lastSecond) ? zone.instant(wall(day, minutes)) : later + 1
}

private func exists(_ day: Int, _ zone: Zone) -> Bool { zone.instant(wall(day, 0)) < zone.instant(wall(day, 1_440)) }

private func wall(_ day: Int, _ minutes: Int) -> Civil { Civil(secondsFromEpoch: day * 86_400 + minutes * 60) }

/// 0 is Monday; day 0 was a Thursday.
private func weekday(ofDay day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
