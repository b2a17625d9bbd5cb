import Model

/// Every text a value holds, found by reflection: by the type and the name of its field.
struct TextFields {
  /// Fields with a text that holds the mark, at least once.
  private(set) var marked: Set<String> = []
  /// Fields with other texts alone, and fields that hold nothing though they could hold a text.
  var others: Set<String> { read.union(empty.subtracting(filled)).subtracting(marked) }
  private var read: Set<String> = []
  private var empty: Set<String> = []
  /// Fields that hold something at least once.
  private var filled: Set<String> = []
  private let mark: String
  private let left: Set<String>

  /// - Parameter left: fields that are not gone into.
  init(of value: Any, mark: String, leaving left: Set<String> = []) {
    self.mark = mark
    self.left = left
    walk(value, "")
  }

  private mutating func walk(_ value: Any, _ field: String) {
    if left.contains(field) || value is any TextFree { return }
    if let text = value as? String {
      read.insert(field)
      if text.contains(mark) { marked.insert(field) }
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional, .collection, .set, .dictionary:
      if !mirror.children.isEmpty {
        filled.insert(field)
      } else if !(value is any HoldsNoText) {
        empty.insert(field)
      }
      for child in mirror.children { walk(child.value, field) }
    case .tuple:
      for child in mirror.children { walk(child.value, field) }
    default:
      for child in mirror.children { walk(child.value, "\(mirror.subjectType).\(child.label ?? "")") }
    }
  }
}

/// What can hold no text from outside.
private protocol TextFree {}
extension Int: TextFree {}
extension Double: TextFree {}
extension Bool: TextFree {}
extension UInt8: TextFree {}
extension UInt64: TextFree {}
extension Instant: TextFree {}
/// Its name is one of the machine's.
extension Zone: TextFree {}

/// What holds nothing, and could hold nothing else than what can hold no text.
private protocol HoldsNoText {}
extension Optional: HoldsNoText where Wrapped: TextFree {}
extension Array: HoldsNoText where Element: TextFree {}
extension Set: HoldsNoText where Element: TextFree {}
