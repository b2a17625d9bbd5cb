import Collect
import Config
import Model

/// A page with its phases; slower when more people come.
struct WebLife: Life {
  private let host: String
  private let probe: HTTPProbe
  private let happenings: [Happening]
  private let chance: Chance

  init(_ host: String, _ probe: HTTPProbe, _ happenings: [Happening], _ chance: Chance) {
    (self.host, self.probe, self.happenings, self.chance) = (host, probe, happenings, chance)
  }

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    let expiry = Expiry(happenings, of: host, chance)
    if happenings.now(.expired, tick.now) != nil { return untrusted(expiry, slot) }
    let isOut = happenings.now(.unavailable, tick.now) != nil
    let phases = Phases(tick, self, isOut: isOut)
    let size = isOut ? 312 : (base.bytes * (1 + 0.01 * chance.drift(tick.seconds, period: 86_400))).rounded()
    let failure: Failure? = isOut ? Failure(.mismatch, "the status is 503, expected 200-399") : nil
    return Vitals(
      measurements: [.up(failure), Measurement("status", isOut ? 503 : 200, .none)] + phases.measurements
        + [Measurement("size", size, .bytes)] + expiry.measurements(slot) + numbers(tick, isOut: isOut),
      failure: failure, facts: facts(isOut, failure, expiry, slot), milliseconds: Int(phases.total * 1_000),
      bytes: Int(size))
  }

  /// Milliseconds to the first byte on a quiet day, bytes of the page.
  private var base: (milliseconds: Double, bytes: Double) {
    switch host {
    case "shop": (150, 84_200)
    case "api": (38, 1_420)
    case "intranet": (95, 31_800)
    default: (110, 46_500)
    }
  }

  fileprivate func firstByte(_ tick: Tick) -> Double {
    let crowd = host == "intranet" ? tick.office : tick.evening
    let slow = happenings.now(.slow, tick.now)?.amount ?? 1
    let burst = chance.burst(tick.seconds, period: 900, rarity: 90, 3) * 2
    let noise = 0.12 * chance.tail(tick.seconds, 6) + 0.05 * chance.drift(tick.seconds, period: 3_600, 7)
    return base.milliseconds / 1_000 * (0.8 + 0.5 * crowd + burst + noise) * slow
  }

  fileprivate func share(_ tick: Tick, _ salt: Int) -> Double { chance.tail(tick.seconds, salt) }

  private func untrusted(_ expiry: Expiry, _ slot: Instant) -> Vitals {
    let failure = Failure(.expired, "the certificate of \(host).example.org has expired")
    let phases = ["resolve", "connect", "tls"].map { Measurement("time-\($0)", 0.004, .seconds) }
    let unknown = ["first-byte", "transfer", "total"].map { Measurement("time-\($0)", nil, .seconds) }
    return Vitals(
      measurements: [.up(failure), Measurement("status", nil, .none)] + phases + unknown
        + [Measurement("size", nil, .bytes)] + expiry.measurements(slot), failure: failure,
      facts: expiry.facts(slot), milliseconds: 14)
  }

  private func facts(_ isOut: Bool, _ failure: Failure?, _ expiry: Expiry, _ slot: Instant) -> [Fact] {
    [Fact("Status", isOut ? "503" : "200"), Fact("Protocol", "HTTP/2"), Fact("Address", "192.0.2.80")]
      + expiry.facts(slot) + (failure.map { [Fact("First failed condition", $0.message)] } ?? [])
  }

  /// What the answer itself says in numbers.
  private func numbers(_ tick: Tick, isOut: Bool) -> [Measurement] {
    let rate = 130 * tick.evening * (1 + 0.06 * chance.bell(tick.seconds, 11))
    let jam = chance.burst(tick.seconds, period: 1_800, rarity: 40, 12) * 60
    return probe.numbers.map { number in
      let value = number.metric == "requests" ? rate : (rate / 40 + jam + chance.tail(tick.seconds, 13)).rounded()
      return Measurement(number.metric, isOut ? nil : value, number.unit)
    }
  }
}

/// The phases of an answer, in seconds.
private struct Phases {
  private let resolve, connect, tls, firstByte, transfer: Double

  init(_ tick: Tick, _ life: WebLife, isOut: Bool) {
    resolve = 0.0008 + 0.0009 * life.share(tick, 1)
    connect = 0.0042 + 0.0009 * life.share(tick, 2)
    tls = 0.0095 + 0.0015 * life.share(tick, 4)
    firstByte = isOut ? 0.006 : life.firstByte(tick)
    transfer = isOut ? 0.0002 : 0.003 + 0.002 * life.share(tick, 5)
  }

  var total: Double { resolve + connect + tls + firstByte + transfer }

  var measurements: [Measurement] {
    [
      Measurement("time-resolve", resolve, .seconds), Measurement("time-connect", connect, .seconds),
      Measurement("time-tls", tls, .seconds), Measurement("time-first-byte", firstByte, .seconds),
      Measurement("time-transfer", transfer, .seconds), Measurement("time-total", total, .seconds),
    ]
  }
}

/// When a host's certificate ends: ninety days after the last one did, or when it is staged.
struct Expiry: Sendable {
  private let staged: Span?
  private let host: String
  private let offset: Int

  init(_ happenings: [Happening], of host: String, _ chance: Chance) {
    staged = happenings.first { $0.kind == .expired }?.span
    self.host = host
    offset = Int(chance.share(1, 40) * 90) * 86_400
  }

  private static let life = 90 * 86_400

  func end(at slot: Instant) -> Instant {
    if let staged { return slot < staged.to ? staged.from : staged.to + Expiry.life }
    // Renewed a month before it ends, as is usual.
    let turn = Instant(slot.seconds + offset).slot(step: 60 * 86_400)
    return turn - offset + Expiry.life
  }

  func measurements(_ slot: Instant) -> [Measurement] {
    let seconds = end(at: slot) - slot
    return [
      Measurement("certificate-days", Double(seconds) / 86_400, .days),
      Measurement("certificate-ok", seconds > 0 ? 1 : 0, .none),
    ]
  }

  func facts(_ slot: Instant) -> [Fact] {
    let end = end(at: slot)
    return [
      Fact("TLS", "TLSv1.3, TLS_AES_256_GCM_SHA384"), Fact("Certificate", "CN=\(host).example.org"),
      Fact("Certificate issuer", "CN=Example CA R3, O=Example Trust"), Fact("Certificate expires", stampText(end)),
      Fact("Certificate check", end > slot ? "good" : "expired: certificate has expired"),
    ]
  }
}
