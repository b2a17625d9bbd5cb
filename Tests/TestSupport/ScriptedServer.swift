import Foundation
import Glibc
import Synchronization

/// A TCP server on 127.0.0.1 that does with each connection what a test says, on a thread of its own.
package final class ScriptedServer: Sendable {
  package let port: Int
  private let descriptor: Int32
  private let received = Mutex<[UInt8]>([])

  /// `behave` is called for every connection, which is closed when it returns.
  package init(_ behave: @escaping @Sendable (ScriptedConnection) -> Void) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    port = freePort()
    let bound = unsafe withLoopback(port) { unsafe bind(descriptor, $0, $1) }
    guard bound == 0, listen(descriptor, 64) == 0 else { throw HelperError("cannot listen on port \(port)") }
    self.descriptor = descriptor
    Thread.detachNewThread { [weak self] in
      while true {
        let peer = accept(descriptor, nil, nil)
        guard peer >= 0 else { break }
        let connection = ScriptedConnection(peer) { [weak self] bytes in
          self?.received.withLock { $0.append(contentsOf: bytes) }
        }
        Thread.detachNewThread {
          behave(connection)
          connection.close()
        }
      }
      close(descriptor)
    }
  }

  /// Ends the thread that accepts, which then closes the descriptor: its number may be another's at once.
  deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

  package func url(_ path: String = "/", scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }

  /// Everything read from every peer so far.
  package func seen() -> String { String(decoding: received.withLock { $0 }, as: UTF8.self) }
}

/// One connection of a `ScriptedServer`.
package final class ScriptedConnection: Sendable {
  private let descriptor: Int32
  private let note: @Sendable ([UInt8]) -> Void

  fileprivate init(_ descriptor: Int32, note: @escaping @Sendable ([UInt8]) -> Void) {
    self.descriptor = descriptor
    self.note = note
  }

  /// False once the peer is gone.
  @discardableResult
  package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  @discardableResult
  package func write(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// What came, up to and with the text; less when the peer closed.
  @discardableResult
  package func read(until end: String) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.ends(with: end), unsafe recv(descriptor, &byte, 1, 0) == 1 { bytes.append(byte) }
    note(bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package func pause(_ seconds: Double) { usleep(UInt32(seconds * 1_000_000)) }

  /// Ends the connection with a reset instead of a close.
  package func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  fileprivate func close() { _ = Glibc.close(descriptor) }
}

extension [UInt8] {
  fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
