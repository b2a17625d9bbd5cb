import Glibc

/// Names and routes, without sending anything to the host itself.
package enum Network {
  package enum Family: Sendable {
    case any
    case ipv4
    case ipv6
  }

  /// The numeric address a name stands for, the preferred one of several, or the resolver's own words. It may take
  /// as long as the resolver does.
  package static func address(of name: String, family: Family = .any) -> Result<String, NameError> {
    address(of: name, family: family, flags: 0)
  }

  /// The same for an address in numbers, which no name server is asked for; `nil` for anything else.
  package static func numericAddress(_ text: String, family: Family = .any) -> String? {
    try? address(of: text, family: family, flags: AI_NUMERICHOST).get()
  }

  private static func address(of name: String, family: Family, flags: Int32) -> Result<String, NameError> {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = number(of: family)
    unsafe hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    unsafe hints.ai_flags = flags
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(name, nil, &hints, &list)
    guard code == 0, let first = unsafe list else {
      return .failure(NameError(reason: unsafe String(cString: gai_strerror(code))))
    }
    defer { unsafe freeaddrinfo(first) }
    return unsafe numeric(first.pointee.ai_addr, first.pointee.ai_addrlen)
  }

  /// Why this machine cannot send to a numeric address at all; `nil` where it has a route.
  package static func obstacle(to address: String) -> String? {
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_NUMERICHOST
    unsafe hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    // A datagram socket that is connected sends nothing; the kernel only looks for a route. 9 is discard.
    guard unsafe getaddrinfo(address, "9", &hints, &list) == 0, let first = unsafe list else { return nil }
    defer { unsafe freeaddrinfo(first) }
    let socket = unsafe Descriptor(socket(first.pointee.ai_family, first.pointee.ai_socktype, 0))
    guard socket.number >= 0 else { return reason(of: errno) }
    return unsafe connect(socket.number, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0
      ? nil : reason(of: errno)
  }

  private static func number(of family: Family) -> Int32 {
    switch family {
    case .any: AF_UNSPEC
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    }
  }

  private static func numeric(
    _ address: UnsafeMutablePointer<sockaddr>, _ length: socklen_t
  ) -> Result<String, NameError> {
    var text = [CChar](repeating: 0, count: 128)
    let code = unsafe getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    guard code == 0 else { return .failure(NameError(reason: unsafe String(cString: gai_strerror(code)))) }
    return .success(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}

/// The resolver's own words.
package struct NameError: Error, Hashable, Sendable {
  package var reason: String
}
