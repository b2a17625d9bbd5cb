import Glibc

/// The machine's clocks. Outside `redeye` only durations and the moments counters were read at are taken from it.
package enum Clock {
  /// Seconds since 1970-01-01T00:00:00Z, with fractions; it may jump.
  package static func now() -> Double { read(CLOCK_REALTIME) }

  /// Seconds since the machine started; it never goes back, and an adjustment of the wall clock does not touch it.
  package static func monotonic() -> Double { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
