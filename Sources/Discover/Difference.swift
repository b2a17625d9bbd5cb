import Collect
import Config
import Model

extension Draft {
  /// What a device has that its configuration does not measure, and the other way round; empty where nothing differs.
  func difference(of host: Known.Host, _ device: Surveyed, at target: Target) -> [String] {
    let choice = Choice(offers, device, known: host)
    var lines: [String] = []
    if !choice.use.isEmpty { lines.append("  add to its “use”: [\(choice.use.map(\.yaml).joined(separator: ", "))]") }
    if !choice.jobs.isEmpty {
      lines.append("  add to “jobs”:")
      lines += choice.jobs.map {
        "    \($0.name.yaml): {host: \(host.name.yaml), kind: snmp, request: \($0.fieldSet.name.yaml)}"
      }
    }
    for job in host.jobs { lines += rows(of: job.name, job.fieldSet, host, device) }
    return lines.isEmpty
      ? [] : ["\(host.name.told()) at \(target.description), \(host.location.description.told()):"] + lines
  }

  /// Rows that are new since anything was stored, and rows the last reading had and the device has not.
  private func rows(of job: String, _ set: FieldSet, _ host: Known.Host, _ device: Surveyed) -> [String] {
    guard let part = device.parts.first(where: { $0.fieldSet == set }), !set.metrics.isEmpty,
      let stored = known.stored(host, job)
    else { return [] }
    let kept = part.rows.filter { $0.exclusion == nil }
    let new = kept.filter { !stored.contains($0.name) }
    let lost = known.last(host, job).subtracting(kept.map(\.name))
    guard part.isComplete else { return lines(job, new, []) }
    return lines(
      job, new,
      lost.sorted().map { name in
        let row = part.rows.first { $0.name == name }
        return [name.told(limit: 100), row?.exclusion.map(Listing.reason) ?? "the device has it no more"]
      })
  }

  private func lines(_ job: String, _ new: [Surveyed.Row], _ lost: [[String]]) -> [String] {
    let cells = new.map { Array(Listing.cells($0).dropFirst()) }
    let fresh = (tableLines(cells) ?? []).map { "    + \($0.joined())" }
    let gone = (tableLines(lost) ?? []).map { "    - \($0.joined())" }
    return fresh.isEmpty && gone.isEmpty
      ? [] : ["  \(job.told()): the next run measures (+) and misses (-)"] + fresh + gone
  }

  /// Hosts of the configuration at addresses that gave no answer.
  func gone() -> [[String]] {
    zip(targets, results).compactMap { target, result in
      guard !target.isNamed, case .failure(let failure) = result, let host = known.host(at: target) else { return nil }
      return [
        "\(host.name.told()) at \(target.description), \(host.location.description.told()), gives no answer: "
          + failure.description.told(limit: 400)
      ]
    }
  }
}
