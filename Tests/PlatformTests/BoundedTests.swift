import Foundation
import Platform
import TestSupport
import Testing

struct BoundedTests {
  @Test func `what ends in time gives its value`() {
    #expect(within(seconds: 5) { 6 * 7 } == 42)
    #expect(within(seconds: 5) { Bool?.none } == .some(nil))
  }

  @Test func `what takes longer is left behind`() {
    let started = Clock.monotonic()
    let value = within(seconds: 0.1) {
      Thread.sleep(forTimeInterval: 20)
      return 1
    }
    #expect(value == nil)
    #expect(Clock.monotonic() - started < onBusyMachine(0.6))
  }
}
