internal import CAres
internal import Glibc

/// Asks all questions at once, on the calling thread, and returns when each has its reply; in order.
///
/// Every question ends by its own timeout or by the deadline, whichever comes first; the deadline is a point of `clock`,
/// which tells monotonic seconds.
package func ask(_ questions: [DNSQuestion], deadline: Double, clock: @escaping () -> Double) -> [DNSReply] {
  var replies = [DNSReply?](repeating: nil, count: questions.count)
  var open: [(place: Int, channel: Channel)] = []
  var next = 0
  while next < questions.count || !open.isEmpty {
    while open.count < mostAtOnce, next < questions.count {
      do throws(DNSFailure) {
        open.append((next, try Channel(questions[next], deadline: deadline, clock: clock)))
      } catch {
        replies[next] = DNSReply(failure: error)
      }
      next += 1
    }
    wait(for: open.map(\.channel))
    for (place, channel) in open { replies[place] = channel.reply }
    open.removeAll { $0.channel.reply != nil }
  }
  return replies.map { $0 ?? DNSReply(failure: DNSFailure(.local, "c-ares lost the question")) }
}

/// One socket each; more would only wait in the kernel's buffers.
private let mostAtOnce = 128

private func wait(for channels: [Channel]) {
  let waiting = channels.filter { $0.reply == nil }
  guard !waiting.isEmpty else { return }
  var polled: [pollfd] = []
  var owners: [Channel] = []
  for channel in waiting {
    for (descriptor, events) in channel.interests {
      polled.append(pollfd(fd: descriptor, events: events, revents: 0))
      owners.append(channel)
    }
  }
  let patience = waiting.map(\.patience).min() ?? 0
  _ = unsafe poll(&polled, nfds_t(polled.count), Int32((min(patience, 0.2) * 1_000).rounded(.up)))
  for (place, owner) in zip(polled, owners) where place.revents != 0 {
    let isOver = place.revents & Int16(POLLERR | POLLHUP) != 0
    owner.process(
      place.fd, reads: isOver || place.revents & Int16(POLLIN) != 0, writes: place.revents & Int16(POLLOUT) != 0)
  }
  for channel in waiting {
    channel.process(-1, reads: false, writes: false)
    channel.endIfLate()
  }
}

/// The name servers this machine asks itself, by address; empty where there are none to be had.
package func systemNameServers() -> [String] {
  guard isAresReady else { return [] }
  var channel: OpaquePointer?
  guard unsafe ares_init(&channel) == 0, let opened = unsafe channel else { return [] }
  defer { unsafe ares_destroy(opened) }
  var list: UnsafeMutablePointer<ares_addr_node>?
  guard unsafe ares_get_servers(opened, &list) == 0 else { return [] }
  defer { unsafe ares_free_data(list) }
  var servers: [String] = []
  var next = unsafe list
  while let node = unsafe next {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    if unsafe inet_ntop(node.pointee.family, &node.pointee.addr, &text, socklen_t(text.count)) != nil {
      servers.append(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    unsafe next = node.pointee.next
  }
  return servers
}
