/// A value that a picture marks by a line, and what stands at it.
package struct Limit: Hashable, Sendable {
  package var value: Double
  package var label: String

  package init(value: Double, label: String) {
    self.value = value
    self.label = label
  }
}
