import Foundation

/// How many times longer than usual everything may take, and how much more memory: sanitizers are slow and keep what
/// was freed. `REDEYE_PATIENCE` says it.
package let patience = ProcessInfo.processInfo.environment["REDEYE_PATIENCE"].flatMap(Int.init) ?? 1

/// The bound for what takes `seconds` on an idle machine: one where every core is taken may stall it for longer than
/// it lasts. What a test rules out has to take longer than that.
package func onBusyMachine(_ seconds: Double) -> Double { (seconds + 4) * Double(patience) }
