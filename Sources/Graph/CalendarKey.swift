import Glyphs
import Model

extension CalendarDrawing {
  mutating func drawKey() {
    var place = (x: layout.isWide ? layout.left : 0, y: layout.bottom + 22)
    let items = keys
    for (state, name) in items {
      let width = 19 + canvas.width(of: name)
      if !layout.isWide, place.x + width > layout.width { place = (0, place.y + 16) }
      draw(state, Box(place.x, place.y - 7, place.x + 14, place.y - 1))
      canvas.text(name, x: place.x + 19, y: place.y, .quietText)
      place.x += width + (layout.isWide ? 18 : 12)
    }
    if hasValues { drawLevels(from: place) }
  }

  private var hasValues: Bool {
    calendar.cells.contains { if case .value = $0.state { true } else { false } }
  }

  private var keys: [(Chart.Calendar.State, String)] {
    let names = limits.map { shortest($0, upTo: 1) }
    let bad: [(Chart.Calendar.State, String)] = [
      (.bad(minutes: limits[0] - 1), "under \(names[0]) min bad"),
      (.bad(minutes: limits[0]), "\(names[0]) to \(names[1])"), (.bad(minutes: .infinity), "over \(names[1])"),
    ]
    let rest: [(Chart.Calendar.State, String)] = [
      (.planned, "planned work"), (.excluded, "excluded"), (.unknown, "not measured"),
    ]
    guard hasValues else { return [(.good, "good")] + bad + rest }
    // Beside numbers only what there is.
    return rest.filter { key in calendar.cells.contains { $0.state == key.0 } }
  }

  private mutating func drawLevels(from place: (x: Double, y: Double)) {
    let room = 5.0 * 16 + 60
    var (x, y) = place.x + room > layout.width ? (0, place.y + 16) : place
    x += canvas.text("0", x: x, y: y, .quietText) + 5
    for level in 0...4 {
      drawLevel(level, Box(x, y - 7, x + 14, y - 1))
      x += 16
    }
    let unit = values.unit.isEmpty ? "" : thinSpace + values.unit
    canvas.text(values.label(values.high) + unit, x: x + 3, y: y, .quietText)
  }
}
