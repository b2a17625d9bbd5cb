import Formula
import Model
import Testing

@Suite struct UnitsTests {
  let world = World.constant([
    "bits": (800, .bitsPerSecond), "more": (400, .bitsPerSecond), "bytes": (100, .bytesPerSecond),
    "size": (2_048, .bytes), "time": (4, .seconds), "busy": (30, .percent), "plain": (7, .none),
    "heat": (21, Unit("°C")), "calls": (6, Unit("req/min")),
  ])

  @Test(
    arguments: [
      ("'a/b/bits' + 'a/b/more'", 1_200.0, "bit/s"), ("'a/b/bits' + 5", 805, "bit/s"),
      ("5 - 'a/b/bits'", -795, "bit/s"),
      ("'a/b/bits' / 'a/b/more'", 2, ""), ("'a/b/bits' * 'a/b/time'", 3_200, "bit"),
      ("'a/b/size' / 'a/b/time'", 512, "B/s"),
      ("('a/b/bytes' * 8 as 'bit/s') + 'a/b/bits'", 1_600, "bit/s"), ("1 / 'a/b/time'", 0.25, "1/s"),
      ("'a/b/bits' * 'a/b/busy'", 240, "bit/s"), ("'a/b/busy' * 2", 60, "%"), ("'a/b/busy' / 'a/b/busy'", 1, ""),
      ("share('a/b/more', 'a/b/bits')", 50, "%"), ("'a/b/heat' * 'a/b/heat'", 441, "°C²"),
      ("'a/b/heat' * 'a/b/heat' / 'a/b/heat'", 21, "°C"), ("rate('a/b/size')", 0, "B/s"), ("delta('a/b/size')", 0, "B"),
      ("count('a/b/bits', 'a/b/time')", 2, ""), ("'a/b/bits' > 'a/b/more'", 1, ""),
      ("sum('a/b/bits', 'a/b/more', 1)", 1_201, "bit/s"),
      ("clamp('a/b/bits', 0, 1 kbit/s)", 800, "bit/s"), ("if('a/b/heat' > 20, 'a/b/bits', 0)", 800, "bit/s"),
      ("'a/b/calls' + 1", 7, "req/min"), ("'a/b/plain' * 'a/b/bits'", 5_600, "bit/s"),
      ("'a/b/plain' / 'a/b/busy'", 7 / 0.3, ""),
      ("2 * 3", 6, ""), ("smooth('a/b/busy', 1h)", 30, "%"),
    ] as [(String, Double, String)])
  func `units are worked out with the numbers`(text: String, value: Double, unit: String) throws {
    let result = try world.results(text)
    #expect((result.unit?.symbol ?? "") == unit)
    #expect(abs((result.samples[0].value ?? .nan) - value) < 1e-9)
  }

  @Test(arguments: [
    ("'a/b/bits' + 'a/b/bytes'", "“bit/s” and “B/s” do not go together", 11),
    ("'a/b/bits' > 'a/b/time'", "“bit/s” and “s” do not go together", 11),
    ("1 + sum('a/b/bits', 3, 'a/b/time')", "“bit/s” and “s” do not go together", 4),
    ("sum('a/b/*')", "“a/b/*” has series of different units", 4),
    ("'a/b/plain' - 'a/b/busy'", "a number without a unit and “%” do not go together", 12),
  ])
  func `units that do not go together are told at their place`(text: String, message: String, offset: Int) {
    let error = #expect(throws: FormulaError.self) { try world.results(text) }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    #expect(error?.place.lowerBound == offset)
    #expect(error?.help != nil)
  }

  @Test func `what is not known before it was measured is not held against anything`() throws {
    let formula = try Formula("'a/b/c' + 'a/b/d' * 2")
    #expect(try formula.unit { _ in .unknown } == nil)
    #expect(try formula.unit { $0.text == "a/b/c" ? .unit(.bytes) : .unknown } == .bytes)
    #expect(try Formula("'a/b/c' / 'a/b/d'").unit { $0.text == "a/b/c" ? .unit(.bytes) : .unknown } == nil)
  }
}
