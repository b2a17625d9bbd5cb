internal import YAML

/// An item of a section, with the layers its fields come from.
struct Item: Sendable {
  var name: String
  /// The key of the item.
  var place: Place
  /// Keys of the levels above, from the outermost in.
  var groups: [String]
  /// The most specific first.
  var layers: [Layer]
  var crumb: Crumb
  /// Fields by what wins, mappings put together.
  var fields: [YAMLPair]
  /// It is there, and what it says could not be read: told already, and nothing follows from it.
  var isBroken = false

  init(name: String, place: Place, groups: [String], layers: [Layer], crumb: Crumb) {
    self.name = name
    self.place = place
    self.groups = groups
    self.layers = layers
    self.crumb = crumb
    fields = layers.effective
  }

  subscript(field: String) -> YAMLNode? { fields.first { $0.key.text == field && !$0.value.isNull }?.value }

  /// The item's own fields, without what it inherits.
  var own: [YAMLPair] { layers.first?.pairs ?? [] }
}

/// Fields from one place: the item, a group above it, a monitor, the host.
struct Layer: Sendable {
  var name: String
  var pairs: [YAMLPair]
}

extension [Layer] {
  /// Each field from the first layer that has it; where that is a mapping, its fields likewise.
  ///
  /// A null hides what is below it.
  var effective: [YAMLPair] { Layering.together(map(\.pairs)) }
}

enum Layering {
  static func together(_ layers: [[YAMLPair]]) -> [YAMLPair] {
    let layers = layers.filter { !$0.isEmpty }
    guard var result = layers.first, layers.count > 1 else { return layers.first ?? [] }
    for layer in layers.dropFirst() {
      for pair in layer {
        if let place = result.firstIndex(where: { $0.key.text == pair.key.text }) {
          result[place].value = over(result[place].value, pair.value)
        } else {
          result.append(pair)
        }
      }
    }
    return result
  }

  private static func over(_ upper: YAMLNode, _ lower: YAMLNode) -> YAMLNode {
    guard let own = upper.pairs, let inherited = lower.pairs else { return upper }
    return upper.replacing(together([own, inherited]))
  }
}
