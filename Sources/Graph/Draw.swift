import PNG

/// The picture of a chart, light and dark, at 1 or 2 device pixels for each CSS pixel.
package func draw(_ chart: Chart, format: ChartFormat, scale: Int) -> Picture {
  let (width, height) = size(format)
  let picture = IndexedPicture(
    indices: [UInt8](repeating: 0, count: width * height * scale * scale), width: width * scale,
    height: height * scale)
  let files = try? encode(picture, palettes: [[RGB(255, 255, 255)], [RGB(18, 20, 23)]])
  return Picture(light: files?.first ?? [], dark: files?.last ?? [], width: width, height: height)
}

private func size(_ format: ChartFormat) -> (Int, Int) {
  switch format {
  case .large: (760, 315)
  case .narrow: (360, 265)
  case .small: (360, 93)
  case .evidence: (360, 141)
  case .sparkline: (120, 24)
  }
}
