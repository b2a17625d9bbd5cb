internal import CCurl

/// Everything libcurl wants done once in a process, and why that failed; `nil` where it did not.
///
/// `curl_global_init` is safe beside other threads since libcurl 7.84.
let curlFault: TransferFailure? = {
  let fault: String? = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 500) { text in
    guard unsafe redeye_curl_load(text.baseAddress, Int32(text.count)) != 0, let text = text.baseAddress else {
      return nil
    }
    return unsafe String(cString: text)
  }
  if let fault { return TransferFailure(.local, fault) }
  return redeye_global_init() == CURLE_OK ? nil : TransferFailure(.local, "libcurl could not be started: no memory")
}()

/// One curl easy handle, with the texts and lists it points to.
///
/// Not for two threads at once. libcurl keeps addresses of this object and of its owner's, so whoever adds it to a
/// multi handle keeps it until it was removed.
@safe final class EasyHandle {
  let pointer: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var lists: [TextList] = []

  /// `nil` where libcurl has no memory.
  init?() {
    guard curlFault == nil, let handle = unsafe curl_easy_init() else { return nil }
    unsafe pointer = handle
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    _ = unsafe redeye_set_buffer(pointer, CURLOPT_ERRORBUFFER, errorText)
  }

  var address: UInt { unsafe UInt(bitPattern: pointer) }

  deinit {
    unsafe curl_easy_cleanup(pointer)
    unsafe errorText.deallocate()
  }

  /// Options are known to this libcurl, so a refusal means a value it cannot take; the caller checks those it took from
  /// outside.
  @discardableResult
  func set(_ option: CURLoption, _ value: Int) -> Bool {
    unsafe redeye_set_long(pointer, option, value) == CURLE_OK
  }

  @discardableResult
  func set(_ option: CURLoption, _ value: String?) -> Bool {
    unsafe redeye_set_text(pointer, option, value) == CURLE_OK
  }

  /// Milliseconds, at least 1: 0 would mean no limit.
  func set(_ option: CURLoption, seconds: Double) {
    set(option, Int(max(1, (min(seconds, 86_400) * 1_000).rounded(.up))))
  }

  func set(_ option: CURLoption, lines: [String]) {
    let list = TextList(lines)
    lists.append(list)
    _ = unsafe redeye_set_list(pointer, option, list.first)
  }

  func set(_ option: CURLoption, copying bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { _ = unsafe redeye_set_pointer(pointer, option, $0.baseAddress) }
  }

  /// The owner must outlive the transfer.
  func set(_ function: CURLoption, _ callback: @escaping curl_write_callback, _ data: CURLoption, owner: AnyObject) {
    _ = unsafe redeye_set_callback(pointer, function, callback)
    _ = unsafe redeye_set_pointer(pointer, data, Unmanaged.passUnretained(owner).toOpaque())
  }

  /// Called with the `SSL_CTX` of each connection before it is used; the owner must outlive the transfer.
  func setSecure(_ callback: @escaping curl_ssl_ctx_callback, owner: AnyObject) {
    _ = unsafe redeye_set_tls_callback(pointer, callback)
    _ = unsafe redeye_set_pointer(pointer, CURLOPT_SSL_CTX_DATA, Unmanaged.passUnretained(owner).toOpaque())
  }

  func setOffset(_ option: CURLoption, _ value: Int) {
    _ = unsafe redeye_set_offset(pointer, option, value)
  }

  func number(_ info: CURLINFO) -> Int {
    var value = 0
    return unsafe redeye_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }

  /// For infos of microseconds; `nil` where there was none.
  func seconds(_ info: CURLINFO) -> Double? {
    var value: curl_off_t = 0
    guard unsafe redeye_get_offset(pointer, info, &value) == CURLE_OK, value > 0 else { return nil }
    return Double(value) / 1_000_000
  }

  func text(_ info: CURLINFO) -> String? {
    var value: UnsafeMutablePointer<CChar>?
    guard unsafe redeye_get_text(pointer, info, &value) == CURLE_OK, let found = unsafe value else { return nil }
    let text = unsafe String(cString: found)
    return text.isEmpty ? nil : text
  }

  /// What libcurl said last, without user or password of a URL.
  func explanation(of code: CURLcode) -> String {
    let said = unsafe String(cString: errorText)
    return (said.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : said).withoutUserInformation
  }
}

/// A list of texts libcurl reads for as long as the handle it was given to lives.
@safe private final class TextList {
  private(set) var first: UnsafeMutablePointer<curl_slist>?

  init(_ lines: [String]) {
    for line in lines {
      guard let longer = unsafe curl_slist_append(first, line) else { return }
      unsafe first = longer
    }
  }

  deinit { unsafe curl_slist_free_all(first) }
}
