import Model
import TestSupport
import Testing

struct CronTests {
  @Test(
    arguments: [
      ("61 * * * *", "the minute goes from 0 to 59, not to 61"),
      ("* * * *", "it has 4 of the five fields minute, hour, day, month and day of the week: '*/5 8-18 * * mon-fri'"),
      (
        "0 * * * * *",
        "it has 6 of the five fields minute, hour, day, month and day of the week, and none for seconds or years: '*/5 8-18 * * mon-fri'"
      ),
      ("0 0 0 * *", "the day goes from 1 to 31, not to 0"),
      ("0 0 * * mun", "“mun” is no day of the week; did you mean “sun”?"),
      ("0 0 * * monday", "“monday” is no day of the week; did you mean “mon”?"),
      ("0 0 * janury *", "“janury” is no month; did you mean “jan”?"),
      ("0 22-6 * * *", "the range 22-6 of the hour goes down: write 22-23,0-6"),
      ("0 0 * * sat-mon", "the range sat-mon of the day of the week goes down: write sat-6,0-mon"),
      ("5/10 * * * *", "a step stands after * or a range: 5-59/10"),
      ("*/0 * * * *", "“0” is no step of the minute; it goes from 1 to 59"),
      ("*/90 * * * *", "“90” is no step of the minute; it goes from 1 to 59"),
      ("1,,2 * * * *", "“” is no minute"),
      ("0 x * * *", "“x” is no hour: it is 0 to 23"),
      ("0 0 ? * *", "“?” is no day: it is 1 to 31"),
      ("@reboot", "known words are @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly"),
    ])
  func `what is no schedule is told with the way out`(text: String, fault: String) {
    #expect(Cron.fault(in: text) == fault)
    #expect(Cron(text) == nil)
  }

  @Test func `names, lists, ranges, steps and words are read`() throws {
    for (one, other) in [
      ("0 0 * jan,MAR mon-fri", "0 0 * 1,3 1-5"), ("0 0 * * 7", "0 0 * * sun"), ("*/20 * * * *", "0,20,40 * * * *"),
      ("10-50/20 1 * * *", "10,30,50 1 * * *"), ("0 0 * * fri-sun", "0 0 * * 0,5,6"), ("@hourly", "0 * * * *"),
      ("@weekly", "0 0 * * 0"), ("@yearly", "0 0 1 1 *"), ("0\t0  1 * *", "@monthly"),
    ] {
      let (first, second) = (try #require(Cron(one)), try #require(Cron(other)))
      let year = Span(from: Instant(1_767_225_600), to: Instant(1_767_225_600 + 400 * 86_400))
      #expect(first.times(in: year, zone: .utc) == second.times(in: year, zone: .utc), "\(one)")
      #expect(!first.times(in: year, zone: .utc).isEmpty)
    }
  }

  @Test func `of two days that are both restricted either counts, and both where one begins with a star`() throws {
    func days(_ text: String) throws -> [Int] {
      let june = Span(from: Instant(1_780_272_000), to: Instant(1_780_272_000 + 30 * 86_400))
      return try #require(Cron(text)).times(in: june, zone: .utc).map { Zone.utc.civil($0).day }
    }
    // June 2026 begins with a Monday.
    #expect(try days("0 0 13 * fri") == [5, 12, 13, 19, 26])
    #expect(try days("0 0 13 * *") == [13])
    #expect(try days("0 0 * * fri") == [5, 12, 19, 26])
    #expect(try days("0 0 */2 * fri") == [5, 19])
    #expect(try days("0 0 1-7 * */5") == [5, 7])
  }

  @Test func `what never comes never comes, and a leap day comes`() throws {
    let start = Instant(1_767_225_600)
    let never = try #require(Cron("0 0 30 2 *"))
    #expect(never.next(after: start, zone: .utc) == nil)
    #expect(never.previous(atOrBefore: start, zone: .utc) == nil)
    #expect(never.smallestInterval(from: start, zone: .utc) == nil)
    let leap = try #require(Cron("0 0 29 2 *")?.next(after: start, zone: .utc))
    #expect(Zone.utc.civil(leap) == Civil(year: 2028, month: 2, day: 29))
    #expect(Cron("0 0 29 2 *")?.smallestInterval(from: start, zone: .utc) == 1_461 * 86_400)
  }

  // MARK: Changes of the clock

  private static let berlin = Zone("Europe/Berlin") ?? .utc

  /// Local times of a day in Berlin, with their offset in hours.
  private func day(_ text: String, _ month: Int, _ day: Int) throws -> [String] {
    let zone = CronTests.berlin
    let span = Span(
      from: zone.startOfDay(Civil(year: 2026, month: month, day: day)),
      to: zone.startOfDay(Civil(year: 2026, month: month, day: day + 1)))
    return try #require(Cron(text)).times(in: span, zone: zone).map {
      "\(timeText($0, zone: zone).prefix(5))+\(zone.offset(at: $0) / 3_600)"
    }
  }

  @Test func `a time the clock skips comes at the jump, once`() throws {
    #expect(try day("30 2 * * *", 3, 29) == ["03:00+2"])
    #expect(try day("0,30 2 * * *", 3, 29) == ["03:00+2"])
    #expect(try day("0 2,3 * * *", 3, 29) == ["03:00+2"])
    #expect(try day("30 1,2,3 * * *", 3, 29) == ["01:30+1", "03:00+2", "03:30+2"])
    #expect(try day("30 2 * * *", 3, 28) == ["02:30+1"])
  }

  @Test func `a time the clock repeats comes on its first pass`() throws {
    #expect(try day("30 2 * * *", 10, 25) == ["02:30+2"])
    #expect(try day("0 2,3 * * *", 10, 25) == ["02:00+2", "03:00+1"])
  }

  @Test func `what goes round the clock goes on evenly through both changes`() throws {
    let zone = CronTests.berlin
    for text in ["*/20 * * * *", "0 * * * *", "* 2 * * *"] {
      let cron = try #require(Cron(text))
      for start in [1_774_742_400, 1_792_886_400] {
        let times = cron.times(in: Span(from: Instant(start), to: Instant(start + 2 * 86_400)), zone: zone)
        let steps = Set(zip(times, times.dropFirst()).map { $1 - $0 })
        if text.hasPrefix("* 2") { continue }
        #expect(steps.count == 1, "\(text): \(steps)")
      }
    }
    #expect(try day("* 2 * * *", 10, 25).count == 120)
    #expect(try day("* 2 * * *", 3, 29).isEmpty)
  }

  @Test(
    arguments: [
      ("* * * * *", 60), ("*/5 8-18 * * mon-fri", 300), ("0 3 * * *", 23 * 3_600), ("0,5 * * * *", 300),
      ("30 1,2 * * *", 1_800), ("0 6 * * mon", 7 * 86_400 - 3_600), ("0 0 1 * *", 28 * 86_400),
    ])
  func `the smallest interval knows of changes of the clock`(text: String, seconds: Int) throws {
    let cron = try #require(Cron(text))
    #expect(cron.smallestInterval(from: Instant(1_767_225_600), zone: CronTests.berlin) == seconds)
  }

  // MARK: Against a scan of minutes

  /// Zones with changes of an hour, of half an hour, at odd times, twice a year around Ramadan, and of a whole day.
  private static let stretches: [(zone: String, from: Int)] = [
    ("Europe/Berlin", 1_774_656_000), ("Europe/Berlin", 1_792_800_000), ("America/New_York", 1_772_841_600),
    ("America/New_York", 1_793_404_800), ("Australia/Lord_Howe", 1_775_260_800), ("Australia/Lord_Howe", 1_790_985_600),
    ("America/St_Johns", 1_268_438_400), ("America/St_Johns", 1_289_001_600), ("Africa/Casablanca", 1_771_027_200),
    ("Pacific/Apia", 1_325_116_800), ("Asia/Kolkata", 1_775_260_800), ("UTC", 1_775_260_800),
  ]

  @Test(arguments: stretches.indices)
  func `times are those that a scan of every minute finds`(index: Int) throws {
    let (name, from) = CronTests.stretches[index]
    let zone = try #require(Zone(name))
    let scan = MinuteScan(from: from, days: 4, zone: zone)
    var random = SeededRandom(UInt64(index + 1))
    for _ in 0..<25 {
      let fields = RandomCron(&random)
      let cron = try #require(Cron(fields.text), "\(fields.text): \(Cron.fault(in: fields.text) ?? "")")
      let wanted = scan.times(of: fields)
      #expect(cron.times(in: scan.span, zone: zone) == wanted, "\(fields.text) in \(name)")
      for _ in 0..<5 {
        let now = Instant(from + Int.random(in: 0..<4 * 86_400, using: &random))
        let next = cron.next(after: now, zone: zone)
        let previous = cron.previous(atOrBefore: now, zone: zone)
        #expect(
          next.flatMap { scan.span.contains($0) ? $0 : nil } == wanted.first { $0 > now }, "\(fields.text) \(now)")
        #expect(
          previous.flatMap { scan.span.contains($0) ? $0 : nil } == wanted.last { $0 <= now }, "\(fields.text) \(now)")
      }
    }
  }
}

/// A schedule made from its sets, so that no parser is needed to know them.
private struct RandomCron {
  var text = ""
  var sets: [Set<Int>] = []
  var stars: [Bool] = []

  init(_ random: inout SeededRandom) {
    let bounds = [0...59, 0...23, 1...31, 1...12, 0...6]
    var texts: [String] = []
    for (place, bound) in bounds.enumerated() {
      // Hours around the change of the clock more often than others; months rarely.
      let likely = place == 1 ? 0...4 : bound
      let kind = place == 3 ? [0, 0, 0, 3].randomElement(using: &random) ?? 0 : Int.random(in: 0...3, using: &random)
      let (text, set) = RandomCron.field(kind, bound, likely, &random)
      texts.append(text)
      sets.append(set)
      stars.append(text.hasPrefix("*"))
    }
    text = texts.joined(separator: " ")
  }

  private static func field(
    _ kind: Int, _ bound: ClosedRange<Int>, _ likely: ClosedRange<Int>, _ random: inout SeededRandom
  ) -> (String, Set<Int>) {
    switch kind {
    case 0: return ("*", Set(bound))
    case 1:
      let step = Int.random(in: 1...max(2, bound.count / 3), using: &random)
      return ("*/\(step)", Set(stride(from: bound.lowerBound, through: bound.upperBound, by: step)))
    case 2:
      let numbers = (0..<3).map { _ in Int.random(in: likely, using: &random) }
      return (numbers.map(String.init).joined(separator: ","), Set(numbers))
    default:
      let ends = [Int.random(in: likely, using: &random), Int.random(in: bound, using: &random)].sorted()
      return ("\(ends[0])-\(ends[1])", Set(ends[0]...ends[1]))
    }
  }

  func fits(_ wall: Int) -> Bool {
    let civil = Civil(secondsFromEpoch: wall)
    let (day, weekday) = (sets[2].contains(civil.day), sets[4].contains((civil.weekday + 1) % 7))
    return sets[0].contains(civil.minute) && sets[1].contains(civil.hour) && sets[3].contains(civil.month)
      && (stars[2] || stars[4] ? day && weekday : day || weekday)
  }
}

/// Every minute of some days, one after the other, as a clock on the wall shows it.
private struct MinuteScan {
  let span: Span
  private var minutes: [(instant: Int, wall: Int)] = []

  init(from: Int, days: Int, zone: Zone) {
    span = Span(from: Instant(from), to: Instant(from + days * 86_400))
    // Two days before, so that what was on its first pass is known.
    for second in stride(from: from - 2 * 86_400, to: from + days * 86_400, by: 60) {
      minutes.append((second, second + zone.offset(at: Instant(second))))
    }
  }

  func times(of cron: RandomCron) -> [Instant] {
    let isContinuous = cron.stars[0] || cron.stars[1]
    var seen: Set<Int> = []
    var last: Int?
    var found: [Instant] = []
    for (instant, wall) in minutes {
      let isFirst = seen.insert(wall).inserted
      var comes = cron.fits(wall) && (isContinuous || isFirst)
      if !isContinuous, let last, wall > last + 60 {
        comes =
          comes || stride(from: last + 60, to: wall, by: 60).contains { seen.insert($0).inserted && cron.fits($0) }
      }
      last = wall
      if comes { found.append(Instant(instant)) }
    }
    return found.filter(span.contains)
  }
}
