import Glibc
import Synchronization

/// Runs `body` for 0 to `count - 1` on up to `workers` threads, the calling one among them; returns what each gave,
/// in order, after the last has ended.
package func concurrently<Value: Sendable>(
  _ count: Int, workers: Int, _ body: @escaping @Sendable (Int) -> Value
) -> [Value] {
  let work = Work(count: count, body: body)
  let threads = (1..<max(1, min(workers, count))).compactMap { _ in startThread { work.take() } }
  work.take()
  for thread in threads { pthread_join(thread, nil) }
  return work.results()
}

/// Indices handed out one by one to whoever asks next.
private final class Work<Value: Sendable>: Sendable {
  private struct Progress {
    var next = 0
    var values: [Value?]
  }

  private let body: @Sendable (Int) -> Value
  private let progress: Mutex<Progress>

  init(count: Int, body: @escaping @Sendable (Int) -> Value) {
    self.body = body
    progress = Mutex(Progress(values: Array(repeating: nil, count: count)))
  }

  func take() {
    while let index = next() {
      let value = body(index)
      progress.withLock { $0.values[index] = value }
    }
  }

  private func next() -> Int? {
    progress.withLock { progress in
      guard progress.next < progress.values.count else { return nil }
      defer { progress.next += 1 }
      return progress.next
    }
  }

  func results() -> [Value] { progress.withLock { $0.values.compactMap { $0 } } }
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// `nil` where the machine has no thread left to give: the calling thread then does the work.
func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
  var thread = pthread_t()
  let retained = unsafe Unmanaged.passRetained(ThreadBody(body))
  let code = unsafe pthread_create(
    &thread, nil,
    { argument in
      unsafe Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().body()
      return nil
    }, retained.toOpaque())
  guard code == 0 else {
    unsafe retained.release()
    return nil
  }
  return thread
}
