import Glibc

/// A port of 127.0.0.1 nobody listens on at the moment, for TCP or UDP.
package func freePort(udp: Bool = false) -> Int {
  let kind = udp ? SOCK_DGRAM : SOCK_STREAM
  let descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  unsafe withUnsafeMutablePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
      _ = unsafe bind(descriptor, address, length)
      _ = unsafe getsockname(descriptor, address, &length)
    }
  }
  return Int(UInt16(bigEndian: address.sin_port))
}
