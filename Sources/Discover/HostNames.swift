import Collect

/// Gives every device a name nobody has.
struct HostNames {
  private var taken: Set<String>

  /// `taken` are the names of hosts there are, and words that mean something else where a host is named.
  init(taken: Set<String>) { self.taken = Set(taken.map { $0.lowercased() }).union(["localhost"]) }

  /// The first part of what the device calls itself, else all of it, else with its address; its address where it
  /// calls itself nothing.
  mutating func name(_ device: Surveyed, at target: Target) -> String {
    let own = device.name.flatMap(HostNames.slug)
    let address = HostNames.slug(target.address) ?? "device"
    let short = HostNames.short(device)
    let candidates = [short, own, own.map { "\($0)-\(address)" }, address, "\(address)-\(target.port)"]
    var name = candidates.lazy.compactMap { $0 }.first { !taken.contains($0) } ?? "\(address)-\(taken.count)"
    while !taken.insert(name).inserted { name += "-" + String(taken.count) }
    return name
  }

  /// The first part of what it calls itself, where that is no address.
  static func short(_ device: Surveyed) -> String? {
    guard let name = device.name, IPv4(name[...]) == nil else { return nil }
    return slug(name)?.split(separator: ".").first.flatMap { slug(String($0)) }
  }

  /// Letters and digits of ASCII in lower case, `-`, `_` and `.`; `nil` where none is left.
  static func slug(_ text: String) -> String? {
    var bytes: [UInt8] = []
    for byte in text.lowercased().utf8.prefix(100) {
      let isKept = byte < 0x80 && (byte.isLetterOrDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "."))
      if isKept { bytes.append(byte) } else if bytes.last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
    }
    let edges = "-._".utf8
    while let first = bytes.first, edges.contains(first) { bytes.removeFirst() }
    while let last = bytes.last, edges.contains(last) { bytes.removeLast() }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }
}
