import Foundation

/// How many damaged things a test tries where `usual` is enough for every day; `REDEYE_FUZZ` says how many times as many.
package func fuzzed(_ usual: Int) -> Int {
  usual * max(1, ProcessInfo.processInfo.environment["REDEYE_FUZZ"].flatMap { Int($0) } ?? 1)
}
