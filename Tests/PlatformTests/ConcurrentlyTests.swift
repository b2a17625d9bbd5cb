import Foundation
import Platform
import Synchronization
import Testing

struct ConcurrentlyTests {
  @Test func `every index is worked on once, and the values come in order`() {
    #expect(concurrently(1000, workers: 8) { $0 * 2 } == (0..<1000).map { $0 * 2 })
    #expect(concurrently(0, workers: 8) { $0 } == [])
    #expect(concurrently(3, workers: 0) { $0 } == [0, 1, 2])
  }

  @Test func `so many work at once, and no more`() {
    let now = Mutex(0)
    let most = Mutex(0)
    _ = concurrently(40, workers: 5) { _ in
      let running = now.withLock { count in
        count += 1
        return count
      }
      most.withLock { $0 = max($0, running) }
      usleep(5000)
      now.withLock { $0 -= 1 }
    }
    #expect(most.withLock { $0 } == 5)
  }
}
