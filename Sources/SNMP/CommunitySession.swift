import Glibc

/// The way to an agent of the versions 1 and 2c: a socket of its own and one request at a time.
final class CommunitySession: Session {
  let descriptor: Int32
  private(set) var unreadable = 0
  private let address: Address
  private let isConnected: Bool
  private let version: Int
  private let community: [UInt8]
  /// Seconds for each try, and tries after the first.
  private let timeout: Double
  private let retries: Int
  private var pending: Pending?

  /// The request that waits for its answer; anything else that arrives is late.
  private struct Pending {
    let number: Int32
    let datagram: [UInt8]
    var sentAt: Double
    var triesLeft: Int
  }

  /// Opens a socket; nothing is sent. `version` is the message's: 0 for 1, 1 for 2c.
  init(_ agent: Agent, _ community: String, version: Int, at address: Address) throws(SNMPError) {
    self.address = address
    self.version = version
    self.community = Array(community.utf8)
    timeout = agent.timeout
    retries = max(0, agent.retries)
    isConnected = agent.isSourceStrict
    descriptor = address.datagramSocket()
    guard descriptor >= 0 else { throw SNMPError(.local, "cannot open a socket: \(systemText(errno))") }
    if isConnected, !address.connect(descriptor) { throw .unreachable(errno) }
  }

  deinit { close(descriptor) }

  /// The number is new and unpredictable for each request; a try after the first has the same.
  func send(_ request: Request, now: Double) throws(SNMPError) {
    let number = Int32.random(in: 1...Int32.max)
    let datagram = Message.datagram(request, number: number, version: version, community: community)
    unreadable = 0
    pending = Pending(number: number, datagram: datagram, sentAt: now, triesLeft: retries)
    guard transmit(datagram) else { throw .unreachable(errno) }
  }

  private func transmit(_ datagram: [UInt8]) -> Bool {
    isConnected
      ? unsafe Glibc.send(descriptor, datagram, datagram.count, 0) >= 0 : address.send(datagram, from: descriptor)
  }

  func read(_ inbox: Inbox, now: Double) -> [SessionEvent] {
    let received = inbox.take(descriptor) { Message.read($0, version: version, request: pending?.number) }
    switch received {
    case nil: return [EAGAIN, EINTR].contains(errno) ? [] : [.unreachable(errno)]
    case .other: return []
    case .unreadable:
      unreadable += 1
      return [.unreadable]
    case .response(let response):
      pending = nil
      return [.response(response)]
    }
  }

  func checkTimeouts(now: Double) -> [SessionEvent] {
    guard var request = pending, now - request.sentAt >= timeout else { return [] }
    guard request.triesLeft > 0 else {
      pending = nil
      return [.timedOut]
    }
    request.triesLeft -= 1
    request.sentAt = now
    pending = request
    return transmit(request.datagram) ? [.resent] : [.unreachable(errno)]
  }
}
