import Model
import Testing

@testable import Graph

struct NumbersTests {
  @Test(
    arguments: [
      (419.13, 1, "419.1"), (-0.04, 1, "0.0"), (-12.5, 0, "−13"), (12_345.6, 1, "12\u{202F}345.6"), (1e300, 2, "1e300"),
      (-2.5e14, 0, "−2.5e14"), (.nan, 1, "–"), (.infinity, 1, "–"),
    ] as [(Double, Int, String)])
  func `numbers of a legend have the decimals they are given`(value: Double, decimals: Int, text: String) {
    #expect(decimal(value, decimals) == text)
  }

  @Test func `no number is a dash`() { #expect(decimal(nil, 2) == "–") }

  @Test(
    arguments: [
      (0.0, "0"), (2.5, "2.5"), (0.1 + 0.2, "0.3"), (1000, "1000"), (0.125, "0.125"), (1e-7, "1e−7"), (-4.5, "−4.5"),
      (1e300, "1e300"),
    ] as [(Double, String)])
  func `ticks have no more decimals than they need`(value: Double, text: String) {
    #expect(shortest(value) == text)
  }

  @Test(
    arguments: [(100_000.0, "100k"), (2_500_000, "2.5M"), (1e13, "10T"), (3e20, "3e20"), (12, "12")]
      as [(Double, String)])
  func `a tick without room is shortened by its power`(value: Double, text: String) {
    #expect(compact(value) == text)
  }

  @Test(
    arguments: [
      (250.0, 250.0, 0), (98, 250, 1), (9.9, 60, 2), (0.4, 500, 2), (0.04, 0.05, 3), (0.004, 0.004, 4), (0, 0, 2),
    ] as [(Double, Double, Int)])
  func `the smallest mean decides the decimals of all`(smallest: Double, largest: Double, count: Int) {
    #expect(decimals(forMean: smallest, largest: largest) == count)
  }
}
