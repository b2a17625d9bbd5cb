// For epoll, which the Glibc module leaves out.
import CNetSNMP
import Glibc
import Synchronization

/// Many agents in one thread, each with an address of its own in 127.0.0.0/8 and all on one port.
package final class AgentFarm: Sendable {
  package struct NotStarted: Error {
    package var text: String
  }

  package let port: Int
  private let agents: Mutex<[SimulatedAgent]>
  private let sockets: [Int32]
  /// A pipe whose end is the end of the thread.
  private let stop: [Int32]
  private let received = Mutex(0)

  /// The address of the agent of a number: 127.1.0.1, 127.1.0.2 and so on.
  package static func address(_ number: Int) -> String {
    let place = number + 1
    return "127.\(1 + place / 62_500).\(place / 250 % 250).\(place % 250 + 1)"
  }

  /// Requests received so far.
  package var requests: Int { received.withLock { $0 } }

  /// Begins to answer at once; port 0 takes a free one.
  package init(_ agents: [SimulatedAgent], port: Int = 0) throws(NotStarted) {
    self.agents = Mutex(agents)
    var sockets: [Int32] = []
    var port = port
    for number in agents.indices {
      sockets.append(try AgentFarm.bound(AgentFarm.address(number), port))
      if port == 0 { port = AgentFarm.port(of: sockets[0]) }
    }
    self.port = port
    self.sockets = sockets
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    stop = ends
    start()
  }

  /// Ends the thread, which closes its sockets.
  package func end() { close(stop[1]) }

  package func change(_ number: Int, _ body: (inout SimulatedAgent) -> Void) {
    agents.withLock { body(&$0[number]) }
  }

  package func changeAll(_ body: (inout SimulatedAgent) -> Void) {
    agents.withLock { agents in for number in agents.indices { body(&agents[number]) } }
  }

  // MARK: The thread

  private func start() {
    let me = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { me in
        if let me = unsafe me { unsafe Unmanaged<AgentFarm>.fromOpaque(me).takeRetainedValue().serve() }
        return nil
      }, me.toOpaque())
    if status == 0 { pthread_detach(thread) } else { unsafe me.release() }
  }

  private func serve() {
    let poll = epoll_create1(0)
    for (number, socket) in sockets.enumerated() { AgentFarm.watch(socket, as: UInt64(number), poll) }
    AgentFarm.watch(stop[0], as: .max, poll)
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 256)
    var late: [(due: Double, number: Int, bytes: [UInt8], peer: sockaddr_in)] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    serving: while true {
      let count = unsafe epoll_wait(poll, &events, 256, late.isEmpty ? -1 : 1)
      for number in unsafe events.prefix(Int(max(0, count))).map({ unsafe $0.data.u64 }) {
        if number == .max { break serving }
        receive(Int(number), &buffer, &late)
      }
      guard !late.isEmpty else { continue }
      let now = AgentFarm.now
      for answer in late where answer.due <= now { AgentFarm.send(answer.bytes, sockets[answer.number], answer.peer) }
      late.removeAll { $0.due <= now }
    }
    for socket in sockets { close(socket) }
    close(stop[0])
    close(poll)
  }

  private func receive(
    _ number: Int, _ buffer: inout [UInt8],
    _ late: inout [(due: Double, number: Int, bytes: [UInt8], peer: sockaddr_in)]
  ) {
    var peer = sockaddr_in()
    while true {
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let size = unsafe withUnsafeMutableBytes(of: &peer) { peer in
        unsafe recvfrom(
          sockets[number], &buffer, buffer.count, Int32(MSG_DONTWAIT),
          peer.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
      }
      guard size > 0 else { return }
      received.withLock { $0 += 1 }
      let (answer, delay) = agents.withLock { ($0[number].answer(buffer[..<size]), $0[number].delay) }
      guard let answer else { continue }
      if delay == 0 {
        AgentFarm.send(answer, sockets[number], peer)
      } else {
        late.append((AgentFarm.now + Double(delay) / 1000, number, answer, peer))
      }
    }
  }

  // MARK: The system

  private static var now: Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func watch(_ descriptor: Int32, as number: UInt64, _ poll: Int32) {
    var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: number))
    _ = unsafe epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
  }

  private static func send(_ bytes: [UInt8], _ socket: Int32, _ peer: sockaddr_in) {
    var peer = peer
    unsafe withUnsafeMutableBytes(of: &peer) { address in
      _ = unsafe sendto(
        socket, bytes, bytes.count, 0, address.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        socklen_t(address.count))
    }
  }

  /// From now on every other address of 127.0.0.0/8 takes requests at the port and never answers.
  package func silenceTheRest() throws(NotStarted) { _ = try AgentFarm.bound("0.0.0.0", port) }

  private static func bound(_ host: String, _ port: Int) throws(NotStarted) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    // One address and all the others share a port.
    var isShared: Int32 = 1
    if port != 0 { unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isShared, 4) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    _ = unsafe inet_pton(AF_INET, host, &address.sin_addr)
    let status = unsafe withUnsafeMutableBytes(of: &address) { bytes in
      unsafe bytes.baseAddress.map {
        unsafe bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
      } ?? -1
    }
    guard status == 0 else {
      let reason = unsafe String(cString: strerror(errno))
      close(descriptor)
      throw NotStarted(text: "\(host) port \(port): \(reason)")
    }
    return descriptor
  }

  private static func port(of descriptor: Int32) -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutableBytes(of: &address) { bytes in
      guard let start = bytes.baseAddress else { return }
      _ = unsafe getsockname(descriptor, start.assumingMemoryBound(to: sockaddr.self), &length)
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
