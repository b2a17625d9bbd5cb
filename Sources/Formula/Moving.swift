/// The sum of the last `width` values at each place, and how many of them are known; linear in their number.
///
/// Nothing is ever taken off a sum again, so that one huge value does not blur all that follow: within blocks of `width`
/// there are sums from the left and from the right, and every window is one of each.
func movingSums(_ values: [Double], width: Int) -> [(sum: Double, known: Int)] {
  typealias Part = (sum: Double, known: Int)
  func joined(_ one: Part, _ other: Part) -> Part { (one.sum + other.sum, one.known + other.known) }
  let width = max(1, min(width, values.count))
  let parts: [Part] = values.map { $0.isNaN ? (0, 0) : ($0, 1) }
  var left = parts
  var right = parts
  for index in parts.indices where !index.isMultiple(of: width) { left[index] = joined(left[index - 1], parts[index]) }
  for index in parts.indices.reversed() where !(index + 1).isMultiple(of: width) && index + 1 < parts.count {
    right[index] = joined(parts[index], right[index + 1])
  }
  return parts.indices.map { index in
    let first = index - width + 1
    return first <= 0 || first.isMultiple(of: width) ? left[index] : joined(right[first], left[index])
  }
}

/// Values that come and go, and which of them is the k-th: each step takes the logarithm of all there are.
struct RankedWindow {
  /// The place of each value in the order of all.
  private var ranks: [Int]
  private let sorted: [Double]
  /// A Fenwick tree of how many are in at each rank.
  private var tree: [Int]
  private(set) var count = 0

  init(_ values: [Double]) {
    let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
    sorted = order.map { values[$0] }
    ranks = Array(repeating: -1, count: values.count)
    for (rank, index) in order.enumerated() { ranks[index] = rank }
    tree = Array(repeating: 0, count: order.count + 1)
  }

  mutating func insert(_ index: Int) { change(index, by: 1) }
  mutating func remove(_ index: Int) { change(index, by: -1) }

  private mutating func change(_ index: Int, by amount: Int) {
    guard ranks[index] >= 0 else { return }
    count += amount
    var place = ranks[index] + 1
    while place < tree.count {
      tree[place] += amount
      place += place & -place
    }
  }

  /// The nearest rank: with `rank` percent of the values at or below it. `nil` where there is none.
  func percentile(_ rank: Double) -> Double? {
    guard count > 0 else { return nil }
    var left = max(1, min(count, Int((rank / 100 * Double(count)).rounded(.up))))
    var place = 0
    var jump = 1
    while jump * 2 < tree.count { jump *= 2 }
    while jump > 0 {
      if place + jump < tree.count, tree[place + jump] < left {
        place += jump
        left -= tree[place]
      }
      jump /= 2
    }
    return place < sorted.count ? sorted[place] : nil
  }
}
