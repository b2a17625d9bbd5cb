import Foundation
import Platform
import TestSupport
import Testing

struct WithinTimeTests {
  @Test func `what is done in time is given`() {
    #expect(within(seconds: 5) { 42 } == 42)
  }

  @Test func `what takes longer is given up at its time and not later`() {
    let start = Clock.monotonic()
    let value = within(seconds: 0.2) { () -> Int in
      usleep(20_000_000)
      return 1
    }
    #expect(value == nil)
    let seconds = Clock.monotonic() - start
    #expect(seconds >= 0.2 && seconds < onBusyMachine(1))
  }

  @Test func `no time is no answer, and nothing is begun`() {
    #expect(within(seconds: 0) { Issue.record("it was begun") } == nil)
    #expect(within(seconds: -1) { 1 } == nil)
  }

  @Test func `hundreds at once leave no descriptor open`() async {
    await #expect(processExitsWith: .success) {
      func count() -> Int { (try? Files.list("/proc/self/fd").count) ?? -1 }
      usleep(200_000)
      let before = count()
      let values = concurrently(400, workers: 8) { index in within(seconds: 5) { index } }
      #expect(values == Array(0..<400).map(Optional.some))
      #expect(count() <= before)
    }
  }
}
