package import Glyphs
package import PNG

/// The pixels of a chart in one of its palettes, for other encodings than PNG.
package struct Raster: Hashable, Sendable {
  package var width: Int
  package var height: Int
  /// Row by row, into `colours`.
  package var indices: [UInt8]
  package var colours: [RGB]
}

/// The same pixels as `draw` puts into a file.
package func raster(
  _ chart: Chart, format: ChartFormat, scale: Int, isDark: Bool, fonts: FontBook = .installed
) -> Raster {
  let canvas = canvas(chart.drawable.counted, format, max(1, min(scale, 4)), fonts)
  return Raster(
    width: canvas.width, height: canvas.height, indices: canvas.pixels,
    colours: isDark ? canvas.palette.dark : canvas.palette.light)
}
