import Glibc
import Synchronization

/// A UDP peer on 127.0.0.1 that answers SNMP as a test tells it to, however badly.
package final class FakeAgent: Sendable {
  package enum Reply {
    case send([UInt8])
    /// From another port of the same host.
    case sendFromElsewhere([UInt8])
  }

  package let port: Int
  private let descriptor: Int32
  private let elsewhere: Int32
  private let count = Mutex(0)

  /// Datagrams received so far.
  package var received: Int { count.withLock { $0 } }

  /// `answer` runs on the agent's own thread, for one request after the other.
  package init(_ answer: @escaping @Sendable (SNMPRequest) -> [Reply]) {
    descriptor = FakeAgent.bound()
    elsewhere = FakeAgent.bound()
    port = FakeAgent.port(of: descriptor)
    let (descriptor, elsewhere) = (descriptor, elsewhere)
    let counter = Counter { [weak self] in self?.count.withLock { $0 += 1 } }
    FakeAgent.thread { FakeAgent.serve(descriptor, elsewhere, counter, answer) }
  }

  /// Wakes the thread, which then ends.
  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(elsewhere)
  }

  private struct Counter: Sendable {
    let tick: @Sendable () -> Void
  }

  private static func serve(
    _ descriptor: Int32, _ elsewhere: Int32, _ counter: Counter, _ answer: @Sendable (SNMPRequest) -> [Reply]
  ) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      var peer = sockaddr_in()
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let size = unsafe withUnsafeMutableBytes(of: &peer) { peer in
        unsafe recvfrom(
          descriptor, &buffer, buffer.count, 0, peer.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
      }
      guard size > 0 else { break }
      counter.tick()
      guard let request = SNMPRequest(Array(buffer.prefix(size))) else { continue }
      for reply in answer(request) {
        switch reply {
        case .send(let bytes): send(bytes, from: descriptor, to: peer)
        case .sendFromElsewhere(let bytes): send(bytes, from: elsewhere, to: peer)
        }
      }
    }
    close(descriptor)
  }

  private static func send(_ bytes: [UInt8], from descriptor: Int32, to peer: sockaddr_in) {
    var peer = peer
    unsafe withUnsafeMutableBytes(of: &peer) { address in
      _ = unsafe sendto(
        descriptor, bytes, bytes.count, 0, address.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        socklen_t(address.count))
    }
  }

  private static func bound() -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    unsafe withUnsafeMutableBytes(of: &address) { address in
      guard let start = address.baseAddress else { return }
      _ = unsafe bind(descriptor, start.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
    }
    return descriptor
  }

  private static func port(of descriptor: Int32) -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutableBytes(of: &address) { address in
      guard let start = address.baseAddress else { return }
      _ = unsafe getsockname(descriptor, start.assumingMemoryBound(to: sockaddr.self), &length)
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func thread(_ run: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let body = unsafe Unmanaged.passRetained(Body(run))
    _ = unsafe pthread_create(
      &thread, nil,
      { body in
        if let body = unsafe body { unsafe Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    pthread_detach(thread)
  }
}
