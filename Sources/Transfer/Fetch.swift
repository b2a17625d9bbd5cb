internal import CCurl

/// Sends all requests, so many at once, on the calling thread, and returns when each has its result; in order.
///
/// Every request ends by its own timeout or by the deadline, whichever comes first; the deadline is a point of `clock`,
/// which tells monotonic seconds. A connection that failed because of its certificate is made once more, without a
/// request, to learn when the certificate expires.
package func fetch(
  _ requests: [HTTPRequest], deadline: Double, atOnce: Int, clock: @escaping () -> Double
) -> [HTTPResult] {
  guard let loop = MultiLoop(atOnce: atOnce, clock: clock) else {
    let failure = TransferFailure(.local, "libcurl could not be started: no memory")
    return requests.map { _ in HTTPResult(failure: failure) }
  }
  var results = loop.run(requests, deadline: deadline)
  let distrusted = results.indices.filter { results[$0].failure?.kind == .tls && requests[$0].verifyTLS }
  let looks = loop.run(distrusted.map { requests[$0].look(after: results[$0]) }, deadline: deadline, onlyConnect: true)
  for (position, look) in zip(distrusted, looks) { results[position].certificate = look.certificate }
  return results
}

extension HTTPRequest {
  /// A connection in the time that is left of the request's, to see the certificate that was not good.
  fileprivate func look(after result: HTTPResult) -> HTTPRequest {
    var look = self
    look.url = result.url ?? url
    look.headers = []
    look.verifyTLS = false
    look.timeout = max(0.001, timeout - result.timings.total)
    return look
  }
}

/// A curl multi handle and the transfers in it.
///
/// The loop owns its transfers: libcurl holds their addresses, and an object lives only as long as its last use.
@safe private final class MultiLoop {
  private let multi: UnsafeMutableRawPointer
  private let atOnce: Int
  private let clock: () -> Double
  /// By the address of the curl handle.
  private var active: [UInt: (position: Int, transfer: HTTPTransfer)] = [:]
  private var results: [HTTPResult?] = []

  init?(atOnce: Int, clock: @escaping () -> Double) {
    guard isCurlReady, let handle = unsafe curl_multi_init() else { return nil }
    unsafe multi = handle
    self.atOnce = max(1, atOnce)
    self.clock = clock
    _ = unsafe redeye_multi_set_long(multi, CURLMOPT_MAXCONNECTS, self.atOnce)
  }

  deinit {
    for (_, transfer) in active.values { _ = unsafe curl_multi_remove_handle(multi, transfer.handle.pointer) }
    active = [:]
    _ = unsafe curl_multi_cleanup(multi)
  }

  func run(_ requests: [HTTPRequest], deadline: Double, onlyConnect: Bool = false) -> [HTTPResult] {
    results = Array(repeating: nil, count: requests.count)
    var next = 0
    while next < requests.count || !active.isEmpty {
      while active.count < atOnce, next < requests.count {
        start(requests[next], at: next, deadline: deadline, onlyConnect: onlyConnect)
        next += 1
      }
      guard !active.isEmpty, turn() else { continue }
      // libcurl's own timers end every transfer before this; it bounds the run should one not.
      if clock() > deadline + 0.5 { abandon() }
    }
    return results.map { $0 ?? HTTPResult(failure: TransferFailure(.local, "libcurl lost the transfer")) }
  }

  private func start(_ request: HTTPRequest, at position: Int, deadline: Double, onlyConnect: Bool) {
    let now = clock()
    guard now < deadline else {
      let failure = TransferFailure(.deadline, "the run's time was over before the request's turn")
      results[position] = HTTPResult(failure: failure)
      return
    }
    do throws(TransferFailure) {
      let transfer = try HTTPTransfer(request, now: now, deadline: deadline)
      if onlyConnect { transfer.handle.set(CURLOPT_CONNECT_ONLY, 1) }
      guard unsafe curl_multi_add_handle(multi, transfer.handle.pointer) == CURLM_OK else {
        throw TransferFailure(.local, "libcurl did not take the request")
      }
      active[transfer.handle.address] = (position, transfer)
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
    results[position] = transfer.result(code)
    _ = unsafe curl_multi_remove_handle(multi, transfer.handle.pointer)
  }

  private func abandon() {
    for handle in active.keys { finish(handle, CURLE_OPERATION_TIMEDOUT) }
  }
}
