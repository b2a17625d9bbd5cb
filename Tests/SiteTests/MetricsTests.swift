import Config
import Model
import SLA
import Testing

@testable import Site

@Suite struct MetricsTests {
  private func page(_ input: SiteInput) throws -> Exposed {
    try Exposed(try #require(rendered(input).texts["metrics.prom"]))
  }

  @Test func `the file is what Prometheus reads, and tells what there is`() throws {
    let input = Example().input()
    let page = try page(input)
    #expect(page["redeye_up"] == 1)
    #expect(page["redeye_data_age_seconds"] == Double(input.now - (input.dataUntil ?? Instant(0))))
    #expect(page["redeye_incidents_open"] == Double(input.openIncidents.count))
    #expect(page["redeye_jobs_failed"] == Double(input.run?.failed ?? -1))
    #expect(page["redeye_host_state{host=\"www\"}"] == 0)
    #expect((page["redeye_host_state{host=\"sw-wh1\"}"] ?? 0) > 0)
    #expect(page.samples.keys.count { $0.hasPrefix("redeye_host_state{") } == input.plan.hosts.count)
    for status in input.objectives {
      let labels = "{objective=\"\(status.objective.name)\"}"
      #expect(page["redeye_objective_target_ratio\(labels)"] == status.objective.target)
      #expect(page["redeye_objective_availability_ratio\(labels)"] == status.figure?.availability)
      #expect(page["redeye_objective_budget_left_seconds\(labels)"] == status.figure.map { Double($0.left) })
    }
    #expect(page.families.allSatisfy { $0.hasPrefix("redeye_") } && page.families.count >= 20)
  }

  @Test func `what is not known has no sample, and old data is not up`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    input.now = input.now + 7_200
    #expect(try page(input)["redeye_up"] == 0)
    input.dataUntil = nil
    input.run = nil
    input.runs = []
    for index in input.objectives.indices { input.objectives[index].figure = nil }
    let page = try page(input)
    #expect(page["redeye_up"] == 0 && page["redeye_data_age_seconds"] == nil && page["redeye_jobs_failed"] == nil)
    #expect(!page.families.contains("redeye_objective_availability_ratio"))
  }

  @Test(arguments: ["a\"b", "a\\", "a\nb", "a\r\n# TYPE x gauge\nx 1", "{}=,\u{1B}\u{202E}", "長い\u{FFFE}"])
  func `names from outside are values of labels and nothing else`(name: String) throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    let before = try page(input)
    input.plan.hosts[0].name = name
    input.plan.title = name
    for index in input.objectives.indices { input.objectives[index].objective.title = name }
    let after = try page(input)
    #expect(after.families == before.families && after.samples.count == before.samples.count)
  }
}

/// The text format of Prometheus, read strictly: what is said of a family comes before its samples, each family and
/// each sample is there once, and nothing else is.
struct Exposed {
  private(set) var families: Set<String> = []
  private(set) var samples: [String: Double] = [:]

  struct Fault: Error {
    var line: String
  }

  subscript(sample: String) -> Double? { samples[sample] }

  init(_ text: String) throws {
    guard text.hasSuffix("\n"), !text.contains("\r") else { throw Fault(line: "the end") }
    var family = ""
    var isTyped = false
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let line = String(line)
      if let help = try /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\[\\n])+/.wholeMatch(in: line) {
        family = String(help.1)
        isTyped = false
        guard families.insert(family).inserted else { throw Fault(line: line) }
      } else if let type = try /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) gauge/.wholeMatch(in: line) {
        guard type.1 == family, !isTyped else { throw Fault(line: line) }
        isTyped = true
      } else {
        guard
          let sample = try /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[^\n]*\})? (-?[0-9][0-9.e+-]*)/.wholeMatch(in: line),
          sample.1 == family, isTyped, let value = Double(sample.3)
        else { throw Fault(line: line) }
        let labels = String(sample.2 ?? "")
        guard try Exposed.isList(labels), samples.updateValue(value, forKey: family + labels) == nil
        else { throw Fault(line: line) }
      }
    }
    for family in families where !samples.keys.contains(where: { $0 == family || $0.hasPrefix(family + "{") }) {
      throw Fault(line: family)
    }
  }

  private static func isList(_ labels: String) throws -> Bool {
    let list =
      /\{[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*")*\}/
    return try labels.isEmpty || list.matchingSemantics(.unicodeScalar).wholeMatch(in: labels) != nil
  }
}
