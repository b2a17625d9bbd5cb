internal import Model
internal import YAML

extension Workshop {
  func http(_ record: Record) -> HTTPProbe? {
    let body = body(record)
    var probe = HTTPProbe(
      url: record.text("url") ?? "",
      method: record.given["method"] == nil && body != nil ? "POST" : record.text("method") ?? "GET",
      headers: headers(record),
      status: record.list("status").compactMap { if case .codes(let codes) = $0.value { codes } else { nil } },
      contains: record.texts("contains"), matches: record.text("matches"), redirects: record.int("redirects") ?? 5,
      verifyTLS: record.bool("verify"), authorities: record.text("authorities"),
      bodyLimit: record.int("body limit") ?? 1_048_576)
    probe.body = body
    probe.secretHeaders = secretHeaders(record)
    probe.authentication = authentication(record)
    probe.headerConditions = headerConditions(record)
    probe.lacks = record.texts("lacks")
    probe.json = record.texts("json").compactMap { JSONCondition($0) }
    probe.numbers = numbers(record)
    probe.versions = record.texts("http version")
    probe.headerLimit = record.int("header limit") ?? 65_536
    // A proxy is what is connected to.
    probe.family = ipFamily(record, of: record.given["proxy"] == nil ? WebAddress.host(of: probe.url) : "")
    probe.resolve = record.texts("resolve")
    probe.proxy = proxy(record)
    if record.text("url") == nil { needs("url", of: "an http job", record) }
    return probe.url.isEmpty ? nil : probe
  }

  /// The version of IP to reach one peer by.
  func ipFamily(_ record: Record, of address: String) -> IPFamily {
    let word = record.text("family") ?? "any"
    if word != "both" { checkFamily(record, of: address) }
    if word == "both" {
      findings.error(
        "“both” is for ping jobs", at: record.place(of: "family"), in: record.crumb + ["family"],
        help: "make a job for ipv4 and one for ipv6")
    }
    return IPFamily(rawValue: word) ?? .any
  }

  // MARK: What is sent

  private func body(_ record: Record) -> HTTPProbe.Body? {
    if let path = record.text("body file") {
      if record.given["body"] != nil {
        findings.error(
          "“body” and “body file” are two bodies", at: record.place(of: "body file"), in: record.crumb + ["body file"],
          help: "leave one of them out")
      }
      return .file(path)
    }
    return record.text("body").map(HTTPProbe.Body.text)
  }

  private func headers(_ record: Record) -> [Fact] {
    record.map("headers").compactMap { key, value in
      guard let text = value.text, isHeader(key, in: record, "headers"), text.printable(limit: .max) == text else {
        if value.text.map({ $0.printable(limit: .max) == $0 }) == false { badHeader(key, in: record, "headers") }
        return nil
      }
      return Fact(key.text, text)
    }
  }

  private func secretHeaders(_ record: Record) -> [HTTPProbe.SecretHeader] {
    record.map("secret headers").compactMap { key, value in
      guard case .secret(let secret) = value.value, isHeader(key, in: record, "secret headers") else { return nil }
      return HTTPProbe.SecretHeader(key.text, secret)
    }
  }

  private func isHeader(_ key: YAMLKey, in record: Record, _ field: String) -> Bool {
    let isToken = key.text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains($0) }
    if isToken, !key.text.isEmpty { return true }
    badHeader(key, in: record, field)
    return false
  }

  private func badHeader(_ key: YAMLKey, in record: Record, _ field: String) {
    findings.error(
      "“\(key.text.printable(limit: 80))” is no header field", at: Place(key), in: record.crumb + [field],
      help: "a name of letters, digits and “-”, and a value on one line")
  }

  private func authentication(_ record: Record) -> HTTPProbe.Authentication? {
    let bearer = record.secret("bearer")
    if bearer != nil, record.given["user"] != nil {
      findings.error(
        "“user” and “bearer” are two ways to log in", at: record.place(of: "bearer"), in: record.crumb + ["bearer"],
        help: "leave one of them out")
    }
    checkPair("user", "password", record, help: "basic authentication takes both or neither")
    guard let user = record.text("user"), let password = record.secret("password") else {
      return bearer.map(HTTPProbe.Authentication.bearer)
    }
    return .basic(user: user, password: password)
  }

  private func proxy(_ record: Record) -> String? {
    guard let proxy = record.text("proxy") else { return nil }
    guard proxy.lowercased().hasPrefix("http:") else {
      findings.error(
        "a proxy is spoken to without TLS", at: record.place(of: "proxy"), in: record.crumb + ["proxy"],
        help: "write it like http://proxy.example.org:3128")
      return nil
    }
    return proxy
  }

  // MARK: What is expected

  private func headerConditions(_ record: Record) -> [HTTPProbe.HeaderCondition] {
    record.map("expect headers").compactMap { key, value in
      guard case .record(let said) = value.value, isHeader(key, in: record, "expect headers") else { return nil }
      guard let test = test(said), said.given.count == 1 else {
        findings.error(
          "“\(key.text.printable(limit: 80))” needs one condition", at: Place(key),
          in: record.crumb + ["expect headers"],
          help:
            "write \(key.text.printable(limit: 80)): TEXT, {matches: EXPRESSION}, {present: true} or {present: false}")
        return nil
      }
      return HTTPProbe.HeaderCondition(key.text, test)
    }
  }

  private func test(_ said: Record) -> HTTPProbe.HeaderCondition.Test? {
    if let text = said.text("equals") { return .equals(text) }
    if let expression = said.text("matches") { return .matches(expression) }
    return said.given["present"] == nil ? nil : said.bool("present") ? .present : .absent
  }

  private func numbers(_ record: Record) -> [HTTPProbe.Number] {
    record.map("json values").compactMap { key, value in
      let name = key.text
      if !NameRule.isMetric(name) || KnownMetrics.web.contains(name) {
        findings.error(
          "“\(name.printable(limit: 80))” cannot be the name of a metric here", at: Place(key),
          in: record.crumb + ["json values"],
          help: KnownMetrics.web.contains(name)
            ? "every http job has a metric of this name" : "use letters, digits, “-”, “_” and “.”")
        return nil
      }
      guard case .record(let said) = value.value, let path = said.text("path").flatMap({ JSONPath($0) })
      else { return nil }
      let unit = if case .unit(let unit)? = said["unit"]?.value { unit } else { Unit.none }
      return HTTPProbe.Number(metric: name, path: path, unit: unit)
    }
  }
}
