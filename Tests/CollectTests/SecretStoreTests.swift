import Collect
import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

struct SecretStoreTests {
  private let store = SecretStore(environment: ["TOKEN": "hunter2", "EMPTY": ""])

  @Test func `a secret is had from the environment, a file, a command or the configuration`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("secret", "from file\r\nsecond line\n", mode: 0o600)
    #expect(store.text(.environment("TOKEN")) == "hunter2")
    #expect(store.text(.file(file)) == "from file")
    #expect(store.text(.command(["/bin/echo", "from command"])) == "from command")
    #expect(store.text(.literal(Secret("plain"))) == "plain")
  }

  @Test func `each reason why it cannot be had is told with the way out`() throws {
    let folder = try TemporaryFolder()
    let open = try folder.write("open", "x", mode: 0o644)
    let empty = try folder.write("empty", "\nx", mode: 0o600)
    let cases: [(SecretReference, String)] = [
      (
        .environment("NONE"),
        "the environment has no NONE; set it where redeye is started, such as in the crontab"
      ),
      (
        .environment("EMPTY"),
        "the environment has no EMPTY; set it where redeye is started, such as in the crontab"
      ),
      (.file("/nowhere/x"), "cannot examine /nowhere/x: No such file or directory"),
      (.file(open), "anybody can read \(open); refused (chmod 600 \(open))"),
      (.file(empty), "the first line of \(empty) is empty"),
      (.command(["/bin/false"]), "/bin/false exited with status 1; run it by hand to see why"),
      (.command(["/bin/true"]), "the first line of /bin/true is empty"),
      (.command(["/nowhere/x"]), "/nowhere/x not found"),
      (.command([]), "there is no program to run"),
    ]
    for (reference, message) in cases {
      #expect(store.resolve(reference) == .failure(Failure(.secret, message)))
    }
  }

  @Test func `what a failing command prints is never shown`() {
    let result = store.resolve(.command(["/bin/sh", "-c", "echo hunter2; echo hunter2 >&2; exit 3"]))
    #expect("\(result)".contains("status 3"))
    #expect(!"\(result)".contains("hunter2"))
  }

  @Test func `a command that hangs costs its own job, and nothing of it is left`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("hang", "#!/bin/sh\nexec sleep 60\n", mode: 0o755)
    let nginx = try NginxServer()
    var locked = HTTPProbe(url: nginx.url())
    locked.authentication = .bearer(.command([script, "hang-\(nginx.port)"]))
    let assignments = [
      Making.assignment(.http(locked), id: "locked"), Making.assignment(.http(HTTPProbe(url: nginx.url())), id: "open"),
    ]
    let now = Clock.monotonic()
    let context = MeasureContext(
      runStarted: now, deadline: now + 6, workers: 4, secrets: SecretStore(environment: [:], until: now + 6))
    let readings = collect(assignments, context).map(\.reading)
    #expect(readings[1].value("up") == 1 && readings[1].failure == nil, "\(String(describing: readings[1].failure))")
    #expect(readings[1].cost.startedAfter < 1_000 * 3)
    #expect(readings[0].failure?.kind == .secret)
    #expect(readings[0].failure?.message.contains("printed no secret in ") == true)
    #expect(readings[0].value("up") != 0)
  }

  @Test func `a command runs once, also when many ask at the same time`() throws {
    let folder = try TemporaryFolder()
    let log = "\(folder.path)/log"
    let reference = SecretReference.command(["/bin/sh", "-c", "echo run >> \(log); sleep 0.1; echo secret"])
    let answers = concurrently(8, workers: 8) { [store] _ in store.text(reference) }
    #expect(answers == Array(repeating: "secret", count: 8))
    #expect(try folder.read("log") == "run\n")
  }
}

extension SecretStore {
  fileprivate func text(_ reference: SecretReference) -> String? { try? resolve(reference).get().reveal() }
}
