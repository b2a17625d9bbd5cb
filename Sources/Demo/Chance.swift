import Model

/// Chance without a state: the same key and time always give the same number, whatever was asked before.
struct Chance: Sendable {
  private let key: UInt64

  init(_ name: String, seed: UInt64) {
    key = Chance.mixed(name.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  /// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  private func bits(_ number: Int, _ salt: Int) -> UInt64 {
    Chance.mixed(key ^ UInt64(bitPattern: Int64(number)) &* 0xD6E8_FEB8_6659_FD93 ^ UInt64(salt) << 56)
  }

  /// Evenly from 0 to less than 1. `salt` below 256 tells several numbers of one time apart.
  func share(_ number: Int, _ salt: Int = 0) -> Double { Double(bits(number, salt) >> 11) * 0x1p-53 }

  /// Nearly normal, mean 0 and deviation 1, never beyond ±3.5: four dice of 16 bits.
  func bell(_ number: Int, _ salt: Int = 0) -> Double {
    let bits = bits(number, salt)
    let sum = (0..<4).reduce(0.0) { $0 + Double(bits >> UInt64($1 * 16) & 0xFFFF) }
    return (sum / 65_535 - 2) * 1.732
  }

  /// Mostly small, sometimes large, never negative, mean 1.
  func tail(_ number: Int, _ salt: Int = 0) -> Double {
    let rest = 1 - share(number, salt)
    // A rational stand-in for −ln: 0 at 1, and 9 at a thousandth.
    return (1 / (rest + 0.11) - 0.9) * 0.76
  }

  /// A smooth course between −1 and 1 that has a new aim every `period` seconds.
  func drift(_ seconds: Int, period: Int, _ salt: Int = 0) -> Double {
    let place = seconds / period
    let part = Double(seconds % period) / Double(period)
    let (before, after) = (share(place, salt), share(place + 1, salt))
    return (before + (after - before) * part * part * (3 - 2 * part)) * 2 - 1
  }

  /// 0 nearly always; up to 1 inside a burst, which begins in one of `rarity` stretches of `period` seconds.
  func burst(_ seconds: Int, period: Int, rarity: Double, _ salt: Int = 0) -> Double {
    let place = seconds / period
    guard share(place, salt) < 1 / rarity else { return 0 }
    let part = Double(seconds % period) / Double(period)
    return (0.4 + 0.6 * share(place, salt + 1)) * min(1, part * 5) * min(1, (1 - part) * 3)
  }
}
