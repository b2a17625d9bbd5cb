import CNetSNMP
import Glibc

/// The engine of version 3.
extension EngineSession {
  /// Asks an agent of version 3 for its engine: an empty request of nobody. The answer is a report, after which
  /// `engine` is known (RFC 3414 section 4).
  func discover() throws(SNMPError) {
    guard let pdu = unsafe snmp_pdu_create(Int32(REDEYE_SNMP_GET)) else {
      throw SNMPError(.local, "out of memory")
    }
    unsafe pdu.pointee.version = EngineSession.version
    unsafe pdu.pointee.securityName = strdup("")
    unsafe pdu.pointee.securityNameLen = 0
    unsafe pdu.pointee.securityLevel = SNMP_SEC_LEVEL_NOAUTH
    unsafe pdu.pointee.securityModel = SNMP_SEC_MODEL_USM
    try unsafe send(pdu)
  }

  /// Tells the library the user of the engine, with the keys localised to it; an engine of an earlier run with the
  /// time it should have by now.
  func signIn(_ remembered: KnownEngine?) throws(SNMPError) {
    if let remembered { remember(remembered) }
    guard unsafe usm_create_user_from_session(snmp_sess_session(handle)) == SNMPERR_SUCCESS else {
      throw SNMPError(.local, "cannot make the keys of the user for the agent's engine")
    }
  }

  private func remember(_ engine: KnownEngine) {
    forgetEngine()
    let session = unsafe snmp_sess_session(handle)
    unsafe session?.pointee.securityEngineID = EngineSession.copy(engine.id)
    unsafe session?.pointee.securityEngineIDLen = engine.id.count
    unsafe session?.pointee.contextEngineID = EngineSession.copy(engine.id)
    unsafe session?.pointee.contextEngineIDLen = engine.id.count
    unsafe set_enginetime(engine.id, UInt32(engine.id.count), engine.boots, engine.time, 1)
  }

  private static func copy(_ id: [UInt8]) -> UnsafeMutablePointer<UInt8>? {
    let copy = unsafe malloc(id.count)?.bindMemory(to: UInt8.self, capacity: id.count)
    for (index, byte) in id.enumerated() { unsafe copy?[index] = byte }
    return unsafe copy
  }

  /// The next question for the engine begins anew, and so does its clock.
  func forgetEngine() {
    guard let session = unsafe snmp_sess_session(handle) else { return }
    if var id = engine { unsafe free_enginetime(&id, id.count) }
    unsafe free(session.pointee.securityEngineID)
    unsafe free(session.pointee.contextEngineID)
    unsafe session.pointee.securityEngineID = nil
    unsafe session.pointee.securityEngineIDLen = 0
    unsafe session.pointee.contextEngineID = nil
    unsafe session.pointee.contextEngineIDLen = 0
    // With it the library makes no user for the next engine.
    unsafe session.pointee.flags &= ~UInt(SNMP_FLAGS_USER_CREATED)
  }

  /// The engine of the agent, once discovered.
  var engine: [UInt8]? {
    let session = unsafe snmp_sess_session(handle).pointee
    guard unsafe session.securityEngineIDLen > 0, let start = unsafe session.securityEngineID else { return nil }
    return unsafe Array(UnsafeBufferPointer(start: start, count: session.securityEngineIDLen))
  }

  /// The engine with its clock as it stands now.
  var knownEngine: KnownEngine? {
    guard let id = engine else { return nil }
    var boots: UInt32 = 0
    var time: UInt32 = 0
    _ = unsafe get_enginetime(id, UInt32(id.count), &boots, &time, 1)
    return KnownEngine(id: id, boots: boots, time: time)
  }
}
