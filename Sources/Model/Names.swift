/// A job on a host; `tester1` of `localhost` reads `localhost/tester1`.
package struct JobID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package var host: String
  package var job: String

  package init(host: String, job: String) {
    self.host = host
    self.job = job
  }

  package var description: String { "\(host)/\(job)" }
  package static func < (left: JobID, right: JobID) -> Bool {
    (left.host, left.job) < (right.host, right.job)
  }
}

/// What one RRD file holds: every metric of one job, or of one instance of it.
package struct RowID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package var job: JobID
  package var instance: String?

  package init(job: JobID, instance: String? = nil) {
    self.job = job
    self.instance = instance
  }

  package var description: String { instance.map { "\(job)/\($0)" } ?? job.description }
  package static func < (left: RowID, right: RowID) -> Bool {
    (left.job, left.instance ?? "") < (right.job, right.instance ?? "")
  }
}

/// The name of a series: `host/job/metric` or `host/job/instance/metric`.
///
/// Host, job and metric never hold a slash; an instance may (`router1/interfaces/xe-0/0/0/in`), so the instance is
/// whatever stands between the second slash and the last.
package struct SeriesID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  package var row: RowID
  package var metric: String

  package init(row: RowID, metric: String) {
    self.row = row
    self.metric = metric
  }

  package init(host: String, job: String, instance: String? = nil, metric: String) {
    self.init(row: RowID(job: JobID(host: host, job: job), instance: instance), metric: metric)
  }

  /// `nil` where the text has fewer than three parts or an empty host, job or metric.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 3, let metric = parts.last, !parts[0].isEmpty, !parts[1].isEmpty, !metric.isEmpty
    else { return nil }
    let instance = parts.count > 3 ? parts[2..<parts.count - 1].joined(separator: "/") : nil
    self.init(host: String(parts[0]), job: String(parts[1]), instance: instance, metric: String(metric))
  }

  package var host: String { row.job.host }
  package var job: String { row.job.job }
  package var instance: String? { row.instance }
  package var description: String { "\(row)/\(metric)" }
  package static func < (left: SeriesID, right: SeriesID) -> Bool {
    (left.row, left.metric) < (right.row, right.metric)
  }
}

/// Text that selects series: a series name in which `*` stands for any run of characters and `?` for one, within
/// the host, job, instance and metric each; `**` alone, or at the end, for everything that follows.
///
/// `*/ping/loss` is the loss of every host; `router1/interfaces/*/in` the inbound traffic of each interface;
/// `router1/**` all that is known of a host.
package struct Selector: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }

  /// True where the selector can only ever name one series.
  package var isExact: Bool { !text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") } }

  package func matches(_ series: SeriesID) -> Bool {
    if isExact { return text == series.description }
    if text == "**" { return true }
    if text.hasSuffix("/**") {
      return Selector.prefix(text.dropLast(3).split(separator: "/"), matches: series)
    }
    guard let pattern = SeriesID(text), (pattern.instance == nil) == (series.instance == nil) else { return false }
    return glob(pattern.host, series.host) && glob(pattern.job, series.job)
      && glob(pattern.metric, series.metric) && glob(pattern.instance ?? "", series.instance ?? "")
  }

  private static func prefix(_ parts: [Substring], matches series: SeriesID) -> Bool {
    let names = [series.host, series.job] + (series.instance.map { [$0] } ?? [])
    guard parts.count <= names.count else { return false }
    return zip(parts, names).allSatisfy { glob(String($0), $1) }
  }
}

/// Whether a text fits a pattern of `*` (any run) and `?` (any one character), in linear space and without recursion.
package func glob(_ pattern: String, _ text: String) -> Bool {
  let pattern = Array(pattern.utf8)
  let text = Array(text.utf8)
  var p = 0
  var t = 0
  var star: (pattern: Int, text: Int)?
  while t < text.count {
    if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
      star = (p, t)
      p += 1
    } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") || pattern[p] == text[t] {
      p += 1
      t += 1
    } else if let retry = star {
      star = (retry.pattern, retry.text + 1)
      p = retry.pattern + 1
      t = retry.text + 1
    } else {
      return false
    }
  }
  return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
}
