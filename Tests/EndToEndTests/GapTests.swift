import Foundation
import TestSupport
import Testing

/// What was not measured is not drawn: seen in the pixels of the picture, not in the numbers beside it.
@Suite struct GapTests {
  @Test(.timeLimit(.minutes(9)))
  func `while a web server does not answer, the line of its response time is broken`() throws {
    let website = try NginxServer()
    defer { website.stop() }
    let installation = try Installation(
      """
      hosts:
        web:
          www: {address: 127.0.0.1, use: [{website: {url: "\(website.url())"}}]}
      slas:
        web:
          www-at-once:
            title: Never fast enough
            series: www/website/time-total
            tolerance: {maximum: 0.0000001}
            objective: 99%
            notify: duty
      contacts:
        alice: {email: alice@example.org}
      roles:
        duty: {shifts: [{contacts: [alice]}]}
      """)
    let before = [installation.cycle().slot, installation.cycle().slot]
    website.stop()
    let gap = [installation.cycle().slot, installation.cycle().slot]
    let again = try NginxServer(port: website.port)
    defer { again.stop() }
    let after = [installation.cycle().slot, installation.cycle().slot]
    #expect(try installation.value("www/website/time-total", at: gap[0]) == nil)

    // The picture of an open incident ends just inside the newest slot.
    let picture = try Picture(installation, since: before[0], until: after[1] + 1)
    for slot in before + [after[0]] {
      #expect(picture.columns(of: slot).allSatisfy(picture.hasInk), "the line goes through the slot \(slot)")
    }
    for slot in gap {
      #expect(!picture.columns(of: slot).contains(where: picture.hasInk), "nothing is drawn in the slot \(slot)")
      #expect(picture.columns(of: slot).allSatisfy(picture.isTinted), "the breach goes on in the slot \(slot)")
    }
  }

  /// The picture of the first incident, which begins half an hour before it.
  private struct Picture {
    let pixels: PNGPixels
    let from: Int
    let until: Int
    let step: Int
    /// The plot of the large format with two pixels for one.
    let plot = (x: 80..<1_424, y: 64..<456)

    init(_ installation: borrowing Installation, since: Int, until: Int) throws {
      let file = URL(fileURLWithPath: "\(installation.reports)/current/g/incidents/1-open-L@2x.png")
      pixels = try #require(PNGPixels(Array(try Data(contentsOf: file))))
      #expect(pixels.width == 1_520)
      (self.from, self.until, step) = (since - 1_800, until, installation.step)
    }

    /// Whole columns of the slot, without those at its edges that it shares with its neighbours.
    func columns(of slot: Int) -> [Int] {
      let scale = Double(plot.x.count) / Double(until - from)
      let first = Int((Double(slot - from) * scale).rounded(.up)) + 1
      let last = Int((Double(slot + step - from) * scale).rounded(.down)) - 3
      return (first...last).map { plot.x.lowerBound + $0 }
    }

    /// The series is blue; grids are grey, and the breach and its limit red.
    func hasInk(_ column: Int) -> Bool {
      pixels.column(column, plot.y).contains { $0 & 0xFF > $0 >> 16 + 4 }
    }

    func isTinted(_ column: Int) -> Bool {
      pixels.column(column, plot.y).contains { $0 >> 16 > $0 & 0xFF + 4 }
    }
  }
}
