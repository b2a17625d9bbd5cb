import Foundation
import Model
import Platform

/// What the run knows of itself and of its time.
enum Process {
  static var number: Int { Int(ProcessInfo.processInfo.processIdentifier) }
  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// Now, in whole seconds.
  static var now: Instant { Instant(Int(Clock.now())) }

  /// `2026-11-22 14:05:07 UTC`, for people who look at a lock.
  static func clock(_ seconds: Double) -> String {
    let civil = Civil(secondsFromEpoch: Int(seconds))
    let date = "\(civil.year)-\(padded(civil.month))-\(padded(civil.day))"
    return "\(date) \(padded(civil.hour)):\(padded(civil.minute)):\(padded(civil.second)) UTC"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
