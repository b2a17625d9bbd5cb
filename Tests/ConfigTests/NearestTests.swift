import Config
import Testing

@Suite struct NearestTests {
  private static let near: [(String, String, [String])] = [
    ("adress", "address", ["name", "address", "notes"]), ("emial", "email", ["name", "title", "email"]),
    ("guage", "gauge", ["gauge", "counter"]), ("max_repetitions", "max repetitions", ["retries", "max repetitions"]),
    ("max", "maximum", ["minimum", "maximum"]), ("Hosts", "hosts", ["hosts", "jobs"]),
    ("rnu", "run", ["run", "mail"]), ("Europe/Berln", "Europe/Berlin", ["Europe/Berlin", "Europe/Dublin"]),
  ]
  private static let far: [(String, [String])] = [
    ("2", ["1", "3"]), ("d", ["a", "b"]), ("b", ["a"]), ("ip", ["up"]),
    ("none", ["zone", "nets"].dropFirst().map { $0 }),
    ("maintenance", ["monitors", "retention"]), ("mon", ["monitor", "month"]), ("alerts", ["slas", "roles"]),
    ("", ["a", "ab", "abc"]), (String(repeating: "x", count: 200), ["x"]),
  ]

  @Test(arguments: near) func `a slip finds what was meant`(word: String, meant: String, candidates: [String]) {
    #expect(Nearest.candidate(to: word, in: candidates) == meant)
  }

  @Test(arguments: far) func `what is only a little alike is not suggested`(word: String, candidates: [String]) {
    #expect(Nearest.candidate(to: word, in: candidates) == nil)
  }
}
