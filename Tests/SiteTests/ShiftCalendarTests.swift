import Alert
import Config
import Model
import Testing

@testable import Site

@Suite struct ShiftCalendarTests {
  private func zone(_ name: String) throws -> Zone { try #require(Zone(name)) }

  /// Weekdays from eight to six are Jana's, the rest Marek's, and Lea is behind both.
  private func role(_ zone: Zone, _ name: String = "network", shifts: [Role.Shift]? = nil) -> Role {
    let work = WeeklyHours(days: Set(0...4), from: 480, to: 1_080)
    let night = WeeklyHours(days: Set(0...6), from: 0, to: 1_440)
    return Role(
      name: name, title: "Network, first line; day", zone: zone,
      shifts: shifts ?? [.init(hours: work, contacts: ["jana", "lea"]), .init(hours: night, contacts: ["marek"])],
      fallback: ["karin"])
  }

  private func calendar(
    _ path: String, _ role: Role, at now: Instant = Example.now
  ) throws -> StrictCalendar {
    var input = Example(hosts: [("web", ["www"])]).input()
    input.plan.roles = [role.name: role]
    input.now = now
    return try StrictCalendar(try #require(rendered(input).files[path]))
  }

  @Test func `every second of eight weeks is somebody's, as the roles say`() throws {
    let zone = try zone("Europe/Berlin")
    let role = role(zone)
    let found = try calendar("oncall/network.ics", role)
    #expect(found.events.count > 56)
    for (event, next) in zip(found.events, found.events.dropFirst()) { #expect(event.end == next.start) }
    let midnight = zone.startOfDay(zone.civil(Example.now)).seconds
    #expect(found.events[0].start <= midnight && found.events[0].end > midnight)
    let last = try #require(found.events.last)
    #expect(last.end - Example.now.seconds > 55 * 86_400)
    for event in found.events {
      let contact = onCall(role, at: Instant((event.start + event.end) / 2)).contact
      #expect(event.summary.hasPrefix(contact == "jana" ? "Jana Brandt" : "Marek Nowak"), "\(event)")
    }
    #expect(found.events[0].summary.hasSuffix(#", Network, first line; day"#))
    #expect(
      found.events.contains {
        $0.description == "Shift mon-fri 08:00-18:00, Europe/Berlin\nIf there is no answer: Lea Fischer"
      })
  }

  @Test func `a contact's calendar has the turns of that contact alone`() throws {
    let role = role(try zone("Europe/Berlin"))
    let jana = try calendar("oncall/contact-jana.ics", role)
    #expect(jana.events.count == 40 && jana.events.allSatisfy { $0.end - $0.start == 36_000 })
    #expect(jana.events.allSatisfy { $0.summary == "On call: Network, first line; day" })
    let whole = try calendar("oncall/network.ics", role)
    #expect(Set(jana.events.map(\.uid)).isSubset(of: Set(whole.events.map(\.uid))))
  }

  @Test func `eight in the morning is eight in the morning when the clocks change`() throws {
    let zone = try zone("Europe/Berlin")
    // The clocks go back on Sunday 25 October 2026.
    let now = zone.instant(Civil(year: 2026, month: 10, day: 20, hour: 12, minute: 0, second: 0))
    let jana = try calendar("oncall/contact-jana.ics", role(zone), at: now)
    let hours = Set(jana.events.map { $0.start % 86_400 / 3_600 })
    #expect(hours == [6, 7])
    for event in jana.events { #expect(zone.civil(Instant(event.start)).hour == 8) }
    let all = role(zone, shifts: [.init(hours: WeeklyHours(days: Set(0...6), from: 0, to: 1_440), contacts: ["jana"])])
    let days = try calendar("oncall/contact-jana.ics", all, at: now)
    #expect(days.events.count { $0.end - $0.start == 25 * 3_600 } == 1)
    #expect(days.events.count { $0.end - $0.start == 24 * 3_600 } == days.events.count - 1)
  }

  @Test func `a turn is the same event tomorrow`() throws {
    let role = role(try zone("America/New_York"))
    let today = try calendar("oncall/network.ics", role)
    let tomorrow = try calendar("oncall/network.ics", role, at: Example.now + 86_400)
    let starts = Dictionary(uniqueKeysWithValues: today.events.map { ($0.uid, $0.start) })
    let kept = tomorrow.events.filter { starts[$0.uid] == $0.start }
    #expect(kept.count >= today.events.count - 3 && kept.count == tomorrow.events.count { starts[$0.uid] != nil })
  }

  @Test func `they are made once a day, and stand on the page`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    let site = rendered(input)
    let calendars = site.files.keys.filter { $0.hasSuffix(".ics") }
    #expect(calendars.count > input.plan.roles.count && site.problems == [])
    let page = try #require(site.pages["oncall.html"])
    for path in calendars { #expect(page.contains("href=\"\(path)\""), "\(path)") }
    input.now = input.now + 600
    #expect(!rendered(input, on: site).written.contains { $0.hasSuffix(".ics") })
    input.now = input.now + 86_400
    #expect(rendered(input, on: site).written.count { $0.hasSuffix(".ics") } == calendars.count)
  }

  @Test func `texts from outside break no line of it`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    var role = role(try zone("UTC"), "contact-jana")
    role.title = "a\r\nBEGIN:VALARM\\;,\u{1B}" + String(repeating: "é長🙂", count: 60)
    input.plan.roles = [role.name: role]
    let site = rendered(input)
    #expect(site.problems == [])
    let files = site.files.filter { $0.key.hasSuffix(".ics") }
    #expect(files.count == 3)
    for (_, bytes) in files { #expect(try !StrictCalendar(bytes).events.isEmpty) }
  }
}

/// RFC 5545, read strictly: no line is too long or broken in the wrong way, and events have what they must.
struct StrictCalendar {
  struct Event: Equatable {
    var uid = ""
    var start = 0
    var end = 0
    var summary = ""
    var description = ""
  }

  private(set) var events: [Event] = []

  struct Fault: Error {
    var line: String
  }

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard Array(text.utf8) == bytes else { throw Fault(line: "no UTF-8") }
    var lines: [String] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let end = rest.firstIndex(of: 13), rest.indices.contains(end + 1), rest[end + 1] == 10 else {
        throw Fault(line: "no end of a line")
      }
      let line = rest[..<end]
      guard line.count <= 75, !line.isEmpty, line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw Fault(line: String(decoding: line, as: UTF8.self))
      }
      guard String(validating: line, as: UTF8.self) != nil else { throw Fault(line: "cut inside a character") }
      if line.first == 0x20 {
        lines[lines.count - 1] += String(decoding: line.dropFirst(), as: UTF8.self)
      } else {
        lines.append(String(decoding: line, as: UTF8.self))
      }
      rest = rest[(end + 2)...]
    }
    try read(lines)
  }

  private mutating func read(_ lines: [String]) throws {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    guard lines.prefix(2) == head[...], lines.last == "END:VCALENDAR" else { throw Fault(line: lines.first ?? "") }
    var event: [String: String]?
    for line in lines.dropFirst(2).dropLast() {
      if line == "BEGIN:VEVENT", event == nil {
        event = [:]
      } else if line == "END:VEVENT", let done = event {
        try add(done)
        event = nil
      } else {
        guard let match = try /([A-Z-]+)(?:;[A-Z]+=[A-Z]+)?:(.*)/.wholeMatch(in: line) else { throw Fault(line: line) }
        let name = String(match.1)
        if event == nil { continue }
        guard event?.updateValue(String(match.2), forKey: name) == nil else { throw Fault(line: line) }
      }
    }
    guard event == nil, Set(events.map(\.uid)).count == events.count else { throw Fault(line: "events") }
  }

  private mutating func add(_ fields: [String: String]) throws {
    let names: Set = ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"]
    guard Set(fields.keys) == names, let uid = fields["UID"] else { throw Fault(line: "\(fields)") }
    _ = try time(fields["DTSTAMP"])
    let event = Event(
      uid: uid, start: try time(fields["DTSTART"]), end: try time(fields["DTEND"]),
      summary: try plain(fields["SUMMARY"]), description: try plain(fields["DESCRIPTION"]))
    guard event.start < event.end else { throw Fault(line: "\(fields)") }
    events.append(event)
  }

  private func time(_ text: String?) throws -> Int {
    guard let match = try /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.wholeMatch(in: text ?? "") else {
      throw Fault(line: text ?? "")
    }
    let parts = [match.1, match.2, match.3, match.4, match.5, match.6].compactMap { Int($0) }
    return Civil(
      year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5]
    ).secondsFromEpoch
  }

  private func plain(_ text: String?) throws -> String {
    var result = String.UnicodeScalarView()
    var rest = (text ?? "").unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar != ";", scalar != "," else { throw Fault(line: text ?? "") }
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      guard let next = rest.popFirst(), ["\\", ";", ",", "n"].contains(next) else { throw Fault(line: text ?? "") }
      result.append(next == "n" ? "\n" : next)
    }
    return String(result)
  }
}
