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

extension RecordedDevices {
  static let all = texts.map { $0.map { (name: $0.name, walk: RecordedWalk(snmprec: $0.snmprec)) } }
}
