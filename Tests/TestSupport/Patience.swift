import Foundation

/// How many times longer than usual everything may take, and how much more memory: sanitizers are slow and keep what
/// was freed. `REDEYE_PATIENCE` says it.
package let patience = ProcessInfo.processInfo.environment["REDEYE_PATIENCE"].flatMap(Int.init) ?? 1
