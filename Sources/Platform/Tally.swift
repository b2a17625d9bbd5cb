import Synchronization

/// How many of something are done, counted by whoever does them and read by whoever watches.
package final class Tally: Sendable {
  private let done = Atomic<Int>(0)

  package init() {}

  package var count: Int { done.load(ordering: .relaxed) }

  package func add(_ more: Int = 1) { done.add(more, ordering: .relaxed) }
}
