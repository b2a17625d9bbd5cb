import Config
import Model

/// What is wrong with a template, and where.
struct TemplateFault: Hashable, Sendable {
  var line: Int
  var column: Int
  /// Characters it is about.
  var width = 1
  var message: String
  var help: String?
  /// The template can be used all the same.
  var isWarning = false

  init(_ message: String, at tag: TemplateTag, help: String? = nil, isWarning: Bool = false) {
    (line, column, width) = (tag.line, tag.column, tag.width)
    self.message = message
    self.help = help
    self.isWarning = isWarning
  }

  init(_ message: String, line: Int, column: Int, help: String? = nil) {
    self.line = line
    self.column = column
    self.message = message
    self.help = help
  }

  /// With the line it is about.
  func problem(in file: SiteFile) -> Problem {
    let lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let text = lines.indices.contains(line - 1) ? String(decoding: lines[line - 1], as: UTF8.self) : ""
    return Problem(
      isWarning ? .warning : .error,
      at: SourceLocation(file: file.path, line: line, column: column, breadcrumb: [file.path]), line: text,
      width: width, message: message, help: help)
  }
}
