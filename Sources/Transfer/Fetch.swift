internal import CCurl

/// Sends all requests, so many at once, on the calling thread, and returns when each has its result; in order.
///
/// Every request ends by its own timeout or by the deadline, whichever comes first; the deadline is a point of `clock`,
/// which tells monotonic seconds. One that has waited for a second no longer counts as one of those at once, so that
/// peers that hang do not keep the others waiting.
///
/// - Parameter each: Called whenever one request has ended.
package func fetch(
  _ requests: [HTTPRequest], deadline: Double, atOnce: Int, clock: @escaping () -> Double,
  each: @escaping () -> Void = {}
) -> [HTTPResult] {
  guard let loop = MultiLoop(atOnce: atOnce, clock: clock, each: each) else {
    let failure = curlFault ?? TransferFailure(.local, "libcurl could not be started: no memory")
    return requests.map { _ in HTTPResult(failure: failure) }
  }
  return loop.run(requests, deadline: deadline)
}

/// A curl multi handle and the transfers in it.
///
/// The loop owns its transfers: libcurl holds their addresses, and an object lives only as long as its last use.
@safe private final class MultiLoop {
  /// Seconds after which a transfer is one that hangs.
  private static let patience = 1.0
  /// Connections that hang are limited, too.
  private static let most = 512

  private let multi: UnsafeMutableRawPointer
  private let atOnce: Int
  private let clock: () -> Double
  private let each: () -> Void
  /// By the address of the curl handle.
  private var active: [UInt: (position: Int, transfer: HTTPTransfer)] = [:]
  /// Those that hang, by address, and the others in the order of their start.
  private var hanging: Set<UInt> = []
  private var recent: [(address: UInt, since: Double)] = []
  private var results: [HTTPResult?] = []
  private let trust = TrustBook()

  init?(atOnce: Int, clock: @escaping () -> Double, each: @escaping () -> Void) {
    guard curlFault == nil, let handle = unsafe curl_multi_init() else { return nil }
    unsafe multi = handle
    self.atOnce = max(1, atOnce)
    self.clock = clock
    self.each = each
    _ = unsafe redeye_multi_set_long(multi, CURLMOPT_MAXCONNECTS, self.atOnce)
  }

  deinit {
    for (_, transfer) in active.values { _ = unsafe curl_multi_remove_handle(multi, transfer.handle.pointer) }
    active = [:]
    _ = unsafe curl_multi_cleanup(multi)
  }

  func run(_ requests: [HTTPRequest], deadline: Double) -> [HTTPResult] {
    results = Array(repeating: nil, count: requests.count)
    var next = 0
    while next < requests.count || !active.isEmpty {
      while hasRoom, next < requests.count {
        start(requests[next], at: next, deadline: deadline)
        next += 1
      }
      guard !active.isEmpty, turn() else { continue }
      // libcurl's own timers end every transfer before this; it bounds the run should one not.
      if clock() > deadline + 0.5 { abandon() }
      setHangingAside()
    }
    return results.map { $0 ?? HTTPResult(failure: TransferFailure(.local, "libcurl lost the transfer")) }
  }

  private var hasRoom: Bool { active.count - hanging.count < atOnce && active.count < MultiLoop.most }

  private func setHangingAside() {
    let begin = clock() - MultiLoop.patience
    let old = recent.prefix { $0.since < begin }
    for (address, since) in old where active[address]?.transfer.startedAt == since { hanging.insert(address) }
    recent.removeFirst(old.count)
  }

  private func start(_ request: HTTPRequest, at position: Int, deadline: Double) {
    let now = clock()
    guard now < deadline else {
      let failure = TransferFailure(.deadline, "the run's time was over before the request's turn")
      results[position] = HTTPResult(failure: failure)
      return
    }
    do throws(TransferFailure) {
      let transfer = try HTTPTransfer(request, trust: trust, now: now, deadline: deadline)
      guard unsafe curl_multi_add_handle(multi, transfer.handle.pointer) == CURLM_OK else {
        throw TransferFailure(.local, "libcurl did not take the request")
      }
      active[transfer.handle.address] = (position, transfer)
      recent.append((transfer.handle.address, now))
    } catch {
      results[position] = HTTPResult(failure: error)
    }
  }

  /// Lets libcurl work, takes what is finished, then waits until something can move; false where libcurl failed.
  private func turn() -> Bool {
    var running: Int32 = 0
    guard unsafe curl_multi_perform(multi, &running) == CURLM_OK else {
      abandon()
      return false
    }
    takeFinished()
    if !active.isEmpty { _ = unsafe curl_multi_poll(multi, nil, 0, 200, nil) }
    return true
  }

  private func takeFinished() {
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      unsafe finish(UInt(bitPattern: message.pointee.easy_handle), redeye_message_code(message))
    }
  }

  private func finish(_ address: UInt, _ code: CURLcode) {
    guard let (position, transfer) = active.removeValue(forKey: address) else { return }
    hanging.remove(address)
    results[position] = transfer.result(code)
    each()
    _ = unsafe curl_multi_remove_handle(multi, transfer.handle.pointer)
  }

  private func abandon() {
    for handle in active.keys { finish(handle, CURLE_OPERATION_TIMEDOUT) }
  }
}
