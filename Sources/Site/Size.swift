import Graph

/// What `width` and `height` of a picture say, without drawing it.
func size(of chart: Chart, format: ChartFormat) -> (width: Int, height: Int) {
  let rows = 15 * (chart.series.count - 2)
  return format == .large ? (760, 315 + rows) : (360, 265 + rows)
}
