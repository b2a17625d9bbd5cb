import Config
import Model

/// Where a device may be.
package struct Target: Hashable, Sendable {
  package var address: String
  package var port: Int
  /// True where somebody named it, and did not name a network it is in.
  package var isNamed: Bool

  package init(address: String, port: Int, isNamed: Bool) {
    self.address = address
    self.port = port
    self.isNamed = isNamed
  }

  package var description: String {
    let host = address.contains(":") ? "[\(address)]" : address
    return port == 161 ? address : "\(host):\(port)"
  }
}

/// What is wrong with an address somebody wrote, and the way out.
package struct TargetError: Error, CustomStringConvertible {
  package let description: String
}

/// The targets that arguments name, each once: `HOST`, `HOST:PORT`, `[IPV6]:PORT`, `10.0.0.0/24`, `10.0.0.1-20`.
///
/// The network and broadcast addresses of a prefix up to 30 are left out (RFC 3021 for 31). More than `mostTargets`
/// together are refused.
package func targets(_ arguments: [String], port: Int) throws(TargetError) -> [Target] {
  var places: [Target: Int] = [:]
  var targets: [Target] = []
  for argument in arguments {
    for target in try TargetReader(text: argument, port: port).read() {
      let key = Target(address: target.address, port: target.port, isNamed: false)
      if let place = places[key] {
        targets[place].isNamed = targets[place].isNamed || target.isNamed
      } else {
        places[key] = targets.count
        targets.append(target)
      }
    }
    guard targets.count <= mostTargets else {
      throw TargetError(
        description: "\(arguments.count) arguments are over \(mostTargets) addresses; ask for fewer networks at once")
    }
  }
  return targets
}

/// A network of 16 bits.
package let mostTargets = 65_536

private struct TargetReader {
  let text: String
  let port: Int

  private func fault(_ what: String) -> TargetError {
    TargetError(description: "“\(text.printable(limit: 100))”: \(what)")
  }

  func read() throws(TargetError) -> [Target] {
    if text.contains("/"), !text.contains("://") { return try network() }
    if let range = try range() { return range }
    let (host, port) = try hostAndPort()
    if let fault = HostAddress.fault(in: host) { throw self.fault(fault) }
    return [Target(address: host, port: port, isNamed: true)]
  }

  // MARK: One

  private func hostAndPort() throws(TargetError) -> (String, Int) {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { throw fault("the “]” behind the address is missing") }
      let host = String(text[text.index(after: text.startIndex)..<end])
      guard host.contains(":") else { throw fault("only an IPv6 address stands in brackets") }
      let rest = text[text.index(after: end)...]
      if rest.isEmpty { return (host, port) }
      guard rest.hasPrefix(":") else { throw fault("behind “]” stands :PORT or nothing") }
      return (host, try number(ofPort: rest.dropFirst()))
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !text.contains("/") else { return (text, port) }
    return (String(parts[0]), try number(ofPort: parts[1]))
  }

  private func number(ofPort text: Substring) throws(TargetError) -> Int {
    guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let port = Int(text), (1...65_535).contains(port) else {
      throw fault("a port is a number from 1 to 65535, and “\(text)” is none")
    }
    return port
  }

  // MARK: Many

  private func network() throws(TargetError) -> [Target] {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts[0].contains(":") {
      throw fault("a network of IPv6 has more addresses than can be asked; name its hosts")
    }
    guard parts.count == 2, let base = IPv4(parts[0]) else {
      throw fault("a network is written like 10.0.0.0/24")
    }
    guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let prefix = Int(parts[1]), prefix <= 32 else {
      throw fault("a prefix is a number from 16 to 32, and “\(parts[1])” is none")
    }
    guard prefix >= 16 else {
      throw fault(
        "\(1 << (32 - prefix)) addresses are too many at once; name networks of /16 or smaller, such as "
          + "\(IPv4(base.number & 0xFFFF_0000))/16")
    }
    let size = UInt32(clamping: 1 << (32 - prefix))
    let first = base.number & ~(size - 1)
    let isWhole = prefix > 30
    return addresses((isWhole ? first : first + 1)...(isWhole ? first + (size - 1) : first + (size - 2)))
  }

  /// `10.0.0.1-20` or `10.0.0.1-10.0.0.20`.
  private func range() throws(TargetError) -> [Target]? {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let first = IPv4(parts[0]) else { return nil }
    let last = IPv4(parts[1])?.number ?? UInt8(parts[1]).map { first.number & 0xFFFF_FF00 | UInt32($0) }
    guard let last else { throw fault("a range is written like 10.0.0.1-20 or 10.0.0.1-10.0.1.20") }
    guard first.number <= last else { throw fault("the range ends before it begins") }
    guard last - first.number < UInt32(mostTargets) else {
      throw fault("more than \(mostTargets) addresses are too many at once")
    }
    return addresses(first.number...last)
  }

  private func addresses(_ numbers: ClosedRange<UInt32>) -> [Target] {
    numbers.map { Target(address: IPv4($0).description, port: port, isNamed: false) }
  }
}

/// An address as one number.
struct IPv4: CustomStringConvertible {
  let number: UInt32

  init(_ number: UInt32) { self.number = number }

  /// Four decimal numbers without leading zeros, which some programs read as octal.
  init?(_ text: Substring) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, HostAddress.fault(in: String(text)) == nil else { return nil }
    var number: UInt32 = 0
    for part in parts {
      guard let byte = UInt8(part) else { return nil }
      number = number << 8 | UInt32(byte)
    }
    self.number = number
  }

  var description: String {
    [24, 16, 8, 0].map { String(number >> $0 & 0xFF) }.joined(separator: ".")
  }
}
