import Config
import Model
import Testing

@testable import Collect

/// What the tests of script formats read with.
enum Scripting {
  static func read(
    _ format: ScriptProbe.Format, _ text: String, errors: String = "", status: Int = 0, unit: Unit = .none
  ) throws -> Result<ScriptReading, Failure> {
    let reader = try #require(scriptFormats[format])
    return reader.read(
      ScriptOutput(text: text, errorText: errors, status: status, truncated: false),
      ScriptProbe(arguments: ["/x"], unit: unit))
  }

  static func failure(_ format: ScriptProbe.Format, _ text: String, status: Int = 0) -> Failure? {
    guard case .failure(let failure)? = try? read(format, text, status: status) else { return nil }
    return failure
  }

  /// `instance/label=value`, one for each number; `?` for unknown.
  static func short(_ format: ScriptProbe.Format, _ text: String) throws -> [String] {
    try read(format, text).get().values.map { value in
      let name = [value.instance, value.label].compactMap { $0 }.joined(separator: "/")
      return "\(name)=\(value.value.map { "\($0)" } ?? "?")\(value.kind == .gauge ? "" : " \(value.kind)")"
    }
  }

  /// A reading as one answer of a script, put together as a job's.
  static func result(
    _ values: [ScriptValue], readAt: Double, before: JobMemory? = nil, step: Int = 60
  ) -> ScriptResult {
    var result = ScriptResult(before: before, step: step)
    result.add(ScriptRun.Answer(reading: .success(ScriptReading(values: values)), readAt: readAt), item: nil)
    return result
  }
}
