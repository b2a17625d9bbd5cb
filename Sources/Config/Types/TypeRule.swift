internal import Model

/// A type whose values are one scalar: what it is called, what one looks like, and how it is read.
///
/// Adding a type is a rule and its line in the table.
struct TypeRule: Sendable {
  let name: String
  /// `a duration`
  let noun: String
  /// `60s, 5m, 1h30m or 30d`
  let examples: String
  let read: @Sendable (String) -> Value?
  /// What to write instead of a text that is none, where that can be told.
  let advice: @Sendable (String) -> String?

  init(
    _ name: String, _ noun: String, _ examples: String,
    advice: @escaping @Sendable (String) -> String? = { _ in nil }, read: @escaping @Sendable (String) -> Value?
  ) {
    self.name = name
    self.noun = noun
    self.examples = examples
    self.advice = advice
    self.read = read
  }

  /// The way out for a text that is no value of the type.
  func help(for text: String) -> String { advice(text) ?? "write it like \(examples)" }

  static let table: [String: TypeRule] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  static let text = TypeRule("text", "a text", "words") { $0.isSafeText ? .text($0) : nil }

  static let all: [TypeRule] = [
    text,
    TypeRule("name", "a name", "web-1", advice: { NameRule.fault(in: $0).map { "it \($0)" } }) {
      NameRule.fault(in: $0) == nil ? .text($0) : nil
    },
    TypeRule("metric", "the name of a metric", "time-total: letters, digits, “-”, “_” and “.”") {
      NameRule.isMetric($0) ? .text($0) : nil
    },
    TypeRule("int", "a whole number", "20", advice: Advice.int) {
      Advice.leadingZero($0) == nil ? $0.wholeNumber.map(Value.int) : nil
    },
    TypeRule("float", "a number", "20 or 0.5", advice: Advice.float) { $0.decimalNumber.map(Value.number) },
    TypeRule("bool", "true or false", "true or false, not yes or no", advice: Advice.bool) { $0.truth.map(Value.bool) },
    TypeRule("percent", "a percentage", "99.9%", advice: Advice.percent) { text in
      Percent.share(text).map { .share($0, text) }
    },
    TypeRule("duration", "a duration", "60s, 5m, 1h30m or 30d", advice: Advice.duration) {
      DurationText.milliseconds($0).map(Value.milliseconds)
    },
    TypeRule("cron", "a schedule", "'*/5 8-18 * * mon-fri' or '@daily'", advice: { Cron.fault(in: $0) }) {
      Cron($0).map(Value.cron)
    },
    TypeRule("moment", "a point in time", "2026-12-24 18:00, or 2026-12-24T18:00:00Z") {
      Moment($0).map(Value.moment)
    },
    TypeRule("bytes", "a size", "512, 64 KiB or 1 MB", advice: Advice.bytes) { ByteCount.bytes($0).map(Value.int) },
    TypeRule(
      "host", "a name or address of a host", "www.example.org, 192.0.2.1 or 2001:db8::1",
      advice: { HostAddress.fault(in: $0) }
    ) {
      HostAddress.fault(in: $0) == nil ? .text($0) : nil
    },
    TypeRule("url", "a URL", "https://www.example.org/", advice: { WebAddress.fault(in: $0) }) {
      WebAddress.fault(in: $0) == nil ? .text($0) : nil
    },
    TypeRule("ip", "an address in numbers", "192.0.2.7 or 2001:db8::7", advice: { HostAddress.fault(in: $0) }) {
      Address.family(ofNumeric: $0) == nil ? nil : .text($0)
    },
    TypeRule("connection", "a host, its port and an address", "www.example.org:443:192.0.2.7") {
      Address.isConnection($0) ? .text($0) : nil
    },
    TypeRule("name server", "a name server", "192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:53 or ns1.example.org") {
      DNSProbe.Server($0) == nil ? nil : .text($0)
    },
    TypeRule("json path", "a path into JSON", "$.queue.length or $['a name'][0]; no wildcards, slices or filters") {
      JSONPath($0) == nil ? nil : .text($0)
    },
    TypeRule("json condition", "a condition on JSON", "'$.status = \"ok\"' or '$.queue.length <= 100'") {
      JSONCondition($0) == nil ? nil : .text($0)
    },
    TypeRule("oid", "an object identifier", "1.3.6.1.2.1.1.3.0, in numbers") { Address.oid($0).map(Value.text) },
    TypeRule("email", "an address for mail", "alice@example.org", advice: Advice.email) {
      Address.isEmail($0) ? .text($0) : nil
    },
    TypeRule("regex", "a regular expression", "^eth[0-9]+$") { Regexes.isValid($0) ? .text($0) : nil },
    TypeRule("hours", "a stretch of hours", "08:00-18:00", advice: Advice.stretch) { text in
      Weekdays.stretch(text).map { .stretch(from: $0.from, to: $0.to) }
    },
    TypeRule("days", "a list of days", "mon-fri, daily or sat,sun", advice: Advice.days) {
      Weekdays.days($0).map(Value.days)
    },
    TypeRule("service hours", "a stretch of the week", "always, or mon-fri 08:00-18:00", advice: Advice.serviceHours) {
      Weekdays.serviceHours($0).map(Value.hours)
    },
    TypeRule("zone", "a time zone", "Europe/London or UTC", advice: Advice.zone) { Zone($0).map(Value.zone) },
    TypeRule("window", "a window", "day, week, month, quarter, year, or a rolling 30d", advice: Advice.window) {
      Windows.window($0).map(Value.window)
    },
    TypeRule("unknown", "a rule for unknown slots", "exclude, bad, good or carry 2", advice: Advice.unknown) {
      Windows.unknown($0).map(Value.unknown)
    },
    TypeRule("status", "a status code", "200 or 200-299", advice: Advice.status) { Address.codes($0).map(Value.codes) },
    TypeRule("unit", "a unit", "B, s, % or bit/s") { Units.unit($0).map(Value.unit) },
    TypeRule("series", "a series", "HOST/JOB/METRIC or HOST/JOB/INSTANCE/METRIC", advice: Advice.series) {
      SeriesID($0) != nil ? .text($0) : nil
    },
  ]
}
