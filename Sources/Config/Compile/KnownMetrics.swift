internal import Model

/// The metrics a job has, as far as that is known before it has run.
struct KnownMetrics {
  /// Metrics without an instance, and with one; `nil` where it may be anything.
  var plain: [String]?
  var instanced: [String]?

  init(_ probe: Probe) {
    (plain, instanced) = KnownMetrics.of(probe)
  }

  private static func of(_ probe: Probe) -> (plain: [String]?, instanced: [String]?) {
    switch probe {
    case .system: (machine, devices)
    case .ping(let ping):
      ping.family == .both ? ([], answers(packets: ping.packets)) : (answers(packets: ping.packets), [])
    case .http(let http): (web + http.numbers.map(\.metric), [])
    case .tcp(let tcp): (connection + (tcp.steps.contains(where: \.isSecure) ? security : []), [])
    case .tls: (connection + security, [])
    case .dns: (["up", "servers-up"], ["up", "time", "answers", "ttl", "serial"])
    case .snmp(let snmp): (snmp.fieldSet.objects.map(\.name), snmp.fieldSet.metrics.map(\.name))
    case .script(let script): of(script)
    }
  }

  /// Of most formats nobody knows before the script has run.
  private static func of(_ script: ScriptProbe) -> (plain: [String]?, instanced: [String]?) {
    let names: [String]? =
      switch script.format {
      case .number: ["value"]
      case .mrtg: ["in", "out"]
      default: nil
      }
    guard let names else { return (script.each.isEmpty ? nil : [], nil) }
    return script.each.isEmpty ? (names, []) : ([], names)
  }

  /// All names; `nil` where there may be any.
  var all: [String]? {
    guard let plain, let instanced else { return nil }
    return plain + instanced
  }

  static let machine =
    ["load1", "load5", "load15"] + ["user", "nice", "system", "iowait", "irq", "steal", "idle"].map { "cpu-\($0)" }
    + ["total", "used", "buffers", "cached", "free", "available"].map { "mem-\($0)" }
    + ["swap-total", "swap-used", "swap-free", "procs", "procs-running", "procs-blocked", "uptime"]

  static let devices = [
    "disk-total", "disk-used", "disk-free", "disk-used-percent", "inodes-used-percent", "io-read", "io-write",
    "io-reads",
    "io-writes", "io-busy", "net-in", "net-out", "net-packets-in", "net-packets-out", "net-errors-in",
    "net-errors-out", "net-drops-in", "net-drops-out",
  ]

  private static func answers(packets: Int) -> [String] {
    ["up", "loss", "min", "median", "max", "spread"] + (1...max(1, packets)).map { "p\($0)" }
  }

  static let web =
    [
      "up", "status", "time-resolve", "time-connect", "time-tls", "time-first-byte", "time-transfer",
      "time-total", "size",
    ] + certificate

  static let connection = ["up", "time-resolve", "time-connect", "time-total", "size"]
  static let security = ["time-tls"] + certificate
  static let certificate = ["certificate-days", "certificate-ok"]
}
