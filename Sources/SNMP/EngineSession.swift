import CNetSNMP
import Glibc

/// An open net-snmp session to one agent of version 3. Callbacks only note what arrived; whoever drives the session
/// fetches it when the library has returned, so that nothing is opened, sent or closed from within the library.
///
/// Belongs to the thread that holds `Library.exclusively`.
@safe final class EngineSession: Session {
  let descriptor: Int32
  /// The library's.
  let handle: UnsafeMutableRawPointer
  private var events: [SessionEvent] = []
  /// The number of the request that waits for its answer; anything else that arrives is late.
  private var pending: Int32 = 0
  /// Bytes of the datagram that is being read.
  private var size = 0
  /// Datagrams since the last request that the library could not read.
  private(set) var unreadable = 0

  /// Opens a socket; nothing is sent. Before the first request it needs `discover` or an engine that is remembered.
  init(_ agent: Agent, _ user: User, at address: Address, keys: Keys) throws(SNMPError) {
    var session = unsafe netsnmp_session()
    unsafe snmp_sess_init(&session)
    unsafe session.retries = Int32(clamping: agent.retries)
    unsafe session.timeout = Int(agent.timeout * 1_000_000)
    unsafe session.flags |= UInt(SNMP_FLAGS_DONT_PROBE)
    unsafe session.version = EngineSession.version
    let opened = unsafe EngineSession.open(&session, user, at: address.name, keys: keys)
    guard let opened = unsafe opened, let transport = unsafe snmp_sess_transport(opened) else {
      throw SNMPError(.local, unsafe "cannot open a socket: \(systemText(session.s_errno))")
    }
    unsafe handle = opened
    descriptor = unsafe transport.pointee.sock
    // Opening clears the flag, and without it the first request would probe for the engine and wait for it.
    unsafe snmp_sess_session(opened).pointee.flags |= UInt(SNMP_FLAGS_DONT_PROBE)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    if agent.isSourceStrict, !address.connect(descriptor) { throw .unreachable(errno) }
  }

  deinit { unsafe _ = snmp_sess_close(handle) }

  static let version = Int(SNMP_VERSION_3)

  /// The library copies all of it.
  private static func open(
    _ session: inout netsnmp_session, _ user: User, at name: String, keys: Keys
  ) -> UnsafeMutableRawPointer? {
    unsafe session.peername = strdup(name)
    unsafe session.securityName = strdup(user.name)
    unsafe session.securityNameLen = user.name.utf8.count
    unsafe session.contextName = strdup(user.context)
    unsafe session.contextNameLen = user.context.utf8.count
    defer {
      unsafe free(session.peername)
      unsafe free(session.securityName)
      unsafe free(session.contextName)
      unsafe free(session.securityAuthProto)
      unsafe free(session.securityPrivProto)
    }
    unsafe session.securityModel = SNMP_SEC_MODEL_USM
    unsafe keys.copy(into: &session)
    return unsafe snmp_sess_open(&session)
  }
}

// MARK: - Sending

extension EngineSession {
  /// Sends a request; its events come later.
  func send(_ request: Request, now: Double) throws(SNMPError) {
    guard let pdu = unsafe EngineSession.pdu(for: request) else { throw SNMPError(.local, "out of memory") }
    unsafe pdu.pointee.version = EngineSession.version
    try unsafe send(pdu)
  }

  func send(_ pdu: UnsafeMutablePointer<netsnmp_pdu>) throws(SNMPError) {
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    pending = unsafe snmp_sess_async_send(handle, pdu, EngineSession.note, me)
    unreadable = 0
    guard pending == 0 else { return }
    unsafe snmp_free_pdu(pdu)
    var system: Int32 = 0
    var library: Int32 = 0
    unsafe snmp_sess_error(handle, &system, &library, nil)
    if library == SNMPERR_BAD_SENDTO { throw .unreachable(system) }
    throw SNMPError(.local, "cannot send: \(unsafe String(cString: snmp_api_errstring(library)))")
  }

  private static func pdu(for request: Request) -> UnsafeMutablePointer<netsnmp_pdu>? {
    let command =
      switch request.kind {
      case .get: REDEYE_SNMP_GET
      case .next: REDEYE_SNMP_GETNEXT
      case .bulk: REDEYE_SNMP_GETBULK
      }
    guard let pdu = unsafe snmp_pdu_create(Int32(command)) else { return nil }
    if case .bulk(let rows) = request.kind {
      // The fields that GETBULK calls non-repeaters and max-repetitions.
      unsafe pdu.pointee.errstat = 0
      unsafe pdu.pointee.errindex = rows
    }
    for oid in request.oids {
      let name = oid.parts.map(UInt.init)
      unsafe snmp_add_null_var(pdu, name, name.count)
    }
    return unsafe pdu
  }
}

// MARK: - Receiving

extension EngineSession {
  /// The library reads the datagram itself.
  func read(_ inbox: Inbox, now: Double) -> [SessionEvent] {
    let size = recv(descriptor, nil, 0, Int32(MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT))
    guard size >= 0 else { return [EAGAIN, EINTR].contains(errno) ? [] : [.unreachable(errno)] }
    self.size = size
    unsafe inbox.set.only(descriptor) { set in
      guard unsafe snmp_sess_read2(handle, set) < 0 else { return }
      unreadable += 1
      events.append(.unreadable)
    }
    return drain()
  }

  /// Sends again what had no answer in time, and gives up on what had none to any try.
  func checkTimeouts(now: Double) -> [SessionEvent] {
    unsafe snmp_sess_timeout(handle)
    return drain()
  }

  /// What arrived since. Of a report the library tells twice, as one and as a refusal, in an order that depends on the
  /// level of security: what the report says goes before. Only one that the clocks differ is answered by trying again,
  /// and the refusal is then the end of that.
  private func drain() -> [SessionEvent] {
    defer { events = [] }
    let isExplained = events.contains {
      if case .report(let report) = $0 { report != .notInTimeWindow } else { false }
    }
    guard isExplained else { return events }
    return events.filter { if case .refused = $0 { false } else { true } }
  }

  /// The library's callback. 1 says that the request is done with.
  private static let note: netsnmp_callback = { operation, _, request, pdu, magic in
    guard let magic = unsafe magic else { return 1 }
    let session = unsafe Unmanaged<EngineSession>.fromOpaque(magic).takeUnretainedValue()
    unsafe session.note(operation, of: request, pdu)
    return 1
  }

  private func note(_ operation: Int32, of request: Int32, _ pdu: UnsafeMutablePointer<netsnmp_pdu>?) {
    switch operation {
    case NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE:
      if let pdu = unsafe pdu { unsafe note(pdu, of: request) }
    case NETSNMP_CALLBACK_OP_TIMED_OUT where request == pending: events.append(.timedOut)
    case NETSNMP_CALLBACK_OP_RESEND where request == pending: events.append(.resent)
    case NETSNMP_CALLBACK_OP_SEC_ERROR where request == pending: events.append(.refused)
    default: break
    }
  }

  /// A report may come without the number of the request it is about.
  private func note(_ pdu: UnsafeMutablePointer<netsnmp_pdu>, of request: Int32) {
    switch unsafe Int(pdu.pointee.command) {
    case REDEYE_SNMP_RESPONSE where request == pending: unsafe events.append(.response(Response(pdu, bytes: size)))
    case REDEYE_SNMP_REPORT: unsafe events.append(.report(Report(pdu)))
    default: break
    }
  }
}
