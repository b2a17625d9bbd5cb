import Model
import Site

extension Example {
  /// Believable samples: a day's rhythm with some noise, the gap of a restart, and the two breaches.
  var window: SiteInput.Window {
    let units = catalogue.mapValues(\.unit)
    return { series, span, resolution in
      let step = max(60, resolution ?? 60)
      let samples = stride(from: span.from.slot(step: step).seconds, to: span.to.seconds, by: step).filter {
        $0 >= span.from.seconds
      }.map { Sample(slot: Instant($0), value: Example.value(series, Instant($0), units[series] ?? .none)) }
      return SeriesWindow(series: series, step: step, unit: units[series] ?? .none, samples: samples)
    }
  }

  /// As quick as can be, for tests of the pages.
  var sparseWindow: SiteInput.Window {
    let units = catalogue.mapValues(\.unit)
    return { series, span, resolution in
      let unit = units[series] ?? .none
      let step = max(60, resolution ?? 60)
      let slots = stride(
        from: span.from.slot(step: step).seconds, through: span.to.seconds - 1, by: max(step, span.seconds / 4))
      let last = (span.to - 1).slot(step: step).seconds
      let all = slots.filter { $0 != last } + [last]
      let samples = all.map { Sample(slot: Instant($0), value: Example.value(series, Instant($0), unit)) }
      return SeriesWindow(series: series, step: step, unit: unit, samples: samples)
    }
  }

  private static func value(_ series: SeriesID, _ at: Instant, _ unit: Unit) -> Double? {
    if at > slot { return nil }
    if slot - 38_100 <= at, at < slot - 35_400 { return nil }
    let down = series.host == "sw-wh1" && at >= slot - 2_700
    let lossy = series.host == "isp-a" && at >= slot - 1_500
    let noise = noise(series, at)
    switch series.metric {
    case "loss": return down ? 100 : lossy ? 15 : noise > 0.985 ? 5 : 0
    case "up": return 1
    case "status": return 200
    case "median": return down ? nil : (0.0004 + 0.0003 * noise) * (series.host == "isp-a" ? 22 : 1) * (lossy ? 2 : 1)
    case "uptime": return Double(at.seconds - 1_775_800_000)
    case "load1", "load5", "load15": return 0.4 + day(at) * 1.2 + noise * 0.5
    case "procs": return (180 + 12 * noise).rounded()
    case "errors-in": return noise > 0.97 ? 0.4 : 0
    default: break
    }
    if series.metric.hasPrefix("p"), let rank = Double(series.metric.dropFirst()) {
      return down ? nil : 0.0004 + 0.00003 * rank * (0.5 + noise) + (noise > 0.9 ? 0.00002 * rank * rank : 0)
    }
    if down { return nil }
    switch unit {
    case .percent: return 5 + 22 * day(at) + 6 * noise
    case .bytes: return (2.1 + 0.4 * day(at) + 0.05 * noise) * 1_073_741_824
    case .bitsPerSecond: return (30 + 400 * day(at) + 60 * noise) * 1e6 * (series.metric == "in" ? 1 : 0.22)
    case .bytesPerSecond: return (80 + 900 * day(at) + 300 * noise) * 1e3
    case .seconds: return 0.09 + 0.05 * day(at) + 0.03 * noise
    default: return 100 + 50 * day(at) + 10 * noise
    }
  }

  /// Low at night, high in the afternoon, less at the weekend.
  private static func day(_ at: Instant) -> Double {
    let civil = zone.civil(at)
    let hour = Double(civil.hour) + Double(civil.minute) / 60
    let wave = max(0, 1 - abs(hour - 14) / 7)
    return wave * wave * (3 - 2 * wave) * (civil.weekday > 4 ? 0.3 : 1)
  }

  /// 0 to 1, the same for the same series and time.
  private static func noise(_ series: SeriesID, _ at: Instant) -> Double {
    var state = UInt64(bitPattern: Int64(at.seconds)) &* 0x9E37_79B9_7F4A_7C15
    for byte in "\(series.host)\(series.job)\(series.instance ?? "")".utf8 {
      state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    state ^= state >> 29
    state = state &* 0xBF58_476D_1CE4_E5B9
    state ^= state >> 32
    return Double(state % 1_000) / 1_000
  }
}

/// Samples for tests of figures.
enum Samples {
  /// The same number in every slot of a minute from some time on, and before it nothing.
  static func constant(_ value: Double, from first: Instant, until last: Instant = Example.slot) -> SiteInput.Window {
    { series, span, resolution in
      let step = max(60, resolution ?? 60)
      let slots = stride(from: span.from.slot(step: step).seconds, to: span.to.seconds, by: step)
      let samples = slots.filter { $0 >= span.from.seconds || step > 60 }.map { second in
        Sample(slot: Instant(second), value: second >= first.seconds && second <= last.seconds ? value : nil)
      }
      return SeriesWindow(series: series, step: step, unit: .none, samples: samples)
    }
  }
}
