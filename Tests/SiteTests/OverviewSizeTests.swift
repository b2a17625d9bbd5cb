import Config
import Model
import Testing

@testable import Site

/// The page people look at first stays light however many hosts there are.
@Suite struct OverviewSize {
  @Test func `the overview of 500 hosts with five series each has less than 300 kB`() throws {
    var example = Example(hosts: [])
    for number in 1...500 {
      let name = "host\(number)"
      let location = SourceLocation(file: "example.yaml", line: number, column: 5)
      let group = ["rack \((number + 19) / 20)"]
      example.plan.hosts.append(Host(name: name, title: name, group: group, address: name, location: location))
      let job = Job(
        id: JobID(host: name, job: "numbers"), title: "Numbers", group: [], step: 60, timeout: 10,
        probe: .script(ScriptProbe(arguments: ["numbers"])), location: location)
      example.plan.jobs.append(job)
      for metric in ["in", "out", "errors", "users", "queue"] {
        let series = SeriesID(host: name, job: "numbers", instance: nil, metric: metric)
        example.catalogue[series] = CatalogueEntry(
          series: series, file: "f", source: "s", unit: .none, step: 60, since: Example.now - 400 * 86_400)
      }
    }
    let page = try #require(rendered(example.input()).files["index.html"])
    #expect(String(decoding: page, as: UTF8.self).contains("501 hosts in"))
    #expect(page.count < 300_000, "\(page.count) bytes")
  }
}
