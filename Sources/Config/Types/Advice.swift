internal import Model
internal import YAML

/// What to write instead of a value that does not fit, where it can be told what was meant.
///
/// Every advice that names a value names one its type takes; a test reads them back.
enum Advice {
  static func bool(_ text: String) -> String? {
    switch text.lowercased() {
    case "yes", "y", "on", "1", "enabled", "enable", "true": "write true"
    case "no", "n", "off", "0", "disabled", "disable", "false": "write false"
    default: nil
    }
  }

  static func int(_ text: String) -> String? {
    if let octal = leadingZero(text) { return octal }
    if let number = separated(text), Int(number) != nil { return "write \(number)" }
    guard let number = text.decimalNumber else { return nil }
    guard abs(number) < 9e15 else { return "it is too large" }
    return number == number.rounded() ? "write \(Int(number))" : "it has no fraction"
  }

  /// `010` is 8 to readers of YAML 1.1 and 10 to those of 1.2.
  static func leadingZero(_ text: String) -> String? {
    let digits = text.drop { "+-".contains($0) }
    guard digits.count > 1, digits.hasPrefix("0"), digits.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
    let rest = digits.drop { $0 == "0" }
    return "some programs read a number that begins with 0 as octal: write \(rest.isEmpty ? "0" : String(rest))"
  }

  static func float(_ text: String) -> String? {
    if [".inf", "-.inf", "+.inf", ".nan"].contains(text.lowercased()) {
      return "it is a finite number; leave the field out where there is no bound"
    }
    if let number = separated(text), number.decimalNumber != nil { return "write \(number)" }
    let number = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
    let unit = String(text.dropFirst(number.count)).trimmed
    guard !unit.isEmpty, unit.count <= 8, String(number).decimalNumber != nil else { return nil }
    return "write the number alone, in the unit the series is kept in: \(number)"
  }

  /// A number with a comma for its point, or with signs between its thousands.
  private static func separated(_ text: String) -> String? {
    if text.contains("_") { return text.replacing("_", with: "") }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, !text.contains(".") else { return nil }
    return "\(parts[0]).\(parts[1])"
  }

  static func percent(_ text: String) -> String? {
    let bare = (text.hasSuffix("%") ? String(text.dropLast()) : text).trimmed
    guard let number = separated(bare)?.decimalNumber ?? bare.decimalNumber else { return nil }
    guard (0...100).contains(number) else { return "a share goes from 0% to 100%" }
    let plain = separated(bare) ?? bare
    guard Percent.share(plain + "%") != nil else { return nil }
    // A share of 1 or less without its sign may be either.
    if !text.hasSuffix("%"), number <= 1, number > 0 {
      return "write it with its sign: \(Resolution.text(number * 100))%"
    }
    return "write \(plain)%"
  }

  static func duration(_ text: String) -> String? {
    if text.hasPrefix("-") { return "it cannot be negative" }
    if let seconds = Int(text), seconds >= 0 {
      guard seconds > 0 else { return "write 0s" }
      return "its unit is missing: \(text)s for seconds, \(text)m for minutes, \(text)h for hours"
    }
    let sexagesimal = text.split(separator: ":", omittingEmptySubsequences: false)
    if sexagesimal.count == 2, let first = Int(sexagesimal[0]), let second = Int(sexagesimal[1]), first >= 0,
      (0..<60).contains(second)
    {
      return "write \(first)m\(second)s or \(first)h\(second)m"
    }
    guard let milliseconds = loosely(text) else { return nil }
    return "write \(DurationText.text(milliseconds: milliseconds))"
  }

  /// `5 minutes`, `1.5h`, `10 sec`.
  private static func loosely(_ text: String) -> Int? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }.replacing(",", with: ".")
    let word = String(text.dropFirst(number.count)).trimmed.lowercased()
    guard let count = String(number).decimalNumber, let unit = units.first(where: { $0.words.contains(word) }) else {
      return nil
    }
    let milliseconds = count * unit.milliseconds
    return milliseconds < 1e15 && milliseconds == milliseconds.rounded() ? Int(milliseconds) : nil
  }

  private static let units: [(words: [String], milliseconds: Double)] = [
    (["ms", "msec", "msecs", "millisecond", "milliseconds"], 1),
    (["s", "sec", "secs", "second", "seconds"], 1_000), (["m", "min", "mins", "minute", "minutes"], 60_000),
    (["h", "hr", "hrs", "hour", "hours"], 3_600_000), (["d", "day", "days"], 86_400_000),
    (["w", "week", "weeks"], 604_800_000), (["month", "months", "mo"], 2_592_000_000),
    (["y", "year", "years"], 31_536_000_000),
  ]

  static func bytes(_ text: String) -> String? {
    guard let number = text.decimalNumber, number >= 0, number < 4e9, number == number.rounded() else { return nil }
    return "write \(Int(number))"
  }

  static func email(_ text: String) -> String? {
    if let open = text.firstIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
      let address = String(text[text.index(after: open)..<close])
      if Address.isEmail(address) { return "write \(address), and the name as title" }
    }
    if text.contains(",") || text.contains(";") || text.count(where: { $0 == "@" }) > 1 {
      return "a contact has one address; make a contact of each, and a role of all"
    }
    return text.contains("@") ? nil : "write it like alice@example.org"
  }

  // MARK: Times of the week

  static func days(_ text: String) -> String? {
    let lower = text.lowercased()
    if let known = ["weekdays": "mon-fri", "workdays": "mon-fri", "weekend": "sat,sun", "weekends": "sat,sun"][lower] {
      return "write \(known)"
    }
    if ["always", "all", "everyday", "every day", "*"].contains(lower) { return "write daily" }
    let short = shortDays(lower)
    return short != lower && Weekdays.days(short) != nil ? "write \(short)" : nil
  }

  /// The days in full cut to three letters.
  private static func shortDays(_ text: String) -> String {
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return full.reduce(text) { $0.replacing($1, with: $1.prefix(3)) }
      .replacing(" to ", with: "-").replacing(" and ", with: ",").replacing(" - ", with: "-")
  }

  static func stretch(_ text: String) -> String? {
    let ends = text.replacing("–", with: "-").split(separator: "-", omittingEmptySubsequences: false)
      .map { clock(String($0).trimmed) }
    guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
    let right = "\(from)-\(to)"
    return Weekdays.stretch(right) == nil ? nil : "write \(right)"
  }

  /// `8`, `8:30`, `0830`.
  private static func clock(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }), (1...2).contains(parts.count) else {
      return nil
    }
    if parts.count == 1, text.count == 4 { return "\(text.prefix(2)):\(text.suffix(2))" }
    let hour = parts[0].count == 1 ? "0\(parts[0])" : String(parts[0])
    return parts.count == 1 ? "\(hour):00" : "\(hour):\(parts[1])"
  }

  static func serviceHours(_ text: String) -> String? {
    if ["24x7", "24/7", "7x24", "daily", "all", "any"].contains(text.lowercased()) { return "write always" }
    if let alone = days(text) ?? stretch(text) { return alone }
    let words = text.split(separator: " ").map(String.init)
    guard let last = words.last, words.count > 1 else { return nil }
    let first = words.dropLast().joined(separator: " ")
    let hours = Weekdays.stretch(last) == nil ? stretch(last)?.dropFirst(6) : Substring(last)
    let days = Weekdays.days(first) == nil ? days(first)?.dropFirst(6) : Substring(first)
    guard let hours, let days else { return nil }
    return "write \(days) \(hours)"
  }

  static func window(_ text: String) -> String? {
    let known = [
      "daily": "day", "days": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year",
      "annual": "year", "annually": "year", "hour": "1h", "hourly": "1h",
    ]
    if let word = known[text.lowercased()] { return "write \(word)" }
    if let milliseconds = DurationText.milliseconds(text), milliseconds < 3_600_000 { return "a window is 1h at least" }
    return duration(text) ?? Nearest.help(text, in: ["day", "week", "month", "quarter", "year"])
  }

  static func unknown(_ text: String) -> String? {
    if text.lowercased().hasPrefix("carry") { return "write how often: carry 2, from 1 to 100" }
    if text.lowercased() == "ignore" { return "write exclude" }
    return Nearest.help(text, in: ["exclude", "bad", "good"])
  }

  static func status(_ text: String) -> String? {
    let digits = text.lowercased()
    if digits.count == 3, digits.hasSuffix("xx"), let first = digits.first?.wholeNumberValue, (1...5).contains(first) {
      return "write \(first)00-\(first)99"
    }
    return ["ok", "good", "success"].contains(digits) ? "write 200-299" : nil
  }

  static func zone(_ text: String) -> String? {
    Nearest.help(text, in: Zones.names)
  }

  static func series(_ text: String) -> String? {
    let parts = text.split { " .:>".contains($0) }
    if parts.count > 2, !text.contains("/") { return "write \(parts.joined(separator: "/"))" }
    let count = text.split(separator: "/").count
    return count < 3 ? "it has \(count) of its three parts: write HOST/JOB/METRIC" : nil
  }
}
