import SLA
import Testing

struct FigureWordsTests {
  @Test func `budgets are cut and never look better than they are`() {
    let texts = [(773, 2_592), (-769, 2_592), (0, 2_592), (99_999, 360_000), (7, 41)].map { budgetShare($0, of: $1) }
    #expect(
      texts.map { $0.replacing("\u{202F}", with: " ") } == [
        "12.8 of 43.2 min", "−12.9 of 43.2 min", "0.0 of 43.2 min", "27.7 of 100.0 h", "7 of 41 s",
      ])
  }

  @Test func `the share that may be bad has no digit too many`() {
    #expect(
      [0.999, 0.9995, 0.99, 0.5, 1].map(allowedShare) == ["0.1", "0.05", "1", "50", "0"].map { "\($0)\u{202F}%" })
  }
}
