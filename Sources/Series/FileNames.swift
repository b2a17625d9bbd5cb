import Model

/// Names of files and data sources: for people to recognise, never read back.
enum FileNames {
  /// The longest part a name gives to its file.
  private static let slugLimit = 80
  /// What RRD has room for.
  private static let sourceLimit = 19

  /// `router1~6f0c1d2e3a4b5c6d/interfaces-xe-0-0-0~0123456789abcdef.rrd`; `number` 2 and up for further files of the row.
  static func file(for row: RowID, number: Int) -> String {
    let name = row.instance.map { "\(row.job.job)/\($0)" } ?? row.job.job
    let more = number > 1 ? ".\(number)" : ""
    return "\(slug(row.job.host))~\(hash(row.job.host))/\(slug(name))~\(hash(row.description))\(more).rrd"
  }

  /// A data source for each metric, in order, each another: `load1` stays `load1`.
  static func sources(for metrics: [String], besides taken: Set<String> = []) -> [String] {
    var taken = taken
    return metrics.map { metric in
      var name = source(metric)
      var number = 2
      while !taken.insert(name).inserted {
        name = String(source(metric).prefix(sourceLimit - 1 - String(number).count)) + "_\(number)"
        number += 1
      }
      return name
    }
  }

  private static func source(_ metric: String) -> String {
    let name = String(metric.unicodeScalars.map { $0.isLetterOrDigit ? Character($0) : "_" })
    if name.isEmpty { return "_" }
    return name.count <= sourceLimit ? name : "\(name.prefix(sourceLimit - 5))_\(hash(metric).prefix(4))"
  }

  private static func slug(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars.prefix(slugLimit * 2) {
      if scalar.isLetterOrDigit {
        result.append(Character(scalar))
      } else if !result.hasSuffix("-") {
        result.append("-")
      }
    }
    // A file that begins with a dash is an option to most programs.
    let trimmed = result.drop { $0 == "-" }.prefix(slugLimit)
    return trimmed.isEmpty ? "x" : trimmed.lowercased()
  }

  /// FNV-1a, 64 bits, as 16 hexadecimal digits. It only tells names with one slug apart; the catalogue makes sure that
  /// no two rows share a file.
  private static func hash(_ text: String) -> String {
    let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}
