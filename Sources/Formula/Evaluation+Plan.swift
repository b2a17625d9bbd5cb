import Model

extension Evaluation {
  /// Finds the slots of each step: those of the step that takes it, and what that needs of the past.
  mutating func plan() throws(FormulaError) {
    for index in formula.steps.indices.reversed() {
      let step = formula.steps[index]
      try check(grids[index], step)
      guard step.operands > 0 else { continue }
      let (grid, isStrict) = operandGrid(of: step, at: index)
      var operand = index - 1
      for _ in 0..<step.operands {
        grids[operand] = grid
        strict[operand] = strict[index] || isStrict
        operand = formula.steps[operand].start - 1
      }
    }
    let all = formula.steps.indices.reduce(0) { $0 + grids[$1].count * weight(formula.steps[$1]) }
    guard all <= Formula.mostSamples else { throw tooMuch(all, formula.steps[formula.steps.count - 1]) }
  }

  private func weight(_ step: Step) -> Int {
    if case .family(let selector) = step.operation { families[selector]?.count ?? 1 } else { 1 }
  }

  private func check(_ grid: SlotGrid, _ step: Step) throws(FormulaError) {
    guard grid.count > Formula.mostSlots else { return }
    throw tooMuch(grid.count, step)
  }

  private func tooMuch(_ count: Int, _ step: Step) -> FormulaError {
    FormulaError(
      "this needs \(count) samples, which is too many", at: step.place,
      help: "write shorter periods or a narrower pattern, or show it over a longer time with fewer samples")
  }

  private func operandGrid(of step: Step, at index: Int) -> (grid: SlotGrid, isStrict: Bool) {
    let grid = grids[index]
    guard case .call(let function) = step.operation else { return (grid, false) }
    switch function {
    case .delta, .rate: return (grid.reaching(back: grid.step), false)
    case .smooth(let period): return (grid.reaching(back: max(0, period.length - grid.step)), false)
    case .shift(let period):
      return (grid.reaching(back: function.lead, until: period.length - period.slack), false)
    case .seasonal(let period, _):
      return (grid.reaching(back: function.lead, until: period.length - period.slack), false)
    case .forecast: return (grid.reaching(back: function.lead), false)
    case .percentile(_, let window): return (percentileGrid(window, of: step, at: index), true)
    case .aggregate, .clamp, .abs, .share, .choose: return (grid, false)
    }
  }

  /// Percentiles are made of samples as they were measured, never of the averages that are drawn: of the coarsest of the
  /// series' own steps, and of five minutes at least, as traffic is billed (what is finer is not kept for a month).
  private func percentileGrid(_ window: CalendarPeriod?, of step: Step, at index: Int) -> SlotGrid {
    let steps = formula.steps[step.start..<index].flatMap { part -> [Int] in
      switch part.operation {
      case .series(let series): [source.entry(series)?.step].compactMap { $0 }
      case .family(let selector): (families[selector] ?? []).compactMap { source.entry($0)?.step }
      default: []
      }
    }
    let own = max(steps.max() ?? grids[index].step, 300)
    guard let window else { return SlotGrid(shown.span, step: own) }
    let grid = grids[index]
    return SlotGrid(Span(from: grid.start + grid.step - window.length, to: grid.end), step: own)
  }
}
