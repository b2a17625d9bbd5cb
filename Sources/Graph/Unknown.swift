import Model

extension Chart {
  /// The stretches no series knows anything of, oldest first.
  ///
  /// The last stretch counts only where a sample says that it is unknown, or where more than one step is missing: the
  /// sample of the running step is not late.
  var unknownSpans: [Span] {
    guard !span.isEmpty, hasSamples else { return [] }
    var gaps: [Span] = []
    var covered = span.from
    for stretch in knownSpans where stretch.to > covered {
      if stretch.from > covered { gaps.append(Span(from: covered, to: stretch.from)) }
      covered = stretch.to
    }
    if covered < span.to, isLate(from: covered) { gaps.append(Span(from: covered, to: span.to)) }
    return gaps
  }

  /// Whether any number is known inside the span.
  var hasSamples: Bool {
    measured.contains { $0.contains { $0.value?.isFinite == true && covers($0) } }
  }

  /// Of all series; a round that lost all its packets was measured too.
  private var measured: [[Sample]] {
    guard case .latency(let loss, _) = kind else { return series.map(\.samples) }
    return series.map(\.samples) + [loss]
  }

  func covers(_ sample: Sample) -> Bool { sample.slot < span.to && sample.slot + sampleStep > span.from }

  /// At least one second.
  var sampleStep: Int { max(1, min(step, 400 * 86_400)) }

  private func isLate(from covered: Instant) -> Bool {
    span.to - covered > sampleStep
      || measured.contains { $0.contains { $0.value == nil && $0.slot >= covered && $0.slot < span.to } }
  }

  /// By start, and each cut to the span.
  private var knownSpans: [Span] {
    var spans: [Span] = []
    for samples in measured {
      for sample in samples where sample.value?.isFinite == true && covers(sample) {
        spans.append(Span(from: max(sample.slot, span.from), to: min(sample.slot + sampleStep, span.to)))
      }
    }
    return spans.sorted { $0.from < $1.from }
  }
}
