import Config
import Model

/// What a job would bring home, time by time.
protocol Life: Sendable {
  /// What is measured at one time; the slot is that of the job, for what a collector reckons from it.
  func vitals(_ tick: Tick, slot: Instant) -> Vitals
}

/// A reading without its name and slot.
struct Vitals {
  var measurements: [Measurement]
  var failure: Failure?
  var facts: [Fact] = []
  var milliseconds: Int
  var bytes = 0
}

/// What the lives of a fleet share.
struct Fleet: Sendable {
  let plan: Plan
  let story: Story
  let seed: UInt64
  /// The first run, before which there is nothing to compare counters with.
  let from: Instant

  func chance(_ name: String) -> Chance { Chance(name, seed: seed) }

  /// Every job has a life by its kind.
  func life(of job: Job) -> any Life {
    let happenings = story.happenings(to: job.id.host)
    let chance = chance(job.id.description)
    switch job.probe {
    case .ping(let probe): return PingLife(job.id.host, probe, happenings, chance)
    case .http(let probe): return WebLife(job.id.host, probe, happenings, chance)
    case .tcp(let probe): return DialogueLife(probe.address, probe.port, happenings, chance)
    case .tls(let probe): return CertificateLife(job.id.host, probe, happenings, chance, from: from)
    case .dns(let probe): return NameLife(probe, story.happenings(to: "ns2"), chance)
    case .snmp(let probe): return DeviceLife(self, job, probe, happenings, chance)
    case .system: return SystemLife(chance, from: from)
    case .script(let probe): return ScriptLife(probe, chance)
    }
  }
}
