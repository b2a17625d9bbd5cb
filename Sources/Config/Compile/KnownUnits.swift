package import Model

extension Probe {
  /// The unit of one of its metrics, as far as that is known before it has run.
  package func unit(of metric: String) -> Unit? {
    if let known = KnownMetrics(self).all, !known.contains(metric) { return nil }
    return switch self {
    case .system: Probe.machineUnit(metric)
    case .ping: metric == "loss" ? .percent : metric == "up" ? Unit.none : .seconds
    case .http(let http): http.numbers.first { $0.metric == metric }?.unit ?? Probe.webUnit(metric)
    case .tcp, .tls: Probe.webUnit(metric)
    case .dns: ["time", "ttl"].contains(metric) ? .seconds : Unit.none
    case .snmp(let snmp): (snmp.fieldSet.objects + snmp.fieldSet.metrics).first { $0.name == metric }?.unit
    // Its output says it.
    case .script: nil
    }
  }

  private static func webUnit(_ metric: String) -> Unit {
    if metric.hasPrefix("time-") { return .seconds }
    return metric == "size" ? .bytes : metric == "certificate-days" ? .days : .none
  }

  private static func machineUnit(_ metric: String) -> Unit {
    if metric.hasPrefix("cpu-") || metric.hasSuffix("-percent") || metric == "io-busy" { return .percent }
    if ["mem-", "swap-", "disk-"].contains(where: metric.hasPrefix) { return .bytes }
    switch metric {
    case "io-read", "io-write": return .bytesPerSecond
    case "net-in", "net-out": return .bitsPerSecond
    case "uptime": return .seconds
    default: return metric.hasPrefix("io-") || metric.hasPrefix("net-") ? .perSecond : .count
    }
  }
}

/// The unit of every series a name or pattern can be, of these jobs.
func knownUnit(of selector: Selector, among jobs: [Job]) -> Unit? {
  guard let series = SeriesID(selector.text), !series.metric.contains(where: { $0 == "*" || $0 == "?" }) else {
    return nil
  }
  let units = jobs.map { $0.probe.unit(of: series.metric) }
  guard let first = units.first, units.allSatisfy({ $0 == first }) else { return nil }
  return first
}
