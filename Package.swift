// swift-tools-version: 6.2
import PackageDescription

/// The same rules for every Swift target of the house.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Drawing is loops over pixels, and a month of readings is loops over millions of numbers; without the optimiser they
/// are thirty times slower. With it the tests run at a speed people would recognise.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "redeye",
  products: [.executable(name: "redeye", targets: ["redeye"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: rows.flatMap { $0 } + tests
)

/// Row by row from the bottom: a target imports only from the rows below it (docs/ARCHITECTURE.md).
var rows: [[Target]] {
  [
    [  // 0: the C libraries
      .systemLibrary(name: "CLinux"),
      .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
      .systemLibrary(name: "CNetSNMP", pkgConfig: "netsnmp", providers: [.apt(["libsnmp-dev"])]),
      .systemLibrary(name: "CSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
      .systemLibrary(name: "CAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
      .systemLibrary(name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
      .target(name: "CPNG", linkerSettings: [.linkedLibrary("png16")]),
      // Not linked: loaded when they are first called.
      .target(name: "CLater"),
      .target(name: "CRRD", dependencies: ["CLater"]),
      .target(name: "CCurl", dependencies: ["CLater"]),
    ],
    [room("Model")],
    [  // 2: the doors, and arithmetic
      room("YAML", "CYAML"),
      room("RRD", "CRRD", settings: house + optimised),
      room("SNMP", "CNetSNMP"),
      room("Transfer", "CCurl", "CSSL"),
      room("DNS", "CAres"),
      room("PNG", "CPNG", settings: house + optimised),
      room("Glyphs", "CFreeType", settings: house + optimised),
      room("Platform", "CLinux"),
      room("Formula", "Model"),
      room("Markdown"),
    ],
    [
      room("Config", "Model", "YAML", "Formula", "Markdown", resources: [.embedInCode("Base/base.yaml")]),
      room("Journal", "Model", "Platform", settings: house + optimised),
      room("State", "Model", "Platform", products: [.product(name: "GRDB", package: "GRDB.swift")]),
    ],
    [
      room("SLA", "Model", "Config"),
      room("Graph", "Model", "PNG", "Glyphs", settings: house + optimised),
      room("Series", "Model", "Config", "RRD", settings: house + optimised),
      room("Collect", "Model", "Config", "SNMP", "Transfer", "DNS", "Platform"),
    ],
    [
      room("Alert", "Model", "Config", "SLA"),
      room(
        "Demo", "Model", "Config", "Collect", resources: [.embedInCode("Fleet")], settings: house + optimised),
      room("Discover", "Model", "Config", "Collect"),
    ],
    [
      room(
        "Site", "Model", "Config", "SLA", "Alert", "Graph", "Formula", "Markdown",
        products: [.product(name: "Mustache", package: "swift-mustache")],
        resources: [.embedInCode("Resources")], settings: house + optimised),
      room("Mail", "Model", "Config", "Alert", "SLA", "Transfer"),
    ],
    [
      .executableTarget(
        name: "redeye",
        dependencies: [
          "Model", "Platform", "YAML", "RRD", "SNMP", "Transfer", "DNS", "PNG", "Glyphs", "Config", "Journal",
          "State", "SLA", "Graph", "Series", "Collect", "Alert", "Demo", "Discover", "Site",
          "Mail",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: house)
    ],
  ]
}

func room(
  _ name: String, _ below: String..., products: [Target.Dependency] = [], resources: [Resource]? = nil,
  settings: [SwiftSetting] = house
) -> Target {
  .target(
    name: name, dependencies: below.map { .target(name: $0) } + products, resources: resources,
    swiftSettings: settings)
}

/// The tests of a target, one suite for each; `Fixtures` and `Golden` are read from the source folder.
func suite(_ name: String, _ more: String...) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: Set([name, "Model", "TestSupport"] + more).sorted().map { .target(name: $0) },
    exclude: ["Fixtures", "Golden"], swiftSettings: house)
}

var tests: [Target] {
  [
    .systemLibrary(
      name: "CPNGReader", path: "Tests/CPNGReader", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .target(
      name: "TestSupport", dependencies: ["Platform", "CPNGReader"], path: "Tests/TestSupport", swiftSettings: house),
    .target(
      name: "SNMPFarm", dependencies: ["CNetSNMP"], path: "Tests/SNMPFarm", swiftSettings: house + optimised),
    .executableTarget(name: "snmp-reader", dependencies: ["SNMP"], path: "Benchmarks/Reader", swiftSettings: house),
    .executableTarget(
      name: "painter", dependencies: ["Config", "Graph", "Series", "Model", "Platform"], path: "Benchmarks/Painter",
      swiftSettings: house),
    .executableTarget(name: "snmp-farm", dependencies: ["SNMPFarm"], path: "Benchmarks/Farm", swiftSettings: house),
    .testTarget(name: "ArchitectureTests", dependencies: ["Platform"], swiftSettings: house),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "redeye", "Platform", "SNMPFarm", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures", "Golden"],
      swiftSettings: house),
    suite("Model"),
    suite("YAML"),
    suite("RRD"),
    suite("SNMP", "SNMPFarm"),
    suite("Transfer"),
    suite("DNS"),
    suite("PNG"),
    suite("Glyphs"),
    suite("Platform"),
    suite("Formula"),
    suite("Markdown"),
    suite("Config", "YAML", "Formula"),
    suite("Journal", "Platform"),
    suite("State"),
    suite("SLA", "Config"),
    suite("Graph", "PNG", "Glyphs"),
    suite("Series", "Config", "RRD"),
    suite("Collect", "Config", "SNMP", "SNMPFarm", "Transfer", "DNS", "Platform"),
    suite("Alert", "Config", "SLA"),
    suite("Demo", "Config"),
    suite("Discover", "Collect", "Config"),
    suite("Site", "Config", "SLA", "Alert", "Graph", "Formula"),
    suite("Mail", "Config", "SLA", "Alert", "Transfer"),
  ]
}
