import Config
import Model
import Platform
import Synchronization
import TestSupport

@testable import Collect

/// A device with interfaces that a test changes between two readings, told by an honest fake agent.
final class SNMPDevice: Sendable {
  struct Port {
    var index: UInt32
    var name = "eth0"
    var description = "Ethernet 0"
    var alias = ""
    var type = 6
    var speed: UInt32 = 1_000_000_000
    var highSpeed: UInt32 = 1000
    var admin = 1
    var oper = 1
    /// 64 bits; `nil` where the device has only 32.
    var octets: (in: UInt64, out: UInt64)? = (0, 0)
    var narrowOctets: (in: UInt32, out: UInt32)? = (0, 0)
    var errors: UInt32? = 0
    var discontinuity: UInt32 = 0
  }

  struct State {
    /// Seconds.
    var uptime: UInt32 = 100_000
    var ports: [Port] = []
    var others: [([UInt32], [UInt8])] = []
    /// Walks at or behind this object get no answer.
    var silentFrom: [UInt32]?
    var isSilent = false
  }

  private let state: Shared
  private let agent: FakeAgent
  var port: Int { agent.port }

  private final class Shared: Sendable {
    let state: Mutex<State>
    init(_ state: State) { self.state = Mutex(state) }
  }

  init(_ ports: [Port] = [], others: [([UInt32], [UInt8])] = []) {
    let shared = Shared(State(ports: ports, others: others))
    state = shared
    agent = FakeAgent { request in
      let state = shared.state.withLock { $0 }
      let isBehind = state.silentFrom.map { silent in
        request.command != .get && request.oids.contains { !$0.lexicographicallyPrecedes(silent) }
      }
      if state.isSilent || isBehind ?? false {
        return []
      }
      return [.send(request.honest(state.objects))]
    }
  }

  func change(_ body: (inout State) -> Void) { state.state.withLock { body(&$0) } }
}

extension SNMPDevice.State {
  fileprivate var objects: [([UInt32], [UInt8])] {
    let system: [UInt32] = [1, 3, 6, 1, 2, 1, 1]
    return [
      (system + [1, 0], BER.text("A device\r\nof two lines")), (system + [3, 0], BER.timeTicks(uptime * 100)),
      (system + [5, 0], BER.text("device")), (system + [6, 0], BER.text("")),
    ] + ports.flatMap(\.objects) + others
  }
}

extension SNMPDevice.Port {
  fileprivate var objects: [([UInt32], [UInt8])] {
    let narrow: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]
    let wide: [UInt32] = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1]
    var objects: [([UInt32], [UInt8])] = [
      (narrow + [2, index], BER.text(description)), (narrow + [3, index], BER.integer(type)),
      (narrow + [5, index], BER.gauge(speed)), (narrow + [7, index], BER.integer(admin)),
      (narrow + [8, index], BER.integer(oper)), (wide + [1, index], BER.text(name)),
      (wide + [15, index], BER.gauge(highSpeed)), (wide + [18, index], BER.text(alias)),
      (wide + [19, index], BER.timeTicks(discontinuity)),
    ]
    if let octets {
      objects += [(wide + [6, index], BER.counter64(octets.in)), (wide + [10, index], BER.counter64(octets.out))]
    }
    if let narrowOctets {
      objects += [
        (narrow + [10, index], BER.counter32(narrowOctets.in)),
        (narrow + [16, index], BER.counter32(narrowOctets.out)),
      ]
    }
    if let errors { objects.append((narrow + [14, index], BER.counter32(errors))) }
    return objects
  }
}

/// Measures one request of a device.
struct SNMPAsking {
  /// Kept, because a device ends with its last owner.
  private let device: SNMPDevice?
  private let port: Int
  private let fieldSet: FieldSet
  var credentials = SNMPCredentials.v2c(community: .literal(Secret("hush-hush")))
  var timeout = 2.0
  var retries = 1

  init(_ device: SNMPDevice, _ fieldSet: FieldSet) {
    self.device = device
    port = device.port
    self.fieldSet = fieldSet
  }

  init(port: Int, _ fieldSet: FieldSet) {
    device = nil
    self.port = port
    self.fieldSet = fieldSet
  }

  func measure(_ memory: JobMemory? = nil) -> Outcome {
    let probe = SNMPProbe(
      address: "127.0.0.1", port: port, credentials: credentials, retries: retries, fieldSet: fieldSet)
    let job = Job(
      id: JobID(host: "router1", job: "asked"), title: "", group: [], step: 60, timeout: timeout, probe: .snmp(probe),
      location: SourceLocation(file: "", line: 1, column: 1))
    let start = Clock.monotonic()
    let context = MeasureContext(
      runStarted: start, deadline: start + 10, workers: 4, secrets: SecretStore(environment: [:]))
    return measureSNMP([Assignment(job: job, slot: Instant(600), memory: memory)], context)[0]
  }

  /// Measures, lets the test change the device, and measures again as if `seconds` had passed.
  func measureTwice(seconds: Double = 60, _ change: () -> Void) -> Outcome {
    var memory = measure().memory
    memory?.readAt -= seconds
    change()
    return measure(memory)
  }
}

extension Outcome {
  /// The value of a metric; the outer `nil` says that there is no such metric.
  func value(_ metric: String, _ instance: String? = nil) -> Double?? {
    reading.measurements.first { $0.metric == metric && $0.instance == instance }.map(\.value)
  }

  var instances: [String] { Array(Set(reading.measurements.compactMap(\.instance))).sorted() }

  func fact(_ name: String) -> String? { reading.facts.first { $0.name == name }?.text }
}

/// True for a rate that is right but for the milliseconds the test took.
func isNear(_ value: Double??, _ expected: Double) -> Bool {
  guard case .some(.some(let value)) = value else { return false }
  return abs(value - expected) <= expected * 0.02
}
