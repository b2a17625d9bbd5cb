/// A text that must appear nowhere: printing, interpolating or dumping it shows only that it is there.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let bytes: [UInt8]

  package init(_ text: String) { bytes = Array(text.utf8) }

  package var description: String { "‹secret›" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// The text itself, for the door that needs it and nobody else.
  package func reveal() -> String { String(decoding: bytes, as: UTF8.self) }
}
