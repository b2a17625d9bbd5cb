import Glibc
import Synchronization

/// What `body` gives on a thread of its own, or `nil` when it has not ended after so many seconds; it is then left to
/// end by itself, or with the process. For calls that know no deadline.
package func within<Value: Sendable>(seconds: Double, _ body: @escaping @Sendable () -> Value) -> Value? {
  guard seconds > 0, let result = Late<Value>() else { return nil }
  guard let thread = startThread({ result.set(body()) }) else { return nil }
  let value = result.value(after: seconds)
  if value == nil { pthread_detach(thread) } else { pthread_join(thread, nil) }
  return value
}

/// A value on its way from another thread.
private final class Late<Value: Sendable>: Sendable {
  private let place = Mutex<Value?>(nil)
  private let reading: Descriptor
  private let writing: Mutex<Descriptor>

  init?() {
    guard let pipe = try? Pipe() else { return nil }
    reading = Descriptor(fcntl(pipe.reading.number, F_DUPFD_CLOEXEC, 3))
    writing = Mutex(pipe.forWriting())
  }

  func set(_ value: Value) {
    place.withLock { $0 = value }
    writing.withLock { end in _ = try? end.write([1], to: "a pipe") }
  }

  func value(after seconds: Double) -> Value? {
    let end = Clock.monotonic() + seconds
    var polled = pollfd(fd: reading.number, events: Int16(POLLIN), revents: 0)
    while true {
      let rest = end - Clock.monotonic()
      // One helping at most of a million seconds: poll counts milliseconds in 32 bits.
      let code = unsafe poll(&polled, 1, Int32(max(0, min(rest, 1e6) * 1000)))
      if code > 0 || rest <= 0 { return place.withLock { $0 } }
    }
  }
}
