internal import Model
internal import YAML

extension Workshop {
  /// The jobs whose series a name or pattern can be; `nil` or none with an error told, unless what is missed may be in
  /// something that could not be read.
  func matchedJobs(_ series: String, _ jobs: JobIndex, at place: Place, in crumb: Crumb) -> [Job]? {
    let matched: [Job]
    if Selector(series).isExact {
      guard let id = SeriesID(series).map({ JobID(host: $0.host, job: $0.job) }) else { return nil }
      guard let job = jobs.job(id) else {
        if !jobs.broken.contains(id) { jobs.missing(id, self, at: place, in: crumb) }
        return nil
      }
      matched = [job]
    } else {
      matched = jobs.fitting(series)
      if matched.isEmpty, jobs.broken.isEmpty, jobs.shakyHosts.isEmpty {
        findings.missing(
          "no job fits “\(series.printable(limit: 80))”", at: place, in: crumb,
          help: "“*” stands for any name: */ping/loss is the loss of every host")
      }
    }
    if !matched.isEmpty { checkMetric(series, matched, at: place, in: crumb) }
    return matched
  }

  /// Told where every job the selector fits is of a kind whose metrics are known, and none has this one.
  private func checkMetric(_ series: String, _ jobs: [Job], at place: Place, in crumb: Crumb) {
    guard let pattern = SeriesID(series), !series.hasSuffix("**"),
      !jobs.contains(where: { shelf.faultyJobs.contains($0.id) })
    else { return }
    let isInstance = pattern.instance != nil
    var known: Set<String> = []
    var others: Set<String> = []
    for metrics in jobs.map({ KnownMetrics($0.probe) }) {
      guard let own = isInstance ? metrics.instanced : metrics.plain else { return }
      known.formUnion(own)
      others.formUnion((isInstance ? metrics.plain : metrics.instanced) ?? [])
    }
    if known.contains(where: { glob(pattern.metric, $0) }) { return }
    let kinds = Set(jobs.map(\.probe.kind)).sorted().listed
    let text = pattern.metric.printable(limit: 80)
    if others.contains(where: { glob(pattern.metric, $0) }) {
      let right =
        isInstance ? "\(pattern.host)/\(pattern.job)/\(text)" : "\(pattern.host)/\(pattern.job)/INSTANCE/\(text)"
      return findings.error(
        isInstance
          ? "“\(text)” of \(kinds) jobs has no instance" : "“\(text)” of \(kinds) jobs has a series for each instance",
        at: place, in: crumb, help: "write \(right)" + (isInstance ? "" : ", or * for every instance"))
    }
    findings.error(
      "\(kinds) jobs have no metric “\(text)”", at: place, in: crumb,
      help: Nearest.help(text, in: known.sorted(), otherwise: "they have \(known.sorted().listed)"))
  }
}

extension JobIndex {
  /// The jobs whose series a pattern can select.
  func fitting(_ series: String) -> [Job] {
    let parts = series.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let hostPattern = parts[0] == "**" ? "*" : parts[0]
    let jobPattern = parts.count < 2 || parts[1] == "**" ? "*" : parts[1]
    let isExact = !FileReader.isPattern(hostPattern)
    let fitting = isExact ? [hostPattern] : hostNames.filter { glob(hostPattern, $0) }
    return fitting.flatMap { host in
      jobs(of: host).filter { glob(jobPattern, $0.id.job) }.sorted { $0.id < $1.id }
    }
  }
}
