/// Everything a daemon has, as net-snmp's own tool tells it, in snmpsim's format: a line `OID|TAG|VALUE` each.
package func recording(of daemon: SNMPDaemon) throws -> String {
  let text = try output(
    of: "snmpbulkwalk", "-m", "", "-On", "-Oe", "-Ox", "-Ot", "-v2c", "-copen-sesame", "127.0.0.1:\(daemon.port)",
    ".1.3.6.1")
  // Long strings go on in lines of their own.
  return text.replacing(/\n(?!\.)/, with: " ").split(separator: "\n").compactMap(recordedLine).joined(separator: "\n")
}

/// Of `.1.3.6… = TYPE: VALUE`; with `-Ot` time ticks are numbers without a type, and an empty string is two quotes.
private func recordedLine(_ line: Substring) -> String? {
  let parts = line.split(separator: " ", maxSplits: 3)
  guard parts.count >= 3, parts[1] == "=" else { return nil }
  let oid = parts[0].dropFirst()
  guard parts.count == 4 else {
    return parts[2] == "\"\"" ? "\(oid)|4|" : UInt32(parts[2]).map { "\(oid)|67|\($0)" }
  }
  return recordedValue(parts[2], parts[3]).map { "\(oid)|\($0)" }
}

private func recordedValue(_ type: Substring, _ text: Substring) -> String? {
  switch type {
  case "INTEGER:": "2|\(text)"
  case "Counter32:": "65|\(text)"
  case "Gauge32:": "66|\(text)"
  case "Counter64:": "70|\(text)"
  case "IpAddress:": "64|\(text)"
  case "OID:": "6|\(text.drop { $0 == "." })"
  case "Hex-STRING:": "4x|\(text.filter { !$0.isWhitespace })"
  default: nil
  }
}
