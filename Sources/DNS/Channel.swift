internal import CAres
internal import Glibc

/// Everything c-ares wants done once in a process; false where it failed.
let isAresReady = ares_library_init(1) == 0

/// One question on its way through c-ares, which sends it, repeats it, checks who answers and with which number, and
/// asks again over TCP where an answer was cut off.
///
/// c-ares holds this object's address from `init` on, so the owner keeps it. Not for two threads at once.
@safe final class Channel {
  let question: DNSQuestion
  let startedAt: Double
  /// How long it may take, and whether it is the deadline of all that ends it then.
  let limit: Double
  let isCutShort: Bool
  /// What c-ares waits for, by descriptor.
  private(set) var interests: [Int32: Int16] = [:]
  private(set) var reply: DNSReply?
  private var channel: OpaquePointer?
  private let clock: () -> Double

  init(_ question: DNSQuestion, deadline: Double, clock: @escaping () -> Double) throws(DNSFailure) {
    self.question = question
    self.clock = clock
    startedAt = clock()
    limit = min(question.timeout, deadline - startedAt)
    isCutShort = deadline - startedAt < question.timeout
    guard isAresReady, limit > 0 else {
      throw DNSFailure(.deadline, "the run's time was over before the question's turn")
    }
    try open()
    unsafe ares_query(
      channel, question.name, 1, Int32(question.type.rawValue),
      { owner, status, timeouts, bytes, count in
        guard let owner = unsafe owner else { return }
        let answer = unsafe bytes.map { unsafe Array(UnsafeBufferPointer(start: $0, count: Int(count))) } ?? []
        unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue().finish(status, answer, Int(timeouts))
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { if let channel = unsafe channel { unsafe ares_destroy(channel) } }

  private func open() throws(DNSFailure) {
    var options = unsafe ares_options()
    // An answer that says no is an answer: without NOCHECKRESP c-ares would go on to the next server and time out.
    unsafe options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_NOSEARCH | (question.isRecursive ? 0 : ARES_FLAG_NORECURSE)
    // Each attempt waits twice as long as the one before: 1 + 2 + 4 parts.
    unsafe options.timeout = Int32(max(1, (limit * 1_000 / 7).rounded(.up)))
    unsafe options.tries = 3
    unsafe options.sock_state_cb = { owner, descriptor, reads, writes in
      guard let owner = unsafe owner else { return }
      let events = Int16((reads != 0 ? POLLIN : 0) | (writes != 0 ? POLLOUT : 0))
      unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue().interests[descriptor] =
        events == 0 ? nil : events
    }
    unsafe options.sock_state_cb_data = Unmanaged.passUnretained(self).toOpaque()
    let mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB
    guard unsafe ares_init_options(&channel, &options, mask) == 0 else {
      throw DNSFailure(.local, "c-ares could not be started")
    }
    let server = question.server.contains(":") ? "[\(question.server)]" : question.server
    guard unsafe ares_set_servers_ports_csv(channel, "\(server):\(question.port)") == 0 else {
      throw DNSFailure(.local, "'\(question.server)' is not the address of a name server")
    }
  }

  /// Lets c-ares read and write what is ready, or look at its timers with -1.
  func process(_ descriptor: Int32, reads: Bool, writes: Bool) {
    unsafe ares_process_fd(channel, reads ? descriptor : -1, writes ? descriptor : -1)
  }

  /// Seconds until c-ares wants to look at its timers.
  var patience: Double {
    var longest = timeval(tv_sec: 1, tv_usec: 0)
    var next = timeval()
    guard let time = unsafe ares_timeout(channel, &longest, &next) else { return 1 }
    return unsafe Double(time.pointee.tv_sec) + Double(time.pointee.tv_usec) / 1_000_000
  }

  /// Ends it where its time is over.
  func endIfLate() {
    guard reply == nil, clock() - startedAt > limit + 0.05 else { return }
    unsafe ares_cancel(channel)
  }

  private func finish(_ status: Int32, _ bytes: [UInt8], _ timeouts: Int) {
    guard reply == nil else { return }
    var reply = DNSReply(seconds: clock() - startedAt, retries: timeouts, startedAt: startedAt)
    do throws(DNSFailure) {
      reply.answer = try answer(status, bytes)
    } catch {
      reply.failure = error
    }
    self.reply = reply
  }

  private var server: String { question.port == 53 ? question.server : "\(question.server) port \(question.port)" }

  private func answer(_ status: Int32, _ bytes: [UInt8]) throws(DNSFailure) -> DNSAnswer {
    guard !bytes.isEmpty else { throw failure(status) }
    let message: DNSMessage
    do throws(DNSMessage.Fault) {
      message = try DNSMessage(bytes, to: question)
    } catch {
      throw DNSFailure(.garbage, "the answer of \(server) is not one: \(error.reason)")
    }
    switch message.code {
    case 0: return message.answer(question)
    case 2: throw DNSFailure(.servfail, "\(server) failed to answer (SERVFAIL)")
    case 3: throw DNSFailure(.nxdomain, "\(server) says that there is no name \(question.name) (NXDOMAIN)")
    case 5: throw DNSFailure(.denied, "\(server) refuses to answer (REFUSED)")
    default: throw DNSFailure(.garbage, "\(server) answers with the code \(message.code)")
    }
  }

  private func failure(_ status: Int32) -> DNSFailure {
    switch status {
    case 11: DNSFailure(.refused, "nothing listens at \(server)")
    case 12, 24:
      isCutShort
        ? DNSFailure(.deadline, "\(server) was given up when the run's time was over")
        : DNSFailure(.timeout, "no answer from \(server) in \(brief(limit)) s")
    case 10: DNSFailure(.garbage, "the answer of \(server) is not one")
    default: DNSFailure(.local, "\(server) could not be asked: \(unsafe String(cString: ares_strerror(status)))")
    }
  }

  private func brief(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
