extension Incident {
  /// When its bad time ends, for everything that tells of it: at the end of its last bad slot, while it is open at
  /// `now`. One that was closed without being seen good ends when it was closed.
  package func end(at now: Instant) -> Instant {
    phase == .open ? max(now, since) : until ?? closedAt ?? now
  }

  /// How long it was bad, or is so far: from the start of its first bad slot to its end.
  package func seconds(at now: Instant) -> Int { end(at: now) - since }

  /// The same for people: `44 min`.
  package func lasted(at now: Instant) -> String { durationText(seconds(at: now)) }

  /// Its page, from the site's root.
  package var page: String { "incidents/\(number).html" }
}
