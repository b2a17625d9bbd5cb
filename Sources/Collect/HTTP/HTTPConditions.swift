import Config
import Model
import Platform
import Transfer

extension HTTPProbe {
  /// The first condition the answer does not meet, in the order version, status, headers, texts, JSON, `matches`; `nil`
  /// where it meets all.
  func firstUnmet(_ result: HTTPResult, _ json: BodyJSON, until deadline: Double) -> Failure? {
    unmetVersion(result) ?? unmetStatus(result) ?? unmetHeader(result, until: deadline) ?? unmetText(result)
      ?? unmetJSON(json) ?? unmatched(result.body, until: deadline)
  }

  private func unmetVersion(_ result: HTTPResult) -> Failure? {
    guard !versions.isEmpty, let spoken = result.version, !versions.contains(spoken) else { return nil }
    return Failure(.mismatch, "HTTP/\(spoken) was spoken, expected \(versions.joined(separator: " or "))")
  }

  private func unmetStatus(_ result: HTTPResult) -> Failure? {
    if let answer = result.status, status.contains(where: { $0.contains(answer) }) { return nil }
    let code = result.status.map(String.init) ?? "no status"
    let expected = status.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    return Failure(.mismatch, "the status is \(code), expected \(expected.joined(separator: ", "))")
  }

  private func unmetHeader(_ result: HTTPResult, until deadline: Double) -> Failure? {
    for condition in headerConditions {
      let values = result.headers.filter { $0.0.lowercased() == condition.name.lowercased() }.map(\.1)
      if let failure = condition.unmet(by: values, until: deadline) { return failure }
    }
    return nil
  }

  private func unmetText(_ result: HTTPResult) -> Failure? {
    let body = result.body
    for text in contains where !body.holds(Array(text.utf8)) {
      return Failure(.mismatch, "the body does not contain '\(text.printable(limit: 100))'\(remark(on: result, text))")
    }
    for text in lacks where body.holds(Array(text.utf8)) {
      return Failure(.mismatch, "the body contains '\(text.printable(limit: 100))'")
    }
    return nil
  }

  /// What may hide a text that is there for the eye: conditions hold the bytes of the body as they came.
  private func remark(on result: HTTPResult, _ text: String) -> String {
    func header(_ name: String) -> String? { result.headers.last { $0.0.lowercased() == name }?.1.lowercased() }
    if let coding = header("content-encoding"), coding != "identity" {
      return "; it came packed (\(coding.printable(limit: 40))), though nobody asked for that"
    }
    if !text.allSatisfy(\.isASCII), let type = header("content-type"), type.contains("charset="),
      !type.contains("utf-8")
    {
      return "; it is not in UTF-8 (\(type.printable(limit: 60)))"
    }
    return ""
  }

  private func unmetJSON(_ json: BodyJSON) -> Failure? {
    for condition in self.json {
      if let failure = json.unmet(condition) { return failure }
    }
    for number in numbers where json.number(at: number.path) == nil {
      return Failure(.mismatch, "the body has no number at \(number.path.text.printable(limit: 100))")
    }
    return nil
  }

  private func unmatched(_ body: [UInt8], until deadline: Double) -> Failure? {
    guard let matches else { return nil }
    return match(matches, in: body, until: deadline, subject: "the body").failure
  }
}

extension HTTPProbe.HeaderCondition {
  fileprivate func unmet(by values: [String], until deadline: Double) -> Failure? {
    let name = name.printable(limit: 100)
    switch test {
    case .absent: return values.isEmpty ? nil : Failure(.mismatch, "the header \(name) is there")
    case _ where values.isEmpty: return Failure(.mismatch, "the header \(name) is missing")
    case .present: return nil
    case .equals(let text):
      if values.contains(text) { return nil }
      let shown = values[0].printable(limit: 100)
      return Failure(.mismatch, "the header \(name) is '\(shown)', expected '\(text.printable(limit: 100))'")
    case .matches(let pattern):
      let found = values.map { match(pattern, in: Array($0.utf8), until: deadline, subject: "the header \(name)") }
      return found.contains { $0.failure == nil } ? nil : found[0].failure
    }
  }
}

extension [UInt8] {
  /// Whether the bytes stand anywhere in these.
  func holds(_ part: [UInt8]) -> Bool { end(of: part) != nil }

  /// Where the first of these bytes that are the part end.
  func end(of part: [UInt8]) -> Int? {
    guard let first = part.first else { return 0 }
    guard part.count <= count else { return nil }
    let start = indices.prefix(count - part.count + 1).first {
      self[$0] == first && self[$0..<$0 + part.count].elementsEqual(part)
    }
    return start.map { $0 + part.count }
  }
}
