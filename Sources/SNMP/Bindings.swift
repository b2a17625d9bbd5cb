/// Objects and their values side by side: a table of a thousand cells is a few lists and not a thousand objects.
package struct Bindings: Sendable {
  package private(set) var names: OIDList
  package private(set) var values: [PackedValue]
  /// The contents of values that are longer than a number.
  private var contents: [UInt8]

  package init() { (names, values, contents) = (OIDList(), [], []) }

  package init(_ bindings: some Sequence<VarBind>) {
    self.init()
    for binding in bindings { append(binding) }
  }

  init(names: OIDList, values: [PackedValue], contents: [UInt8]) {
    (self.names, self.values, self.contents) = (names, values, contents)
  }

  package mutating func append(_ binding: VarBind) {
    names.append(binding.oid)
    values.append(PackedValue(binding.value, &contents))
  }

  /// One of another list, its name without the first `count` parts.
  mutating func append(_ place: Int, of other: Bindings, without count: Int = 0) {
    names.append(place, of: other.names, without: count)
    values.append(other.values[place].moved(from: other.contents, to: &contents))
  }

  mutating func append(_ name: UnsafeBufferPointer<UInt>, _ value: SNMPValue) {
    unsafe names.append(name)
    values.append(PackedValue(value, &contents))
  }

  mutating func reserve(_ count: Int) {
    names.reserve(count, parts: 2)
    values.reserveCapacity(count)
  }

  /// A value of this list, whole.
  package func unpacked(_ value: PackedValue) -> SNMPValue? { value.unpacked(contents) }
}

extension Bindings: RandomAccessCollection, ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: VarBind...) { self.init(elements) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { values.count }

  package subscript(place: Int) -> VarBind { VarBind(names[place], values[place].unpacked(contents) ?? .null) }

  package static func += (left: inout Bindings, right: Bindings) {
    for place in right.indices { left.append(place, of: right) }
  }
}

extension Bindings: Hashable {
  package static func == (left: Bindings, right: Bindings) -> Bool { left.elementsEqual(right) }

  package func hash(into hasher: inout Hasher) {
    for binding in self { hasher.combine(binding) }
  }
}
