internal import CCurl

extension EasyHandle {
  /// The certificate of the peer's chain that expires first; `nil` where no chain was seen.
  ///
  /// libcurl tells each certificate as lines `Name:value` (CURLOPT_CERTINFO), whatever TLS library it has.
  var earliestCertificate: Certificate? {
    var found: UnsafeMutablePointer<curl_certinfo>?
    guard unsafe redeye_get_certificates(pointer, &found) == CURLE_OK, let chain = unsafe found,
      let first = unsafe chain.pointee.certinfo
    else { return nil }
    let certificates = unsafe (0..<Int(chain.pointee.num_of_certs)).compactMap { position in
      unsafe Certificate(lines: EasyHandle.lines(first[position]))
    }
    return certificates.min { $0.notAfter < $1.notAfter }
  }

  private static func lines(_ list: UnsafeMutablePointer<curl_slist>?) -> [String] {
    var lines: [String] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let data = unsafe entry.pointee.data { lines.append(unsafe String(cString: data)) }
      unsafe next = unsafe entry.pointee.next
    }
    return lines
  }
}

extension Certificate {
  init?(lines: [String]) {
    func value(_ name: String) -> String? {
      lines.first { $0.hasPrefix("\(name):") }.map { String($0.dropFirst(name.count + 1)) }
    }
    guard let expiry = value("Expire date").flatMap(Certificate.seconds) else { return nil }
    self.init(notAfter: expiry, subject: value("Subject") ?? "")
  }

  /// Seconds since 1970 of `Nov 22 13:35:00 2026 GMT` (OpenSSL) or `2026-11-22 13:35:00 GMT` (the others).
  static func seconds(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    if words.count == 5, let month = months.firstIndex(of: words[0]), let day = Int(words[1]), let year = Int(words[3])
    {
      return seconds(year: year, month: month + 1, day: day, time: words[2])
    }
    guard words.count >= 2 else { return nil }
    let date = words[0].split(separator: "-").compactMap { Int($0) }
    return date.count == 3 ? seconds(year: date[0], month: date[1], day: date[2], time: words[1]) : nil
  }

  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Days by Howard Hinnant's `days_from_civil`.
  private static func seconds(year: Int, month: Int, day: Int, time: Substring) -> Int? {
    let clock = time.split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (1...12).contains(month), (1...31).contains(day), (0...9_999).contains(year)
    else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
  }
}
