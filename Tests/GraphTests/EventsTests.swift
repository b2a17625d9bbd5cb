import Model
import TestSupport
import Testing

@testable import Graph

struct EventsTests {
  private func chart(_ marks: [Chart.Mark]) -> Chart {
    var chart = Charts.lines(Charts.samples { _ in 50 }, unit: .percent)
    chart.marks = marks
    return chart
  }

  private let noon = Charts.now - 43_200

  @Test(arguments: Chart.Mark.Kind.allCases)
  func `a mark has a shape in the lane and a hairline through the plot`(kind: Chart.Mark.Kind) throws {
    let (marked, plain) = (try pixels(chart([.init(kind: kind, at: noon, label: "")])), try pixels(chart([])))
    let x = DrawTests.column(noon)
    #expect((x - 4...x + 4).contains { marked.column($0, 24..<30).contains(0x16191D) })
    let line = zip(marked.column(x, 32..<228), plain.column(x, 32..<228)).count { $0 != $1 }
    #expect((50...70).contains(line))
    #expect(marked.column(x + 8, 20..<228) == plain.column(x + 8, 20..<228))
  }

  @Test func `each kind has another shape`() throws {
    let shapes = try Chart.Mark.Kind.allCases.map { kind in
      let pixels = try pixels(chart([.init(kind: kind, at: noon, label: "")]))
      let x = DrawTests.column(noon)
      return (x - 4...x + 4).flatMap { pixels.column($0, 24..<30) }
    }
    #expect(Set(shapes).count == 4)
  }

  @Test func `marks of one place are one and counted`() {
    let chart = chart([
      .init(kind: .note, at: noon, label: "a"), .init(kind: .reset, at: noon + 60, label: "b"),
      .init(kind: .reboot, at: noon + 7_200, label: "c"), .init(kind: .change, at: Charts.now + 1, label: "later"),
    ])
    guard let layout = Layout.of(.large) else { return }
    var plot = Plot(chart, layout, scale: 1, fonts: Charts.wordless, range: 0...1, top: nil)
    let events = plot.drawEvents(Box(40, 24, 712, 30))
    #expect(events.map(\.label) == ["2 marks", "c"] && events.map(\.kind) == [.note, .reboot])
  }

  @Test func `marks are told in words`() {
    let text = altText(for: Charts.eventful)
    #expect(text.contains("Note Wed 17:00: fibre replaced. Reboot 01:00: reboot. Counter reset 05:30: reset."))
    #expect(text.contains("Configuration change 10:00: shaping. And 1 more events."))
    #expect(text.contains("Degraded Wed 19:20 to 19:50. Excluded 07:00 to 08:00."))
  }
}
