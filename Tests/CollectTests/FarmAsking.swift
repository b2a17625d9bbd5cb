import Config
import Foundation
import Model
import Platform
import SNMPFarm
import TestSupport

@testable import Collect

/// Measures field sets of agents of a farm, all at once.
struct FarmAsking {
  let farm: AgentFarm
  var timeout = 8.0

  func assignment(_ number: Int, _ fieldSet: FieldSet, _ memory: JobMemory? = nil) -> Assignment {
    let probe = SNMPProbe(
      address: AgentFarm.address(number), port: farm.port, credentials: .v2c(community: .literal(Secret("public"))),
      retries: 1, fieldSet: fieldSet)
    let job = Job(
      id: JobID(host: "host\(number)", job: fieldSet.name), title: "", group: [], step: 60, timeout: timeout,
      probe: .snmp(probe), location: SourceLocation(file: "", line: 1, column: 1))
    return Assignment(job: job, slot: Instant(600), memory: memory)
  }

  func measure(_ assignments: [Assignment]) -> [Outcome] {
    let start = Clock.monotonic()
    return measureSNMP(
      assignments,
      MeasureContext(runStarted: start, deadline: start + 60, workers: 4, secrets: SecretStore(environment: [:])))
  }

  func measure(_ fieldSet: FieldSet, _ memory: JobMemory? = nil, number: Int = 0) -> Outcome {
    measure([assignment(number, fieldSet, memory)])[0]
  }
}

/// Recordings of real devices, where somebody has them: the folder that REDEYE_DEVICES names, or `../shared/devices`
/// beside the package.
enum RecordedDevices {
  static let all: [(name: String, walk: RecordedWalk)] = files.map { file in
    let name = (file as NSString).lastPathComponent.prefix { $0 != "." }
    return (String(name), RecordedWalk(snmprec: (try? run(["gzip", "-dcf", file])) ?? ""))
  }

  private static var files: [String] {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["REDEYE_DEVICES"]
      ?? package.deletingLastPathComponent().appendingPathComponent("shared/devices").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.contains(".snmprec") }.sorted().map { "\(folder)/\($0)" }
  }
}
