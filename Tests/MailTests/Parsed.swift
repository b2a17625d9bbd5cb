import Foundation
import Model
import TestSupport

/// A message as a strict parser that is not ours reads it.
struct Parsed: Decodable {
  var names: [String]
  var subject: String
  /// Display name and address.
  var to: [[String]]
  var from: [String]
  var types: [String]
  var texts: [String]
  /// Characters of the longest line.
  var longest: Int
  /// Whether a CR or LF stands alone.
  var bare: Bool
  var ascii: Bool

  var text: String { (texts.first ?? "").replacing("\r\n", with: "\n") }
  var html: String { (texts.last ?? "").replacing("\r\n", with: "\n") }
}

/// Reads messages with Python's `email` under its strict policy; throws at the first defect.
func parse(_ messages: [OutboxMessage]) throws -> [Parsed] {
  let folder = try TemporaryFolder()
  for (number, message) in messages.enumerated() {
    let file = URL(fileURLWithPath: folder.path).appendingPathComponent("\(10_000 + number)")
    try Data(message.bytes).write(to: file)
  }
  let json = try run(["python3", fixture("parse.py"), folder.path])
  let parsed = try JSONDecoder().decode([String: Parsed].self, from: Data(json.utf8))
  return parsed.sorted { $0.key < $1.key }.map(\.value)
}
