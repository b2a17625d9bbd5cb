import Model
import TestSupport
import Testing

@testable import State

struct RemovedTests {
  @Test func `what is gone is remembered with all there is to say, until it is back`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let host = Removed(
      .host, "www", title: "“www”; DROP TABLE", group: ["a", "b"], missedAt: now, lastMeasured: now - 60)
    let objective = Removed(
      .objective, "www", missedAt: now - 5, standing: .init(window: "w", figure: "99 %", target: "99%", words: "met"))
    var change = StateChange()
    change.removed = [objective, host]
    try store.commit(change)
    #expect(try opened(folder).removed() == [host, objective])
    change = StateChange()
    change.returned = [host]
    try store.commit(change)
    #expect(try store.removed() == [objective])
  }
}
