import Glibc

/// Where an agent is: a numeric address with its port.
struct Address: Hashable, Sendable {
  /// A `sockaddr_in` or `sockaddr_in6`.
  let bytes: [UInt8]
  /// As net-snmp names it: `udp:192.0.2.1:161`, `udp6:[2001:db8::1]:161`.
  let name: String

  /// The first address of a host; `numericOnly` asks no name server.
  static func find(_ host: String, port: Int, numericOnly: Bool) -> Result<Address, SNMPError> {
    guard (1...65535).contains(port) else { return .failure(SNMPError(.local, "\(port) is no port")) }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    unsafe hints.ai_flags = numericOnly ? AI_NUMERICHOST : 0
    var list: UnsafeMutablePointer<addrinfo>?
    let status = unsafe getaddrinfo(bare(host), String(port), &hints, &list)
    guard status == 0, let first = unsafe list else {
      return .failure(SNMPError(.resolve, "\(host): \(unsafe String(cString: gai_strerror(status)))"))
    }
    defer { unsafe freeaddrinfo(list) }
    return unsafe Address(first.pointee).map(Result.success)
      ?? .failure(SNMPError(.resolve, "\(host) has no address that can be used"))
  }

  /// `[::1]` and `::1` are the same.
  private static func bare(_ host: String) -> String {
    host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
  }

  private init?(_ info: addrinfo) {
    guard unsafe info.ai_family == AF_INET || info.ai_family == AF_INET6, let address = unsafe info.ai_addr else {
      return nil
    }
    unsafe bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    var port = [CChar](repeating: 0, count: 16)
    let status = unsafe getnameinfo(
      address, info.ai_addrlen, &host, socklen_t(host.count), &port, socklen_t(port.count),
      NI_NUMERICHOST | NI_NUMERICSERV)
    guard status == 0 else { return nil }
    let text = (Address.text(host), Address.text(port))
    name = unsafe info.ai_family == AF_INET ? "udp:\(text.0):\(text.1)" : "udp6:[\(text.0)]:\(text.1)"
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A socket for datagrams to here; negative with `errno` where there can be none.
  func datagramSocket() -> Int32 {
    let family = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: sockaddr.self).sa_family }
    return socket(Int32(family), Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
  }

  /// From now on the socket takes datagrams from nowhere else, and hears of a closed port.
  ///
  /// Without it an answer is taken from any address that knows the request's number.
  func connect(_ descriptor: Int32) -> Bool {
    unsafe withSocketAddress { unsafe Glibc.connect(descriptor, $0, $1) == 0 } ?? false
  }

  /// Sends a datagram from a socket that is not connected.
  func send(_ datagram: [UInt8], from descriptor: Int32) -> Bool {
    unsafe withSocketAddress { unsafe sendto(descriptor, datagram, datagram.count, 0, $0, $1) >= 0 } ?? false
  }

  private func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result? {
    unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return nil }
      return unsafe body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
    }
  }
}
