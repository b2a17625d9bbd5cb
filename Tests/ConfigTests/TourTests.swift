import Config
import Testing

@Suite struct TourTests {
  private static let text = """
    package: mine
    title: My network
    requires: [more]
    hosts:
      core:
        use: [ping]
        router1: {title: Core router, address: 192.0.2.1, snmp: {version: 2c, community: hunter2}, ping: {wait: 2s}}
        router2: {}
    sections:
      racks:
        says: Where things stand.
        fields: {name: {type: name}, height: {type: int, default: 42}, password: {type: text}}
        field sets: [{Rack: [name, height]}]
    racks: {a1: {height: 40, password: hunter3}}
    """
  private let tree = load(
    text, beside: ["packages/more.yaml": "package: more\nhosts: {web: {www: {address: www.example.org}}}\n"]
  ).tree

  @Test func `packages are told in the order they are asked, base last`() {
    let packages = tree.packageSheets
    #expect(packages.map(\.name) == ["mine", "more", "base"])
    #expect(packages.map(\.file) == ["redeye.yaml", "packages/more.yaml", nil])
    #expect(packages[0].requires == ["more"] && packages[0].title == "My network")
    #expect(packages[0].sections == ["hosts", "racks"] && packages[2].sections.contains("monitors"))
  }

  @Test func `sections have their items from every package, with their places`() throws {
    let hosts = try #require(tree.sectionSheets.first { $0.name == "hosts" })
    #expect(hosts.items.map(\.keys) == [["core", "router1"], ["core", "router2"], ["web", "www"]])
    #expect(hosts.items.map(\.definedAt) == ["redeye.yaml:7", "redeye.yaml:8", "packages/more.yaml:2"])
    #expect(hosts.levels == "GROUP >>> NAME" && hosts.items[0].title == "Core router")
    let racks = try #require(tree.sectionSheets.first { $0.name == "racks" })
    #expect(racks.says == "Where things stand." && racks.declaredAt == "redeye.yaml:10")
    #expect(racks.fieldSets.map(\.title) == ["Rack", "More"])
    #expect(racks.fieldSets[0].fields.map(\.fallback) == [nil, "42"])
    #expect(tree.sectionSheets.contains { $0.name == "settings" && $0.isSingle && $0.items.isEmpty })
    #expect(tree.sectionSheets.first { $0.name == "monitors" }?.items.count ?? 0 > 10)
  }

  @Test func `values stand in their field sets, with their layers`() throws {
    let sets = tree.values(of: "hosts", item: 0)
    #expect(sets.map(\.title) == ["Host", "Measuring", nil])
    let lines = sets.flatMap(\.lines)
    #expect(lines[0].key == "group" && lines[0].value == "core" && lines[0].origin == "key")
    let address = try #require(lines.first { $0.key == "address" })
    #expect(
      address.value == "192.0.2.1" && address.origin?.hasPrefix("item, redeye.yaml:7:") == true && !address.isDefault)
    let wait = try #require(lines.first { $0.key == "wait" })
    #expect(wait.depth == 1 && wait.value == "2s")
    let height = try #require(tree.values(of: "racks", item: 0).first?.lines.first { $0.key == "height" })
    #expect(height.origin == "item, redeye.yaml:14:22; hides 42 of default")
    let step = try #require(tree.values(of: "settings", item: nil).flatMap(\.lines).first { $0.key == "step" })
    #expect(step.value == "60s" && step.isDefault)
    #expect(tree.values(of: "nothing", item: 0).isEmpty)
    #expect(tree.jobNames(ofHost: "router1") == ["ping"])
  }

  @Test func `no secret is in any of them`() {
    for section in tree.sectionSheets {
      let places = section.isSingle ? [nil] : section.items.indices.map { Optional($0) }
      for place in places {
        for line in tree.values(of: section.name, item: place).flatMap(\.lines) {
          #expect(line.value?.contains("hunter") != true && line.origin?.contains("hunter") != true, "\(line)")
        }
      }
    }
  }
}
