package import Model

/// What `fping -C N -q` printed: a line for each target with its N round trips, and other lines.
struct PingReport {
  /// By target; milliseconds, `nil` where no answer came, in the order they were sent.
  private(set) var times: [String: [Double?]] = [:]
  /// Everything else it said.
  private(set) var remarks: [String] = []

  /// `target : 0.03 - 0.05`, padded before the colon. A line that is not exactly that is a remark.
  init(_ output: String, targets: Set<String>, packets: Int) {
    // Bytes, for characters have to be looked for.
    for line in output.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      if let (target, times) = PingReport.result(line, targets: targets, packets: packets) {
        // fping pings a target it was given once; a second line is not its word.
        if self.times[target] == nil { self.times[target] = times }
      } else {
        remarks.append(Substring(line).trimmingSpaces)
      }
    }
  }

  private static func result(
    _ line: Substring.UTF8View, targets: Set<String>, packets: Int
  ) -> (String, [Double?])? {
    var fields = line.split { $0 == 0x20 || $0 == 0x09 }[...]
    guard let name = fields.popFirst(), let colon = fields.popFirst(), colon.elementsEqual([UInt8(ascii: ":")]),
      fields.count == packets
    else { return nil }
    let target = String(Substring(name))
    guard targets.contains(target) else { return nil }
    var times: [Double?] = []
    times.reserveCapacity(packets)
    for field in fields {
      if field.elementsEqual([UInt8(ascii: "-")]) {
        times.append(nil)
      } else {
        guard let time = decimal(field) else { return nil }
        times.append(time)
      }
    }
    return (target, times)
  }
}

/// Digits with at most one point among them; nothing else that `Double` would take. As exact as `Double` is, for so few
/// digits and powers of ten are.
private func decimal(_ text: Substring.UTF8View) -> Double? {
  var digits = 0.0
  var scale = 1.0
  var (count, points) = (0, 0)
  for byte in text {
    if byte == 0x2E {
      points += 1
      continue
    }
    guard (0x30...0x39).contains(byte) else { return nil }
    digits = digits * 10 + Double(byte - 0x30)
    if points > 0 { scale *= 10 }
    count += 1
  }
  return (1...15).contains(count) && points < 2 ? digits / scale : nil
}

extension Substring {
  /// Without the spaces around it.
  var trimmingSpaces: String {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }
}

/// The round trips to one target, in milliseconds and `nil` where none came back, as a job's numbers in seconds. The
/// spread is the range of the middle half of the answers.
package func pingMeasurements(_ times: [Double?]) -> [Measurement] {
  let answers = times.compactMap { $0 }.sorted().map { $0 / 1000 }
  let lost = times.count - answers.count
  let sorted = answers.map(Optional.some) + Array(repeating: nil, count: lost)
  return [
    Measurement("loss", Double(lost) / Double(times.count) * 100, .percent),
    Measurement("up", answers.isEmpty ? 0 : 1, .none),
    Measurement("min", answers.first, .seconds),
    Measurement("median", median(answers), .seconds),
    Measurement("max", answers.last, .seconds),
    Measurement("spread", spread(answers), .seconds),
  ] + sorted.enumerated().map { Measurement("p\($0.offset + 1)", $0.element, .seconds) }
}

/// Nothing is known of any packet.
func unknownPing(packets: Int) -> [Measurement] {
  let names = ["min", "median", "max", "spread"] + (1...max(1, packets)).map { "p\($0)" }
  return [Measurement("loss", nil, .percent), Measurement("up", nil, .none)]
    + names.map { Measurement($0, nil, .seconds) }
}

/// The interquartile range, with quartiles between neighbours where they fall there; `nil` of fewer than two answers.
private func spread(_ sorted: [Double]) -> Double? {
  guard sorted.count > 1 else { return nil }
  func quantile(_ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
  return quantile(0.75) - quantile(0.25)
}

private func median(_ sorted: [Double]) -> Double? {
  guard !sorted.isEmpty else { return nil }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
