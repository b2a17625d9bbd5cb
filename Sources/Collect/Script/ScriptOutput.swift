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
  var label: String
  var instance: String?
  var value: Double?
  var unit: Unit
  /// A count that only grows: what is kept is its rate.
  var isCounter = false
}

/// How a format is read: a new one is one file and one line here.
typealias ScriptFormatReader = @Sendable (ScriptOutput, ScriptProbe) -> Result<ScriptReading, Failure>

let scriptFormats: [ScriptProbe.Format: ScriptFormatReader] = [
  .auto: readAutomatically,
  .json: readJSON,
  .nagios: readNagios,
  .number: readNumber,
]
