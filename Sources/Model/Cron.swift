/// Times in cron's five fields: minute, hour, day of the month, month, day of the week.
///
/// The grammar and the rule of the two days are those of Vixie's cron (crontab(5)): lists, ranges, steps after `*` or a
/// range, names of months and days; where neither field of a day begins with `*`, a day that fits one of them counts.
package struct Cron: Hashable, Sendable, CustomStringConvertible {
  /// As it was written.
  package let text: String
  /// In order.
  let minutes: [Int]
  let hours: [Int]
  let days: Set<Int>
  let months: Set<Int>
  /// 0 is Monday, as in `Civil`.
  let weekdays: Set<Int>
  let isEitherDay: Bool
  /// Whether minute or hour begins with `*`: what runs round the clock goes by the clock also when that is changed.
  let isContinuous: Bool

  package var description: String { text }

  /// `nil` where the text is no schedule; `CronFault` says why.
  package init?(_ text: String) {
    guard case .success(let cron) = Cron.read(text) else { return nil }
    self = cron
  }

  /// What is wrong with a text, with the way out; `nil` where it is a schedule.
  package static func fault(in text: String) -> String? {
    if case .failure(let fault) = read(text) { fault.text } else { nil }
  }

  private static let nicknames = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
  ]

  private static func read(_ text: String) -> Result<Cron, CronFault> {
    if text.hasPrefix("@"), nicknames[text] == nil {
      let known = nicknames.keys.sorted().joined(separator: ", ")
      return .failure(CronFault(text: "known words are \(known)"))
    }
    let parts = (nicknames[text] ?? text).split { $0 == " " || $0 == "\t" }.map(String.init)
    guard parts.count == 5 else {
      let six = parts.count == 6 ? ", and none for seconds or years" : ""
      return .failure(
        CronFault(
          text: "it has \(parts.count) of the five fields minute, hour, day, month and day of the week\(six): "
            + "'*/5 8-18 * * mon-fri'"))
    }
    var values: [Set<Int>] = []
    do throws(CronFault) {
      for (part, field) in zip(parts, CronField.all) { values.append(try field.values(of: part)) }
    } catch {
      return .failure(error)
    }
    return .success(Cron(text, parts, values))
  }

  private init(_ text: String, _ parts: [String], _ values: [Set<Int>]) {
    self.text = text
    minutes = values[0].sorted()
    hours = values[1].sorted()
    days = values[2]
    months = values[3]
    weekdays = Set(values[4].map { ($0 + 6) % 7 })
    isEitherDay = !parts[2].hasPrefix("*") && !parts[4].hasPrefix("*")
    isContinuous = parts[0].hasPrefix("*") || parts[1].hasPrefix("*")
  }

  func fits(day: Civil) -> Bool {
    guard months.contains(day.month) else { return false }
    let (fitsDay, fitsWeekday) = (days.contains(day.day), weekdays.contains(day.weekday))
    return isEitherDay ? fitsDay || fitsWeekday : fitsDay && fitsWeekday
  }
}

struct CronFault: Error {
  var text: String
}

/// One of the five fields.
private struct CronField {
  let name: String
  let least: Int
  let most: Int
  var names: [String] = []

  static let all = [
    CronField(name: "minute", least: 0, most: 59), CronField(name: "hour", least: 0, most: 23),
    CronField(name: "day", least: 1, most: 31),
    CronField(
      name: "month", least: 1, most: 12,
      names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
    // Both 0 and 7 are Sunday.
    CronField(name: "day of the week", least: 0, most: 7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
  ]

  func values(of text: String) throws(CronFault) -> Set<Int> {
    var result: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      result.formUnion(try values(ofPart: String(part)))
    }
    return most == 7 ? Set(result.map { $0 % 7 }) : result
  }

  private func values(ofPart text: String) throws(CronFault) -> [Int] {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard halves.count <= 2, let span = halves.first, !span.isEmpty else { throw fault("“\(text)” is no \(name)") }
    let ends = try ends(of: span)
    guard halves.count == 2 else { return Array(ends.from...ends.to) }
    guard let step = Cron.number(halves[1]), step > 0, step <= most else {
      throw fault("“\(halves[1])” is no step of the \(name); it goes from 1 to \(most)")
    }
    guard span == "*" || span.contains("-") else {
      throw fault("a step stands after * or a range: \(span)-\(most == 7 ? 6 : most)/\(step)")
    }
    return Array(stride(from: ends.from, through: ends.to, by: step))
  }

  private func ends(of span: String) throws(CronFault) -> (from: Int, to: Int) {
    if span == "*" { return (least, most == 7 ? 6 : most) }
    let texts = span.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard texts.count <= 2 else { throw fault("“\(span)” is no range of the \(name)") }
    let from = try number(texts[0])
    guard texts.count == 2 else { return (from, from) }
    var to = try number(texts[1])
    if most == 7, to == 0, from > 0 { to = 7 }
    guard from <= to else {
      let last = most == 7 ? 6 : most
      throw fault("the range \(span) of the \(name) goes down: write \(texts[0])-\(last),\(least)-\(texts[1])")
    }
    return (from, to)
  }

  private func number(_ text: String) throws(CronFault) -> Int {
    if let place = names.firstIndex(of: String(text.lowercased().prefix(3))), isName(text.lowercased(), place) {
      return place + least
    }
    guard let number = Cron.number(text) else {
      guard let near = near(text) else {
        let words = names.isEmpty ? "" : ", or \(names.joined(separator: ", "))"
        throw fault("“\(text.printable(limit: 40))” is no \(name): it is \(least) to \(most)\(words)")
      }
      throw fault("“\(text.printable(limit: 40))” is no \(name); did you mean “\(near)”?")
    }
    guard (least...most).contains(number) else {
      throw fault("the \(name) goes from \(least) to \(most), not to \(text)")
    }
    return number
  }

  private func isName(_ text: String, _ place: Int) -> Bool { text == names[place] }

  /// A name written out, or with one letter wrong.
  private func near(_ text: String) -> String? {
    let word = text.lowercased()
    guard word.utf8.count >= 3 else { return nil }
    if let short = names.first(where: { word.hasPrefix($0) }) { return short }
    return names.first { name in word.utf8.count == 3 && zip(name, word).count { $0 != $1 } == 1 }
  }

  private func fault(_ text: String) -> CronFault { CronFault(text: text) }
}

extension Cron {
  /// A number of digits alone.
  fileprivate static func number(_ text: String) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }
}
