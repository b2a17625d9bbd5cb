import Model
import Testing

@testable import Graph

struct TraceTests {
  static func trace(_ values: [Double?], peaks: [Double?] = [], step: Int = 60, columns: Int) -> Trace {
    func samples(_ values: [Double?]) -> [Sample] {
      values.enumerated().map { Sample(slot: Instant($0 * step), value: $1) }
    }
    let series = Chart.Series(label: "", samples: samples(values), peaks: samples(peaks))
    let chart = Chart(
      title: "", unit: .none, series: [series], span: Span(from: Instant(0), to: Instant(values.count * step)),
      step: step, zone: .utc)
    return Trace(series, chart, columns: columns)
  }

  static func known(_ columns: [Double]) -> [Double?] { columns.map { $0.isNaN ? nil : $0 } }

  @Test func `a sample's point is its middle, and runs reach the edges of their samples`() {
    let trace = Self.trace([1, 3, nil, 5], columns: 40)
    #expect(trace.runs.map { $0.map(\.x) } == [[0, 5, 15, 20], [30, 35, 40]])
    #expect(trace.runs.map { $0.map(\.y) } == [[1, 1, 3, 3], [5, 5, 5]])
  }

  @Test func `columns between runs are unknown`() {
    let line = Self.trace([1, 3, nil, 5], columns: 40).line
    #expect(line[0] == 1 && line[39] == 5)
    #expect(line[20..<30].allSatisfy { $0.isNaN })
    #expect(!line[..<20].contains { $0.isNaN })
  }

  @Test func `several samples in a column are their mean and their envelope`() {
    let trace = Self.trace([1, 3, 10, 2, nil, 4, nil, nil], columns: 4)
    #expect(Self.known(trace.line) == [2, 6, 4, nil])
    #expect(Self.known(trace.peaks) == [3, 10, 4, nil])
    #expect(Self.known(trace.lows) == [1, 2, 4, nil])
  }

  @Test func `a missing sample breaks the line like an unknown one`() {
    let chart = Charts.lines([Sample(slot: Charts.day.from, value: 1), Sample(slot: Charts.day.from + 3_000, value: 2)])
    #expect(Trace(chart.series[0], chart, columns: 672).runs.count == 2)
  }

  @Test func `samples may come in any order and twice`() {
    let sorted = Charts.samples { Double($0) }
    let chart = Charts.lines(Array(sorted.reversed()) + sorted)
    let trace = Trace(chart.series[0], chart, columns: 672)
    #expect(trace.runs.count == 1)
    #expect(zip(trace.runs[0], trace.runs[0].dropFirst()).allSatisfy { $0.x < $1.x })
  }

  @Test func `given peaks stand over their whole stretch`() {
    let trace = Self.trace([1, 1], peaks: [4, nil], columns: 20)
    #expect(trace.peaks[0] == 4 && trace.peaks[9] == 4 && trace.peaks[10].isNaN)
  }

  @Test func `a single sample is as wide as its step`() {
    let trace = Self.trace([nil, 7, nil, nil], columns: 40)
    #expect(trace.runs.map { $0.map(\.x) } == [[10, 15, 20]])
  }
}
