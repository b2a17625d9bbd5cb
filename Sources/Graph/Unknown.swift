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
    series.contains { $0.samples.contains { $0.value?.isFinite == true && covers($0) } }
  }

  func covers(_ sample: Sample) -> Bool { sample.slot < span.to && sample.slot + sampleStep > span.from }

  /// At least one second.
  var sampleStep: Int { max(1, min(step, 400 * 86_400)) }

  private func isLate(from covered: Instant) -> Bool {
    span.to - covered > sampleStep
      || series.contains { $0.samples.contains { $0.value == nil && $0.slot >= covered && $0.slot < span.to } }
  }

  /// By start, and each cut to the span.
  private var knownSpans: [Span] {
    var spans: [Span] = []
    for one in series {
      for sample in one.samples where sample.value?.isFinite == true && covers(sample) {
        spans.append(Span(from: max(sample.slot, span.from), to: min(sample.slot + sampleStep, span.to)))
      }
    }
    return spans.sorted { $0.from < $1.from }
  }
}
