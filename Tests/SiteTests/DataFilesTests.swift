import Config
import Foundation
import Model
import Testing

@testable import Site

@Suite struct DataFilesTests {
  /// The table of www, whose series have a sample each `step` seconds, its value the minutes since midnight UTC.
  private func table(step: Int, from first: Instant = Instant(0)) throws -> [[String]] {
    var input = Example(hosts: [("web", ["www"])]).input()
    input.window = { series, span, _ in
      let slots = stride(from: span.from.slot(step: step).seconds, to: span.to.seconds, by: step)
      let samples = slots.map { second in
        let isKnown = second >= first.seconds && second <= Example.slot.seconds
        return Sample(slot: Instant(second), value: isKnown ? Double(second % 86_400 / 60) : nil)
      }
      return SeriesWindow(series: series, step: step, unit: .none, samples: samples)
    }
    let text = try #require(rendered(input).texts["hosts/www.csv"])
    return text.components(separatedBy: "\r\n").filter { !$0.isEmpty }.map { $0.components(separatedBy: ",") }
  }

  @Test(arguments: [60, 300]) func `the table of a host has the means of five minutes`(step: Int) throws {
    let rows = try table(step: step)
    #expect(rows.count == 289 && rows[0].count > 3)
    // 14:05:07 in Berlin is 12:05:07 in UTC: the row of 12:00 is the last that is over.
    #expect(rows.dropFirst().last?[0].contains("12:00:00") == true, "\(rows.last ?? [])")
    let mean = step == 60 ? "722.0" : "720.0"
    #expect(rows.last.map { Set($0.dropFirst()) } == [mean])
    #expect(rows.dropFirst().allSatisfy { $0.dropFirst().allSatisfy { Double($0) != nil } })
  }

  @Test func `a number of an hour stands in every row of it`() throws {
    let rows = try table(step: 3_600)
    #expect(rows.suffix(1).map { $0[1] } == ["720.0"] && rows[rows.count - 2][1] == "660.0")
    #expect(rows.dropFirst().allSatisfy { Double($0[1]) != nil })
  }

  @Test func `what was not measured is an empty field`() throws {
    let rows = try table(step: 60, from: Example.slot - 3_600)
    #expect(rows.dropFirst().count { $0[1].isEmpty } == 276)
    #expect(rows.last?[1] == "722.0")
  }
}
