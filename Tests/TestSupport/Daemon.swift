import Foundation
import Glibc
import Platform

/// What a test's helper could not do, with what it said.
package struct HelperError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// A program in the foreground that a test talks to; it ends with the object.
package final class Daemon {
  private let process: Helper
  private let log: String

  /// Starts the program and waits until something listens on the port of 127.0.0.1, or throws what it printed.
  package init(_ arguments: [String], listeningOn port: Int, log: String) throws {
    self.log = log
    _ = FileManager.default.createFile(atPath: log, contents: nil, attributes: [.posixPermissions: 0o666])
    process = try Helper(arguments, log: log)
    for _ in 0..<400 {
      if isListening(port) { return }
      if !process.isRunning { throw HelperError("\(arguments[0]) ended: \(Daemon.text(of: log))") }
      usleep(25_000)
    }
    stop()
    throw HelperError("\(arguments[0]) does not listen on port \(port): \(Daemon.text(of: log))")
  }

  deinit { stop() }

  /// Ends it at once, and waits for that; for a test in which the peer goes away.
  package func stop() { process.stop() }

  private static func text(of file: String) -> String {
    (try? String(contentsOfFile: file, encoding: .utf8)) ?? "no log"
  }
}

/// Whether a connection to the port of 127.0.0.1 is taken.
package func isListening(_ port: Int) -> Bool {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  return unsafe withLoopback(port) { unsafe connect(descriptor, $0, $1) } == 0
}

/// The socket address of a port of 127.0.0.1.
func withLoopback<Value>(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return unsafe withUnsafePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

/// Runs a program to its end and returns what it printed; throws that where it failed.
@discardableResult
package func run(_ arguments: [String], input: [UInt8]? = nil, folder: String? = nil) throws -> String {
  let result = Child.run(
    ChildRequest(
      arguments: arguments, environment: ProcessInfo.processInfo.environment, input: input ?? [], folder: folder,
      deadline: 120 * Double(patience), outputLimit: 64_000_000))
  let text = String(decoding: result.output + result.errorOutput, as: UTF8.self)
  guard result.status == .exited(0) else {
    throw HelperError("\(arguments.joined(separator: " ")): \(result.status) \(text)")
  }
  return text
}
