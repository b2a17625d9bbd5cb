internal import Model

/// Problems as a person reads them in a terminal: place, message, the line with a caret, the way out.
///
/// Ends with a line that counts them; empty where there is none.
package func render(_ problems: [Problem]) -> String {
  guard !problems.isEmpty else { return "" }
  return problems.map(\.rendered).joined() + count(problems) + "\n"
}

private func count(_ problems: [Problem]) -> String {
  let errors = problems.count { $0.severity == .error }
  let warnings = problems.count - errors
  return [counted(errors, "error"), counted(warnings, "warning")].compactMap { $0 }.joined(separator: ", ")
}

private func counted(_ number: Int, _ noun: String) -> String? {
  number == 0 ? nil : "\(number) \(noun)\(number == 1 ? "" : "s")"
}

extension Problem {
  /// One problem, each line ended.
  package var rendered: String {
    let place = location.line > 0 ? "\(location.file):\(location.line):\(location.column)" : location.file
    var text = "\(place.printable()): \(severity.rawValue): \(message.printable())\n"
    if !line.isEmpty { text += excerpt }
    if let help { text += "      \(help.printable())\n" }
    return text
  }

  private var excerpt: String {
    let number = String(location.line)
    let margin = String(repeating: " ", count: max(0, 5 - number.count)) + number
    let window = LineWindow(line, column: location.column, width: width)
    return "\(margin) | \(window.text)\n      | \(window.pointer)\n"
  }
}

/// The part of a line around the place a problem is about, and the caret under it.
private struct LineWindow {
  var text: String
  var pointer: String

  /// Characters shown of a line, and before the place when it is cut.
  private static let longest = 100
  private static let before = 40

  init(_ line: String, column: Int, width: Int) {
    let scalars = Array(line.unicodeScalars)
    let at = min(column - 1, scalars.count)
    let first = scalars.count > LineWindow.longest ? max(0, at - LineWindow.before) : 0
    let last = min(scalars.count, first + LineWindow.longest)
    let (lead, tail) = (first > 0 ? "…" : "", last < scalars.count ? "…" : "")
    let end = min(at + width, max(last, at + 1))
    text = lead + LineWindow.shown(scalars[first..<last]) + tail
    let indent = lead.count + LineWindow.columns(scalars[first..<at])
    let marked = max(1, LineWindow.columns(scalars[at..<min(end, scalars.count)]))
    pointer = String(repeating: " ", count: indent) + String(repeating: "^", count: marked)
  }

  /// Tabs are one space, so that a caret stands where it should; other control characters are made harmless.
  private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars.map { $0 == "\t" ? " " : $0 })
    return String(view).printable(limit: longest)
  }

  private static func columns(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
    scalars.reduce(0) { $0 + $1.columns }
  }
}

extension Unicode.Scalar {
  /// Cells of a terminal: none for a mark on the letter before, two for East Asian wide characters and pictures.
  fileprivate var columns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    case 0x200D: return 0
    default: return 1
    }
  }
}
