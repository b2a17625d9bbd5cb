import Glibc
import Synchronization

/// What `body` gives within so many seconds, or `nil`.
///
/// It runs on a thread of its own, which cannot be stopped: one that takes longer is left to work until the process
/// ends. For work whose time an outsider can stretch, such as a regular expression over a page.
package func within<Value: Sendable>(seconds: Double, _ body: @escaping @Sendable () -> Value) -> Value? {
  let answer = Answer<Value>()
  guard startDetached({ answer.give(body()) }) else { return body() }
  let end = Clock.monotonic() + seconds
  var pause: UInt32 = 50
  while true {
    if let value = answer.value { return value }
    guard Clock.monotonic() < end else { return nil }
    usleep(pause)
    pause = min(pause * 2, 10_000)
  }
}

private final class Answer<Value: Sendable>: Sendable {
  private let given = Mutex<Value?>(nil)

  var value: Value? { given.withLock { $0 } }
  func give(_ value: Value) { given.withLock { $0 = value } }
}

private final class DetachedBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// False where the machine has no thread left to give.
private func startDetached(_ body: @escaping @Sendable () -> Void) -> Bool {
  var thread = pthread_t()
  let retained = unsafe Unmanaged.passRetained(DetachedBody(body))
  let code = unsafe pthread_create(
    &thread, nil,
    { argument in
      unsafe Unmanaged<DetachedBody>.fromOpaque(argument!).takeRetainedValue().body()
      return nil
    }, retained.toOpaque())
  guard code == 0 else {
    unsafe retained.release()
    return false
  }
  pthread_detach(thread)
  return true
}
