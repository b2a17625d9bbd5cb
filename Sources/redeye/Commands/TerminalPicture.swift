import Graph
import Model
import Platform

/// A picture as this terminal can be shown it.
struct TerminalPicture {
  /// Stands for the kind where none is said.
  static let unsaid = "as the terminal says"
  static let names = TerminalKind.allCases.map(\.rawValue)

  private let kind: TerminalKind
  private let isDark: Bool
  private let format: ChartFormat
  private let scale: Int

  /// - Parameters:
  ///   - kind: `nil` takes what the environment tells.
  ///   - isDark: the same.
  init(kind: TerminalKind?, isDark: Bool?, format: ChartFormat, scale: Int) {
    let environment = Process.environment
    self.kind = kind ?? TerminalKind.choice(environment, isTerminal: StandardStreams.isOutputSeen)
    self.isDark = isDark ?? TextColours.isDark(environment)
    (self.format, self.scale) = (format, scale)
  }

  func text(_ chart: Chart) throws -> String {
    switch kind {
    case .braille:
      guard scale == 1 else { throw Ending(.refused, "letters of dots have one size: leave out --scale") }
      return letters(chart)
    case .sixel: return raster(chart, format: format, scale: scale, isDark: isDark).sixel
    case .kitty: return InlinePicture.kitty(try file(chart))
    case .iterm: return InlinePicture.iterm(try file(chart))
    }
  }

  private func letters(_ chart: Chart) -> String {
    let environment = Process.environment
    let colours = TextColours.choice(environment, isTerminal: StandardStreams.isOutputSeen, isDark: isDark)
    let columns = StandardStreams.outputColumns ?? environment["COLUMNS"].flatMap { Int($0) } ?? 80
    return textPicture(chart, columns: columns, height: height, colours: colours)
  }

  /// Rows of the plot, for the formats as they are higher or less high.
  private var height: Int {
    switch format {
    case .large: 14
    case .medium, .narrow: 10
    case .evidence: 8
    case .small: 5
    case .sparkline: 3
    }
  }

  private func file(_ chart: Chart) throws -> [UInt8] {
    let picture = draw(chart, format: format, scale: scale)
    let file = isDark ? picture.dark : picture.light
    if file.isEmpty { throw Ending(.unable, picture.problem ?? "the picture could not be drawn") }
    return file
  }
}
