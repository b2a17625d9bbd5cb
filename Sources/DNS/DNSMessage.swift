/// An answer as it came over the wire (RFC 1035, section 4), read without trusting a byte of it.
struct DNSMessage {
  /// What is broken about it.
  struct Fault: Error {
    var reason: String
  }

  struct Record {
    var owner: String
    var type: Int
    var timeToLive: Int
    var data: String
    var serial: Int?
  }

  /// RCODE of the header.
  private(set) var code = 0
  private(set) var isAuthoritative = false
  private(set) var records: [Record] = []

  private let bytes: [UInt8]
  private var place = 12

  /// Throws where it is no answer to the question.
  init(_ bytes: [UInt8], to question: DNSQuestion) throws(Fault) {
    self.bytes = bytes
    guard bytes.count >= 12 else { throw Fault(reason: "it is shorter than a header") }
    guard bytes[2] & 0x80 != 0 else { throw Fault(reason: "it is a question") }
    code = Int(bytes[3] & 0x0F)
    isAuthoritative = bytes[2] & 0x04 != 0
    try readQuestion(count: word(4), question)
    for _ in 0..<word(6) { records.append(try readRecord()) }
  }

  /// The records of the type that belong to the name, aliases followed; whatever else is in the answer does not count.
  func answer(_ question: DNSQuestion) -> DNSAnswer {
    var names: Set<String> = [question.name.dnsName]
    // Aliases may stand in any order; each round finds at least one more.
    while true {
      let more = records.filter { $0.type == DNSType.cname.rawValue && names.contains($0.owner) }.map(\.data)
      guard question.type != .cname, !names.isSuperset(of: more) else { break }
      names.formUnion(more)
    }
    let found = records.filter { $0.type == question.type.rawValue && names.contains($0.owner) }
    return DNSAnswer(
      records: found.map(\.data).sorted(), timeToLive: found.map(\.timeToLive).min(),
      serial: found.compactMap(\.serial).first, isAuthoritative: isAuthoritative)
  }

  private mutating func readQuestion(count: Int, _ question: DNSQuestion) throws(Fault) {
    guard count == 1 else { throw Fault(reason: "it repeats \(count) questions, not one") }
    let name = try readName(at: &place)
    guard place + 4 <= bytes.count else { throw Fault(reason: "it ends inside its question") }
    guard name == question.name.dnsName, word(place) == question.type.rawValue, word(place + 2) == 1 else {
      throw Fault(reason: "it answers another question")
    }
    place += 4
  }

  private mutating func readRecord() throws(Fault) -> Record {
    let owner = try readName(at: &place)
    guard place + 10 <= bytes.count else { throw Fault(reason: "it ends inside a record") }
    let (type, size) = (word(place), word(place + 8))
    let timeToLive = number(place + 4)
    let start = place + 10
    guard start + size <= bytes.count else { throw Fault(reason: "a record is longer than the answer") }
    place = start + size
    var record = Record(owner: owner, type: type, timeToLive: timeToLive > 0x7FFF_FFFF ? 0 : timeToLive, data: "")
    try readData(of: &record, start..<place)
    return record
  }

  private func readData(of record: inout Record, _ range: Range<Int>) throws(Fault) {
    guard let type = DNSType(rawValue: record.type) else { return }
    var at = range.lowerBound
    func need(_ count: Int) throws(Fault) {
      guard range.count >= count else { throw Fault(reason: "a record of the type \(type.name) is too short") }
    }
    switch type {
    case .a:
      try need(4)
      record.data = bytes[range.prefix(4)].map(String.init).joined(separator: ".")
    case .aaaa:
      try need(16)
      record.data = ipv6(stride(from: at, to: at + 16, by: 2).map(word))
    case .ns, .cname, .ptr: record.data = try readName(at: &at)
    case .mx:
      try need(3)
      at += 2
      record.data = "\(word(range.lowerBound)) \(try readName(at: &at))"
    case .srv:
      try need(7)
      at += 6
      let start = range.lowerBound
      record.data = "\(word(start)) \(word(start + 2)) \(word(start + 4)) \(try readName(at: &at))"
    case .txt: record.data = try readTexts(range)
    case .soa:
      let names = "\(try readName(at: &at)) \(try readName(at: &at))"
      guard at + 20 <= range.upperBound else { throw Fault(reason: "a record of the type SOA is too short") }
      record.serial = number(at)
      record.data = names + stride(from: at, to: at + 20, by: 4).map { " \(number($0))" }.joined()
    }
    guard at <= range.upperBound else { throw Fault(reason: "a name reaches over the end of its record") }
  }

  /// The strings of a TXT record put together (RFC 7208, section 3.3).
  private func readTexts(_ range: Range<Int>) throws(Fault) -> String {
    var text: [UInt8] = []
    var at = range.lowerBound
    while at < range.upperBound {
      let end = at + 1 + Int(bytes[at])
      guard end <= range.upperBound else { throw Fault(reason: "a text reaches over the end of its record") }
      text += bytes[(at + 1)..<end]
      at = end
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A name in lower case without the last dot; `at` is moved behind it.
  ///
  /// A pointer only ever leads back, so there is no circle (RFC 1035, section 4.1.4).
  private func readName(at: inout Int) throws(Fault) -> String {
    var labels: [String] = []
    var length = 0
    var here = at
    var behind: Int?
    var before = at
    while true {
      guard here < bytes.count else { throw Fault(reason: "a name reaches over the end") }
      let size = Int(bytes[here])
      if size == 0 { break }
      if size & 0xC0 == 0xC0 {
        guard here + 1 < bytes.count else { throw Fault(reason: "a name reaches over the end") }
        behind = behind ?? here + 2
        let target = word(here) & 0x3FFF
        guard target < before else { throw Fault(reason: "a name points forward") }
        (here, before) = (target, target)
        continue
      }
      length += size + 1
      guard size < 64, length < 255, here + 1 + size <= bytes.count else { throw Fault(reason: "a name is too long") }
      labels.append(bytes[(here + 1)..<(here + 1 + size)].map(\.dnsText).joined())
      here += size + 1
    }
    at = behind ?? here + 1
    return labels.joined(separator: ".")
  }

  /// Two bytes; whoever calls knows that they are there.
  private func word(_ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
  private func number(_ at: Int) -> Int { word(at) << 16 | word(at + 2) }
}

extension String {
  /// In lower case and without the last dot: names are the same whatever their case (RFC 4343).
  var dnsName: String { String((hasSuffix(".") ? dropLast() : self[...]).lowercased()) }
}

extension UInt8 {
  /// In a name: letters in lower case, what could be taken for a dot or is not printable as `\DDD` (RFC 4343).
  fileprivate var dnsText: String {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): String(UnicodeScalar(self + 32))
    case UInt8(ascii: "."), UInt8(ascii: "\\"), 0...32, 127...255:
      "\\" + String(repeating: "0", count: 3 - String(self).count) + String(self)
    default: String(UnicodeScalar(self))
    }
  }
}

/// As RFC 5952 writes it: the longest run of zeros, of two or more, is `::`.
private func ipv6(_ words: [Int]) -> String {
  var best = 0..<0
  var start = 0
  while start < words.count {
    let run = words[start...].prefix { $0 == 0 }.count
    if run > max(1, best.count) { best = start..<start + run }
    start += max(1, run)
  }
  func text(_ words: ArraySlice<Int>) -> String { words.map { String($0, radix: 16) }.joined(separator: ":") }
  return best.isEmpty ? text(words[...]) : text(words[..<best.lowerBound]) + "::" + text(words[best.upperBound...])
}
