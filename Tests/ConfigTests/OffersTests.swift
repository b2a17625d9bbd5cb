import Testing

@testable import Config

@Suite struct OffersTests {
  private func read(_ text: String) -> Offers {
    offers(path: "/c/redeye.yaml", files: memory(["/c/redeye.yaml": text]))
  }

  @Test func `every shipped field set and every SNMP monitor is offered`() {
    let offers = offers(path: nil)
    #expect(offers.hasPing)
    let names = offers.monitors.map(\.name)
    #expect(names.count == 16 && names.prefix(2) == ["snmp-interfaces", "snmp-system"], "\(names)")
    let brought = Set(offers.monitors.flatMap { $0.jobs.map(\.fieldSet.name) })
    #expect(offers.fieldSets.allSatisfy { brought.contains($0.name) })
    #expect(["ping", "use", "script"].allSatisfy(offers.reserved.contains))
  }

  @Test func `a monitor of one's own is offered with its filters, first of all`() throws {
    let offers = read(
      """
      hosts: {a: {b: {address: 192.0.2.1, use: [ping]}}}
      field sets:
        fans: {metrics: {rpm: 1.3.6.1.4.1.9999.1}}
      monitors:
        fans: {jobs: {fans: {kind: snmp, request: fans}}}
        uplinks: {jobs: {interfaces: {kind: snmp, request: interfaces, include: ^Te}}}
        mixed: {jobs: {a: {kind: snmp, request: interfaces}, b: {kind: ping}}}
        asks: {parameters: {what: {required: true}}, jobs: {a: {kind: snmp, request: interfaces, include: "%(what)s"}}}
      """)
    #expect(offers.monitors.map(\.name).prefix(3) == ["fans", "uplinks", "snmp-interfaces"])
    #expect(offers.monitors[1].jobs.first?.fieldSet.include == ["^Te"])
    #expect(offers.fieldSets.contains { $0.name == "fans" })
    #expect(offers.reserved.contains("mixed"))
  }

  @Test func `what is broken is left out, and the rest is offered`() {
    let offers = read("monitors: {odd: {jobs: {a: {kind: snmp, request: nothing}}}}\nhosts: 7\nfield sets: {x: {}}")
    #expect(!offers.monitors.contains { $0.name == "odd" } && offers.monitors.count == 16)
    #expect(!offers.fieldSets.contains { $0.name == "x" })
  }
}
