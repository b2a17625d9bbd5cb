/// Where everything is in a format, in CSS pixels (the table of section 6 of the design).
struct Layout {
  let width: Double
  let left: Double
  let right: Double
  var top: Double
  var plotHeight: Double
  /// Where the labels of the value axis end.
  let labels: Double
  /// The baseline of the title's second line, where the period stands on a line of its own.
  let periodLine: Double?
  /// Steps aimed at on the value axis.
  let steps: Int
  /// Right edges of the legend's numbers; none without legend.
  let columns: [Double]
  let isSmall: Bool
  /// Beside its numbers the legend says of how many samples they are and when the highest was, and the 95th has a line.
  var hasNotes = true
  /// Room for the lane of losses below the plot.
  var lane = 0.0
  /// Rows of the legend below its header.
  var rows = 0
  /// The legend is as many tables side by side.
  var legendColumns = 1
  /// Below the plot, where nothing of what others have stands there.
  var foot: Double?

  var bottom: Double { top + plotHeight }
  var hasLegend: Bool { !columns.isEmpty }
  /// Two rows of labels under the axis: times, days.
  var hasDays: Bool { hasLegend }
  var isWide: Bool { width > 500 }
  var legendTop: Double { bottom + lane + 48 }
  var thickness: Double { isSmall ? 1.25 : 1.5 }
  var dot: Double { isSmall ? 2 : 3 }

  var height: Int {
    if let foot { return Int(bottom + foot) }
    guard hasLegend else { return Int(bottom + lane + 17) }
    return Int(bottom + lane + 42 + 15 * Double(rows + 1))
  }

  /// For the first line of a picture, in any format that has one.
  static func of(format: ChartFormat) -> Layout { of(format) ?? small }

  /// `nil` for a sparkline, which has no parts.
  static func of(_ format: ChartFormat) -> Layout? {
    switch format {
    case .large: large
    case .medium: medium
    case .narrow: narrow
    case .small: small
    case .evidence: evidence
    case .sparkline: nil
    }
  }

  /// Right edges of the numbers, where the legend is two tables, and where the second one begins.
  static let halfColumns = [176.0, 232, 288, 344]
  static let half = 392.0
  /// Room for the first number beside a name.
  static let halfNumber = 48.0

  private static let large = Layout(
    width: 760, left: 40, right: 712, top: 32, plotHeight: 196, labels: 34, periodLine: nil, steps: 4,
    columns: [216, 276, 336, 396, 470], isSmall: false)
  private static let medium = Layout(
    width: 588, left: 40, right: 540, top: 32, plotHeight: 135, labels: 34, periodLine: nil, steps: 3,
    columns: [216, 276, 336], isSmall: false, hasNotes: false)
  private static let narrow = Layout(
    width: 360, left: 36, right: 324, top: 46, plotHeight: 132, labels: 30, periodLine: 26, steps: 3,
    columns: [166, 226, 288, 348], isSmall: false)
  private static let small = Layout(
    width: 360, left: 28, right: 357, top: 20, plotHeight: 56, labels: 24, periodLine: nil, steps: 2, columns: [],
    isSmall: true)
  private static let evidence = Layout(
    width: 360, left: 36, right: 324, top: 32, plotHeight: 92, labels: 30, periodLine: nil, steps: 3, columns: [],
    isSmall: false)
}
