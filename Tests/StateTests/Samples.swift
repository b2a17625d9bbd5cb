import Foundation
import Model
import TestSupport

@testable import State

let now = Instant(1_700_006_400)

func path(_ folder: borrowing TemporaryFolder) -> String { folder.path + "/state.sqlite" }

func opened(_ folder: borrowing TemporaryFolder) throws -> StateStore {
  try StateStore.open(path: path(folder), now: now).store
}

func interval(
  _ from: Int, _ to: Int, _ verdict: Verdict = .good, cause: String = "within 5 ms", configuration: String = "c1",
  of objective: String = "www"
) -> LedgerInterval {
  LedgerInterval(
    objective: objective, span: Span(from: now + from, to: now + to), verdict: verdict, cause: cause,
    configuration: configuration)
}

func incident(_ number: Int) -> Incident {
  Incident(
    number: number, objective: "www", title: "Website", host: "www", since: now - 300, openedAt: now, cause: "503")
}

func message(_ id: String, at created: Instant = now) -> OutboxMessage {
  OutboxMessage(id: id, recipient: "a@example.org", subject: "s", bytes: [0, 13, 10, 255], createdAt: created)
}

func files(_ folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}
