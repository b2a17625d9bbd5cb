import Config
import Model

/// A number as scripts print it.
enum ScriptNumber: Hashable {
  case number(Double)
  /// `U`, `UNKNOWN`, `-`, `NaN`, an infinity: a value there is not.
  case unknown
  /// Not one; the message says why.
  case refused(String)

  /// `[-+]?digits[.digits][e[-+]digits]` or a word for unknown. A comma is told apart, since it comes of a locale.
  init(_ text: some StringProtocol) {
    let word = text.lowercased()
    if ["u", "unknown", "-", "nan", "-nan", "inf", "+inf", "-inf", "infinity", "-infinity"].contains(word) {
      self = .unknown
    } else if let number = plain(text) {
      self = number.isFinite ? .number(number) : .unknown
    } else if plain(String(text.map { $0 == "," ? "." : $0 })) != nil {
      self = .refused("\(quoted(text)) has a decimal comma; print it with a point (LC_ALL=C)")
    } else {
      self = .refused("\(quoted(text)) is not a number")
    }
  }

  var value: Double? {
    if case .number(let value) = self { value } else { nil }
  }
}

/// Decimal notation only: `Double` alone would take `0x1p3` as well.
private func plain(_ text: some StringProtocol) -> Double? {
  guard let first = text.utf8.first, text.utf8.count <= 64, first != UInt8(ascii: "e"), first != UInt8(ascii: "E"),
    text.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) })
  else { return nil }
  return Double(text)
}

/// The text as a message shows it.
func quoted(_ text: some StringProtocol) -> String { "“\(String(text).printable(limit: 60))”" }

/// `format: number`: one number and nothing else.
@Sendable func readNumber(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  let text = output.trimmed
  guard !text.isEmpty else { return .failure(Failure(.garbage, "it printed nothing; one number was expected")) }
  switch ScriptNumber(text) {
  case .refused(let reason): return .failure(Failure(.garbage, "\(reason); one number alone was expected"))
  case .number(let value): return .success(single(value, probe))
  case .unknown: return .success(single(nil, probe))
  }
}

private func single(_ value: Double?, _ probe: ScriptProbe) -> ScriptReading {
  ScriptReading(values: [ScriptValue(label: "value", value: value, unit: probe.unit)])
}

/// All of it is one number or a word for none; with a status of its own, UNKNOWN is a plugin's.
@Sendable func fitsNumber(_ output: ScriptOutput) -> ScriptFormat.Fit {
  switch ScriptNumber(output.trimmed) {
  case .number: .sign
  case .unknown: output.status == 0 ? .sign : .none
  case .refused: .none
  }
}
