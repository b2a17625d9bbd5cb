import Config
import Model

extension Story {
  /// The story of a fleet up to `until`, told by days before it; what lies before `from` did not happen.
  init(from: Instant, until: Instant, plan: Plan) {
    let calendar = Calendar(until: until, zone: plan.settings.zone)
    let all = Story.happenings(calendar)
    happenings = all.filter { $0.span.from >= from && $0.span.from < until }
    off = [calendar.span(15, "23:40", for: 6 * 3_600 + 45 * 60)].filter { $0.from > from }
    answers = Story.answers
    let work = calendar.span(20, "22:00", for: 90 * 60)
    let jobs = plan.jobs.filter { ["api", "nas1"].contains($0.id.host) }.map(\.id)
    disabled = jobs.filter { _ in work.from > from }.map {
      Disabled(job: $0, since: work.from, until: work.to, by: "Marek Nowak", why: "new disks in the storage")
    }
    notes = calendar.notes.filter { $0.at > from }
    outages = happenings.filter { $0.kind == .unavailable && $0.host == "shop" }.map(\.span)
  }

  private static func happenings(_ calendar: Calendar) -> [Happening] {
    calendar.uplinks + calendar.services + calendar.warehouse + calendar.devices
  }

  private static let answers = [
    StagedAnswer(
      objective: "warehouse", after: 660, by: "Jana Brandt", lasts: nil,
      note: "power work in hall 2, electrician called"),
    StagedAnswer(
      objective: "shop", after: 540, by: "Lena Hoffmann", lasts: 7_200, note: "the database pool is full; restarting"),
    StagedAnswer(
      objective: "intranet-certificate", after: 5 * 3_600, by: "Lena Hoffmann", lasts: 86_400,
      note: "ordered a new one"),
    StagedAnswer(
      objective: "storage-space", after: 3_000, by: "Tom Fischer", lasts: nil, note: "old scans go to tape this week"),
    StagedAnswer(
      objective: "warehouse-power", after: 600, by: "Marek Nowak", lasts: nil,
      note: "the utility says: back within the hour"),
  ]
}

/// Times as a story tells them: so many days ago, at an hour of the clock.
private struct Calendar {
  let until: Instant
  let zone: Zone

  func at(_ daysAgo: Int, _ clock: String) -> Instant {
    let parts = clock.split(separator: ":").compactMap { Int($0) }
    var civil = zone.civil(until)
    civil.day -= daysAgo
    (civil.hour, civil.minute, civil.second) = (parts[0], parts[1], 0)
    return zone.instant(civil)
  }

  func span(_ daysAgo: Int, _ clock: String, for seconds: Int) -> Span {
    let from = at(daysAgo, clock)
    return Span(from: from, to: from + seconds)
  }

  /// The last minutes before the end, still going on there.
  func open(_ minutes: Int) -> Span { Span(from: (until - minutes * 60).slot(step: 60), to: until + 86_400) }

  var notes: [Note] {
    [
      note("sw-wh1", until - 190 * 60, "Jana Brandt", "electrician is on site; hall 2 has no power before the evening"),
      note("shop", at(1, "10:52"), "Lena Hoffmann", "database pool raised from 50 to 120 connections"),
      note(
        "router1", at(5, "03:31"), "Marek Nowak",
        "came back by itself after a dip of the mains; case opened with the vendor"),
      note("nas1", at(10, "09:40"), "Tom Fischer", "scans of 2019 go to tape; the volume stays full until Thursday"),
      note("fw1", at(20, "22:20"), "Marek Nowak", "firmware of both firewalls and of the core, one after the other"),
    ]
  }

  private func note(_ host: String, _ at: Instant, _ by: String, _ text: String) -> Note {
    Note(on: Note.Subject(.host, host), at: at, by: by, text: text, writtenAt: at)
  }

  /// What is open now, last; the brown-out of the week before, and a short one.
  var uplinks: [Happening] {
    [
      Happening(kind: .brownOut, host: "isp-a", span: span(9, "13:10", for: 4 * 3_600 + 2_400), amount: 0.08),
      Happening(kind: .brownOut, host: "isp-a", span: span(26, "20:15", for: 2_700), amount: 0.05),
      Happening(kind: .silent, host: "isp-b", span: span(22, "04:20", for: 1_500)),
      Happening(kind: .brownOut, host: "isp-a", span: open(45), amount: 0.15),
    ]
  }

  var services: [Happening] {
    [
      Happening(kind: .unavailable, host: "shop", span: span(1, "10:17", for: 44 * 60)),
      Happening(kind: .slow, host: "shop", span: span(1, "09:40", for: 37 * 60), amount: 6),
      Happening(kind: .slow, host: "shop", span: span(13, "19:30", for: 5_400), amount: 5),
      Happening(kind: .unavailable, host: "api", span: span(24, "15:06", for: 12 * 60)),
      Happening(kind: .refused, host: "mx1", span: span(8, "19:05", for: 26 * 60)),
      Happening(kind: .expired, host: "intranet", span: span(6, "12:00", for: 3 * 3_600 + 900)),
      Happening(kind: .servfail, host: "ns2", span: span(4, "16:05", for: 25 * 60)),
      Happening(kind: .full, host: "nas1", span: span(11, "06:00", for: 5 * 86_400 + 5 * 3_600)),
    ]
  }

  /// A dead switch with all behind it, now; mains lost for a while.
  var warehouse: [Happening] {
    ["sw-wh1", "sw-wh2", "ups-wh"].map { Happening(kind: .silent, host: $0, span: open(220)) }
      + [
        Happening(kind: .onBattery, host: "ups-wh", span: span(17, "05:41", for: 38 * 60)),
        Happening(kind: .onBattery, host: "ups-office", span: span(28, "11:12", for: 3 * 60)),
      ]
  }

  /// A port that goes up and down, an evening of updates, a crash.
  var devices: [Happening] {
    [
      Happening(kind: .flapping, host: "sw-office2", span: span(12, "08:30", for: 3 * 3_600 + 900), part: "gi0/7"),
      Happening(kind: .reboot, host: "fw2", span: span(20, "22:05", for: 9 * 60)),
      Happening(kind: .reboot, host: "fw1", span: span(20, "22:30", for: 8 * 60)),
      Happening(kind: .reboot, host: "sw-core1", span: span(20, "22:50", for: 6 * 60)),
      Happening(kind: .reboot, host: "router2", span: span(20, "23:05", for: 11 * 60)),
      Happening(kind: .reboot, host: "router1", span: span(5, "03:12", for: 7 * 60)),
    ]
  }
}
