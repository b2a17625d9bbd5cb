import ArgumentParser
import Model

/// `90s`, `5m`, `1h30m`, `30d`, `2w`.
struct DurationArgument: CustomStringConvertible {
  var seconds: Int

  /// A hundred years.
  private static let mostDays = 36_600
  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]

  init(seconds: Int) { self.seconds = seconds }

  /// For the parser; throws what is wrong with the text.
  @Sendable static func parse(_ text: String) throws -> DurationArgument {
    let form = "write it like 90s, 5m, 1h30m, 30d or 2w"
    if text.hasPrefix("-"), Int(text.dropFirst().prefix(1)) != nil {
      throw ValidationError("it counts back from now already, so write it without “-”: \(text.dropFirst())")
    }
    var seconds = 0
    var rest = text[...]
    repeat {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let unit = rest.dropFirst(digits.count).prefix { !($0.isASCII && $0.isNumber) }
      guard !digits.isEmpty else { throw ValidationError(form) }
      guard !unit.isEmpty else {
        throw ValidationError(
          digits.allSatisfy { $0 == "0" } ? "it is more than 0; \(form)" : "its unit is missing; \(form)")
      }
      guard unit.count == 1, let sign = unit.first, let factor = units[sign] else {
        throw ValidationError("“\(String(unit).printable(limit: 40))” is no unit; \(form)")
      }
      guard let count = Int(digits), count <= mostDays * 86_400 / factor else {
        throw ValidationError("it goes up to \(mostDays)d")
      }
      seconds += count * factor
      rest = rest.dropFirst(digits.count + 1)
    } while !rest.isEmpty && seconds <= mostDays * 86_400
    guard seconds > 0 else { throw ValidationError("it is more than 0; \(form)") }
    guard seconds <= mostDays * 86_400 else { throw ValidationError("it goes up to \(mostDays)d") }
    return DurationArgument(seconds: seconds)
  }

  var description: String {
    for (factor, unit) in [(86_400, "d"), (3_600, "h"), (60, "m")] where seconds.isMultiple(of: factor) {
      return "\(seconds / factor)\(unit)"
    }
    return "\(seconds)s"
  }
}
