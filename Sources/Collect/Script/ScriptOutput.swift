import Config
import Model

/// What a script that ended by itself left behind.
struct ScriptOutput: Sendable {
  /// Standard output; bytes that are not UTF-8 have become U+FFFD.
  var text: String
  var errorText: String
  /// Its exit status.
  var status: Int
  /// Whether there was more than is kept.
  var truncated: Bool

  /// Whether there is a character in it that no program prints for people or other programs to read.
  var isText: Bool {
    !text.unicodeScalars.contains { scalar in
      scalar == "\u{FFFD}" || scalar.properties.generalCategory == .control && !"\t\n\r".unicodeScalars.contains(scalar)
    }
  }

  /// The first line of a text that holds something, without the spaces around it.
  static func firstLine(of text: String) -> String? {
    text.split(whereSeparator: \.isNewline).lazy.map(\.trimmingSpaces).first { !$0.isEmpty }
  }

  /// The standard output without blank lines and spaces around it.
  var trimmed: String {
    var rest = text[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// Without what a cut has left half: `12345` cut to `12` is a number that was never measured.
  var whole: ScriptOutput {
    guard truncated else { return self }
    var result = self
    let isPart: (Character) -> Bool = text.contains(where: \.isNewline) ? { !$0.isNewline } : { !$0.isWhitespace }
    while let last = result.text.last, isPart(last) { result.text.removeLast() }
    // One endless word is shown as it is: nothing takes it for a number.
    return result.text.isEmpty ? self : result
  }
}

/// What a format makes of an output.
struct ScriptReading: Sendable {
  var values: [ScriptValue] = []
  var facts: [Fact] = []
  /// Something that is wrong beside what could be read.
  var failure: Failure?

  /// What is missing where nothing is wrong: a value that is unknown is so for a reason, and a reading without a number
  /// was not collected.
  var silence: Failure? {
    guard !values.isEmpty else { return Failure(.garbage, "there is no number in what it printed") }
    let unknown = values.filter { $0.value == nil }
    guard let first = unknown.first else { return nil }
    let more = unknown.count > 1 ? ", and \(unknown.count - 1) more" : ""
    return Failure(.script, "\(quoted(first.label)) is unknown: it printed no number for it\(more)".printable())
  }
}

/// One number of a script, still under the name the script gave it.
struct ScriptValue: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case gauge
    /// It only grows; where it fell, it began anew.
    case counter
    /// It may fall as well: what is kept is its change.
    case derive
    /// A count since it was last read.
    case absolute
  }

  var label: String
  var instance: String?
  var value: Double?
  /// Of what is kept: for all kinds but a gauge, of the rate in a second.
  var unit: Unit
  var kind = Kind.gauge
  /// When it was measured, in seconds since 1970, where the script says so.
  var time: Double?
  /// What is kept is unknown outside these.
  var lowest: Double?
  var highest: Double?
}

/// How a format is read, and how `auto` knows it: a new one is one file and one line here.
struct ScriptFormat: Sendable {
  /// How much an output looks like a format.
  enum Fit: Hashable, Sendable {
    case none
    /// It can be read so; so perhaps can another format.
    case sign
    /// No other format begins so.
    case mark
  }

  var read: @Sendable (ScriptOutput, ScriptProbe) -> Result<ScriptReading, Failure>
  var fit: @Sendable (ScriptOutput) -> Fit
}

let scriptFormats: [ScriptProbe.Format: ScriptFormat] = [
  .auto: ScriptFormat(read: readAutomatically, fit: { _ in .none }),
  .collectd: ScriptFormat(read: readCollectd, fit: fitsCollectd),
  .prometheus: ScriptFormat(read: readPrometheus, fit: fitsPrometheus),
  .munin: ScriptFormat(read: readMunin, fit: fitsMunin),
  .json: ScriptFormat(read: readJSON, fit: fitsJSON),
  .number: ScriptFormat(read: readNumber, fit: fitsNumber),
  .mrtg: ScriptFormat(read: readMRTG, fit: fitsMRTG),
  .zabbix: ScriptFormat(read: readZabbix, fit: fitsZabbix),
  .influx: ScriptFormat(read: readInflux, fit: fitsInflux),
  .cacti: ScriptFormat(read: readCacti, fit: fitsCacti),
  .nagios: ScriptFormat(read: readNagios, fit: fitsNagios),
]
