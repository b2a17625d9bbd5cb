import Glibc
import Platform
import Testing

struct LimitsTests {
  @Test func `more files may be open than usual, where the system grants it`() {
    func limit() -> rlimit {
      var limit = rlimit()
      _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      return limit
    }
    let before = limit()
    Limits.raiseDescriptors()
    let after = limit()
    #expect(after.rlim_cur == max(before.rlim_cur, min(before.rlim_max, 4_096)))
    #expect(after.rlim_max == before.rlim_max)
  }
}
