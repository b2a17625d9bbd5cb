import Model

extension Chart {
  /// The stretches no series knows anything of, oldest first.
  ///
  /// The last stretch counts only where a sample says that it is unknown, or where more than one step is missing: the
  /// sample of the running step is not late. What has not happened yet is not missing.
  var unknownSpans: [Span] {
    guard !span.isEmpty, hasSamples else { return [] }
    let end = horizon
    if measured.contains(where: { isWhole($0, to: end) }) { return [] }
    var gaps: [Span] = []
    var covered = span.from
    for stretch in knownSpans where stretch.to > covered {
      if stretch.from > covered { gaps.append(Span(from: covered, to: min(stretch.from, end))) }
      covered = stretch.to
    }
    if covered < end, isLate(from: covered, end) { gaps.append(Span(from: covered, to: end)) }
    return gaps.filter { !$0.isEmpty }
  }

  /// Where what is shown ends and what is yet to come begins.
  var horizon: Instant { now.map { max(span.from, min($0, span.to)) } ?? span.to }

  /// Whether any number is known inside the span.
  var hasSamples: Bool {
    measured.contains { $0.contains { $0.value?.isFinite == true && covers($0) } }
  }

  /// Of all series; a round that lost all its packets was measured too.
  private var measured: [[Sample]] {
    guard case .latency(let loss, _) = kind else { return series.map(\.samples) }
    return series.map(\.samples) + [loss]
  }

  func covers(_ sample: Sample) -> Bool {
    let slot = sample.slot.seconds
    return slot < span.to.seconds && slot + sampleStep > span.from.seconds
  }

  /// At least one second.
  var sampleStep: Int { max(1, min(step, 400 * 86_400)) }

  private func isLate(from covered: Instant, _ end: Instant) -> Bool {
    end - covered > sampleStep
      || measured.contains { $0.contains { $0.value == nil && $0.slot >= covered && $0.slot < end } }
  }

  /// Whether one series alone knows everything up to some time, as most do.
  private func isWhole(_ samples: [Sample], to end: Instant) -> Bool {
    var covered = span.from.seconds
    let (step, last) = (sampleStep, end.seconds)
    for sample in samples {
      let slot = sample.slot.seconds
      if slot > covered { return false }
      guard let value = sample.value, value.isFinite else { continue }
      covered = max(covered, slot + step)
      if covered >= last { return true }
    }
    return false
  }

  /// By start, and each cut to the span; samples in a row are one.
  private var knownSpans: [Span] {
    var spans: [Span] = []
    for samples in measured {
      for sample in samples {
        guard let value = sample.value, value.isFinite, covers(sample) else { continue }
        let (from, to) = (max(sample.slot, span.from), min(sample.slot + sampleStep, span.to))
        if let last = spans.last, last.from <= from, from <= last.to {
          spans[spans.count - 1].to = max(last.to, to)
        } else {
          spans.append(Span(from: from, to: to))
        }
      }
    }
    return spans.sorted { $0.from < $1.from }
  }
}
