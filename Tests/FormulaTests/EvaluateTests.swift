import Formula
import Model
import Testing

@Suite struct EvaluateTests {
  @Test(arguments: ["+", "-", "*", "/", ">", "="])
  func `arithmetic with what is unknown is unknown, and never 0`(sign: String) throws {
    let world = World.constant(["known": (7, .none), "not": (nil, .none)])
    #expect(try world.values("'a/b/known' \(sign) 'a/b/not'", count: 1) == [nil])
    #expect(try world.values("'a/b/not' \(sign) 'a/b/known'", count: 1) == [nil])
    #expect(try world.values("0 * 'a/b/not'", count: 1) == [nil])
    #expect(try world.values("if('a/b/not' > 1, 2, 3)", count: 1) == [nil])
    #expect(try world.values("clamp('a/b/not', 1, 2)", count: 1) == [nil])
  }

  @Test func `aggregates pass over what is unknown, and are unknown where all is`() throws {
    let world = World.constant(["one": (7, .none), "two": (nil, .none), "three": (3, .none)])
    for (text, value) in [("sum", 10.0), ("min", 3), ("max", 7), ("avg", 5), ("count", 2)] {
      #expect(try world.values("\(text)('a/b/*')", count: 1) == [value])
      #expect(try world.values("\(text)('a/b/t*o')", count: 1) == [nil])
      #expect(try world.values("\(text)('a/b/two', 'a/b/one', 'a/b/three')", count: 1) == [value])
    }
  }

  @Test func `nothing infinite comes out`() throws {
    let world = World.constant(["huge": (1e308, .none), "zero": (0, .none), "odd": (.infinity, .none)])
    for text in [
      "'a/b/huge' * 10", "'a/b/huge' + 'a/b/huge'", "1 / 'a/b/zero'", "'a/b/zero' / 'a/b/zero'", "'a/b/odd'",
      "sum('a/b/huge', 'a/b/huge')", "share(1, 'a/b/zero')", "rate('a/b/odd')", "smooth('a/b/odd', 1h)",
      "-'a/b/huge' - 'a/b/huge'", "percentile('a/b/odd', 95)",
    ] {
      #expect(try world.values(text, count: 2) == [nil, nil], "\(text)")
    }
    #expect(try world.values("avg('a/b/huge', 'a/b/huge')", count: 1) == [1e308])
  }

  @Test func `series of different steps meet on one grid`() throws {
    var world = World()
    world.lines["a/b/fine"] = .init(step: 60) { Double($0.seconds / 60 % 10) }
    world.lines["a/b/coarse"] = .init(step: 1_800) { Double($0.seconds / 1_800 % 2) }
    let start = Instant(1_800_000_000)
    #expect(try world.values("'a/b/fine'", from: start, step: 300, count: 3) == [2, 7, 2])
    #expect(try world.values("'a/b/coarse'", from: start, step: 900, count: 4) == [0, 0, 1, 1])
    let both = try world.values("'a/b/fine' + 100 * 'a/b/coarse'", from: start + 900, step: 900, count: 2)
    #expect(both.map { ($0 ?? 0).rounded() } == [5, 104])
  }

  @Test func `a slot of which less than half is known is unknown`() {
    let start = Instant(1_800_000_000)
    let samples = (0..<10).map { Sample(slot: start + $0 * 60, value: $0 < 3 || $0 > 7 ? Double($0) : nil) }
    let window = SeriesWindow(series: SeriesID("a/b/c")!, step: 60, unit: .none, samples: samples)
    let values = SlotGrid(start: start, step: 300, count: 2).samples(of: window)
    #expect(values.map(\.value) == [1, nil])
  }

  @Test func `what is not there is told with its place`() throws {
    let world = World.constant(["c": (1, .none)])
    let missing = #expect(throws: FormulaError.self) { try world.results("1 + 'a/b/d'") }
    #expect(missing?.description == "at character 5: there is no series “a/b/d”; nothing of it was measured so far")
    let none = #expect(throws: FormulaError.self) { try world.results("sum('x/*/d')") }
    #expect(none?.message == "no series fits “x/*/d”")
  }

  @Test func `a pattern that names too many series gives no wrong sum`() throws {
    var world = World()
    for number in 0...2_000 { world.lines["a/b/\(number)/c"] = .init { _ in 1 } }
    let error = #expect(throws: FormulaError.self) { try world.results("sum('a/b/*/c')") }
    #expect(error?.message == "“a/b/*/c” names 2001 series, more than 2000")
    world.lines["a/b/0/c"] = nil
    #expect(try world.values("sum('a/b/*/c')", count: 1) == [2_000])
  }

  @Test func `periods that would need too many samples are refused before they are read`() throws {
    let world = World.constant(["c": (1, .none)])
    for text in [
      "smooth('a/b/c', 520w)", "seasonal('a/b/c', 1w, 52)", "forecast('a/b/c', 104w)",
      "shift(smooth(smooth('a/b/c', 500w), 500w), 1d)",
    ] {
      let error = #expect(throws: FormulaError.self) { try world.results(text, step: 60, count: 1_440) }
      #expect(error?.message.hasSuffix("samples, which is too many") == true, "\(text)")
    }
  }

  @Test func `differences are between neighbours, and a rate is by the second`() throws {
    var world = World()
    world.lines["a/b/c"] = .init(unit: .bytes, step: 60) { Double($0.seconds % 3_600) * 5 }
    let start = Instant(1_800_000_060)
    #expect(try world.values("rate('a/b/c')", from: start, step: 60, count: 3) == [5, 5, 5])
    #expect(try world.values("delta('a/b/c')", from: start, step: 60, count: 3) == [300, 300, 300])
    #expect(try world.results("rate('a/b/c')", from: start, step: 60).unit == .bytesPerSecond)
  }
}
