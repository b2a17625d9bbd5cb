import Glibc
import Synchronization

/// One line at the foot of a terminal that changes while work goes on, and is gone when it ends. Where nobody looks at
/// the standard error as it comes, nothing is written.
package final class LiveLine: Sendable {
  private struct State {
    var text: (@Sendable () -> String)?
    var shown = ""
    var isOver = false
  }

  /// Work that takes less is over before anybody could read of it.
  private static let interval = 0.1
  private let state = Mutex(State())
  private let isSeen: Bool

  package init() {
    isSeen = StandardStreams.isErrorSeen
    guard isSeen, let thread = startThread({ [self] in while paint() { usleep(UInt32(Self.interval * 1e6)) } })
    else { return }
    pthread_detach(thread)
  }

  /// From now on the line is what `text` gives, asked ten times a second: ASCII without control characters.
  package func show(_ text: @escaping @Sendable () -> String) {
    state.withLock { $0.text = text }
  }

  /// Takes the line away, so that something else can be written.
  package func end() {
    state.withLock { state in
      if !state.isOver, !state.shown.isEmpty { StandardStreams.live("") }
      state.isOver = true
    }
  }

  /// False once it has ended. Under the lock, so that no line comes back after the end took it away.
  private func paint() -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      let line = state.text.map { String($0().prefix(StandardStreams.errorColumns - 1)) } ?? ""
      if line != state.shown { StandardStreams.live(line) }
      state.shown = line
      return true
    }
  }
}
