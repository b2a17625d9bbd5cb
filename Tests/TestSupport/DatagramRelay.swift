import Glibc
import Synchronization

/// Hands datagrams on to a port of 127.0.0.1, and what comes back through a change; it ends with the object.
package final class DatagramRelay: Sendable {
  package typealias Change = @Sendable ([UInt8]) -> [UInt8]

  package let port: Int
  private let shared: Shared

  private final class Shared: Sendable {
    let front: Int32
    let back: Int32
    let change = Mutex<Change> { $0 }

    init(_ front: Int32, _ back: Int32) {
      self.front = front
      self.back = back
    }
  }

  package init(to target: Int) throws {
    port = freePort(udp: true)
    let front = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    let back = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    shared = Shared(front, back)
    guard unsafe withLoopback(port, { unsafe bind(front, $0, $1) }) == 0,
      unsafe withLoopback(target, { unsafe connect(back, $0, $1) }) == 0
    else { throw HelperError("no relay to port \(target)") }
    DatagramRelay.start(shared)
  }

  deinit {
    shutdown(shared.front, Int32(SHUT_RDWR))
    shutdown(shared.back, Int32(SHUT_RDWR))
  }

  /// What happens to answers from now on.
  package func change(_ change: @escaping Change) { shared.change.withLock { $0 = change } }

  private static func start(_ shared: Shared) {
    let body = unsafe Unmanaged.passRetained(shared)
    var thread = pthread_t()
    _ = unsafe pthread_create(
      &thread, nil,
      { body in
        if let body = unsafe body { DatagramRelay.serve(unsafe Unmanaged<Shared>.fromOpaque(body).takeRetainedValue()) }
        return nil
      }, body.toOpaque())
    pthread_detach(thread)
  }

  private static func serve(_ shared: Shared) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var peer = sockaddr_in()
    while true {
      var polled = [
        pollfd(fd: shared.front, events: Int16(POLLIN), revents: 0),
        pollfd(fd: shared.back, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&polled, 2, -1) > 0 else { break }
      if polled[0].revents != 0 {
        let size = receive(shared.front, &buffer, &peer)
        guard size > 0 else { break }
        _ = unsafe send(shared.back, buffer, size, 0)
      }
      if polled[1].revents != 0 {
        let size = unsafe recv(shared.back, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard size > 0 || [EAGAIN, ECONNREFUSED].contains(errno) else { break }
        if size > 0 { answer(shared.change.withLock { $0 }(Array(buffer.prefix(size))), shared.front, peer) }
      }
    }
    close(shared.front)
    close(shared.back)
  }

  private static func receive(_ descriptor: Int32, _ buffer: inout [UInt8], _ peer: inout sockaddr_in) -> Int {
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return unsafe withUnsafeMutableBytes(of: &peer) { peer in
      unsafe recvfrom(
        descriptor, &buffer, buffer.count, 0, peer.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
    }
  }

  private static func answer(_ bytes: [UInt8], _ descriptor: Int32, _ peer: sockaddr_in) {
    var peer = peer
    unsafe withUnsafeMutableBytes(of: &peer) { address in
      _ = unsafe sendto(
        descriptor, bytes, bytes.count, 0, address.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        socklen_t(address.count))
    }
  }
}
