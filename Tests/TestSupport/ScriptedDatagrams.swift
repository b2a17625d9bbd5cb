import Foundation
import Glibc

/// A UDP peer on 127.0.0.1 that answers each datagram with what a test says, on a thread of its own.
package final class ScriptedDatagrams: Sendable {
  package let port: Int
  private let descriptor: Int32

  /// `answer` gets each datagram and gives what is sent back, in order.
  package init(_ answer: @escaping @Sendable ([UInt8]) -> [[UInt8]]) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    port = freePort(udp: true)
    guard unsafe withLoopback(port, { unsafe bind(descriptor, $0, $1) }) == 0 else {
      throw HelperError("cannot have the UDP port \(port)")
    }
    self.descriptor = descriptor
    Thread.detachNewThread {
      var bytes = [UInt8](repeating: 0, count: 4_096)
      var peer = sockaddr_in()
      while true {
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = unsafe withUnsafeMutablePointer(to: &peer) {
          unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe recvfrom(descriptor, &bytes, bytes.count, 0, $0, &size)
          }
        }
        // A datagram of no bytes is the end.
        guard count > 0 else { break }
        for reply in answer(Array(bytes.prefix(count))) {
          _ = unsafe withUnsafePointer(to: &peer) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
              unsafe sendto(descriptor, reply, reply.count, 0, $0, size)
            }
          }
        }
      }
      close(descriptor)
    }
  }

  deinit {
    let ender = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    _ = unsafe withLoopback(port) { unsafe sendto(ender, nil, 0, 0, $0, $1) }
    close(ender)
  }
}
