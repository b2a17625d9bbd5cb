import CNetSNMP

/// The keys made from a user's passwords, before they are localised to an engine.
struct Keys {
  private struct Key {
    var method: [oid]
    var bytes: [UInt8]
  }

  private var authentication: Key?
  private var privacy: Key?

  fileprivate init(_ user: User, in cache: inout KeyCache) throws(SNMPError) {
    guard let authenticating = user.authentication else {
      if user.privacy != nil {
        throw SNMPError(.local, "privacy needs an authentication password too (RFC 3414 section 1.4.3)")
      }
      return
    }
    let hash = try Keys.method(authenticating.method)
    authentication = Key(method: hash, bytes: try cache.key(authenticating.password, hash, for: "authentication"))
    if let encrypting = user.privacy {
      let method = try Keys.method(encrypting.method)
      privacy = Key(method: method, bytes: try cache.key(encrypting.password, hash, for: "privacy"))
    }
  }

  private static func method(_ method: User.Authentication) throws(SNMPError) -> [oid] {
    let number =
      switch method {
      case .md5: NETSNMP_USMAUTH_HMACMD5
      case .sha1: NETSNMP_USMAUTH_HMACSHA1
      case .sha224: NETSNMP_USMAUTH_HMAC128SHA224
      case .sha256: NETSNMP_USMAUTH_HMAC192SHA256
      case .sha384: NETSNMP_USMAUTH_HMAC256SHA384
      case .sha512: NETSNMP_USMAUTH_HMAC384SHA512
      }
    return try unsafe Keys.name(method.rawValue) { length in unsafe sc_get_auth_oid(number, length) }
  }

  /// AES with 192 and 256 bits stretches the key as draft-blumenthal-aes-usm-04 says, if not told otherwise.
  private static func method(_ method: User.Privacy) throws(SNMPError) -> [oid] {
    let number =
      switch method {
      case .des: USM_CREATE_USER_PRIV_DES
      case .aes128: USM_CREATE_USER_PRIV_AES
      case .aes192: USM_CREATE_USER_PRIV_AES | USM_AES_FLAG_192
      case .aes256: USM_CREATE_USER_PRIV_AES | USM_AES_FLAG_256
      case .aes192Reeder: USM_CREATE_USER_PRIV_AES | USM_AES_FLAG_192 | USM_AES_FLAG_CISCO | USM_AES_REEDER_FLAG
      case .aes256Reeder: USM_CREATE_USER_PRIV_AES | USM_AES_FLAG_256 | USM_AES_FLAG_CISCO | USM_AES_REEDER_FLAG
      }
    return try unsafe Keys.name(method.rawValue) { length in unsafe sc_get_priv_oid(number, length) }
  }

  private static func name(
    _ method: String, _ lookUp: (UnsafeMutablePointer<Int>) -> UnsafeMutablePointer<oid>?
  ) throws(SNMPError) -> [oid] {
    var length = 0
    guard let name = unsafe lookUp(&length) else {
      throw SNMPError(.local, "this machine's net-snmp was built without \(method)")
    }
    return unsafe Array(UnsafeBufferPointer(start: name, count: length))
  }

  /// Puts the keys into a session that is about to be opened.
  func copy(into session: inout netsnmp_session) {
    unsafe session.securityLevel = SNMP_SEC_LEVEL_NOAUTH
    if let authentication {
      unsafe session.securityLevel = SNMP_SEC_LEVEL_AUTHNOPRIV
      unsafe session.securityAuthProto = snmp_duplicate_objid(authentication.method, authentication.method.count)
      unsafe session.securityAuthProtoLen = authentication.method.count
      unsafe session.securityAuthKeyLen = authentication.bytes.count
      unsafe withUnsafeMutableBytes(of: &session.securityAuthKey) { unsafe $0.copyBytes(from: authentication.bytes) }
    }
    if let privacy {
      unsafe session.securityLevel = SNMP_SEC_LEVEL_AUTHPRIV
      unsafe session.securityPrivProto = snmp_duplicate_objid(privacy.method, privacy.method.count)
      unsafe session.securityPrivProtoLen = privacy.method.count
      unsafe session.securityPrivKeyLen = privacy.bytes.count
      unsafe withUnsafeMutableBytes(of: &session.securityPrivKey) { unsafe $0.copyBytes(from: privacy.bytes) }
    }
  }
}

/// Keys already made: each costs the hash of a megabyte (RFC 3414 appendix A.2).
struct KeyCache {
  private struct Source: Hashable {
    var password: String
    var hash: [oid]
  }

  private var known: [Source: [UInt8]] = [:]

  mutating func keys(for user: User) throws(SNMPError) -> Keys { try Keys(user, in: &self) }

  fileprivate mutating func key(_ password: String, _ hash: [oid], for purpose: String) throws(SNMPError) -> [UInt8] {
    let source = Source(password: password, hash: hash)
    if let key = known[source] { return key }
    guard password.utf8.count >= USM_LENGTH_P_MIN else {
      throw SNMPError(
        .local, "the \(purpose) password has under \(USM_LENGTH_P_MIN) characters (RFC 3414 section 11.2)")
    }
    let key = try KeyCache.made(Array(password.utf8), hash)
    known[source] = key
    return key
  }

  private static func made(_ password: [UInt8], _ hash: [oid]) throws(SNMPError) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: Int(USM_AUTH_KU_LEN))
    var length = key.count
    let status = unsafe generate_Ku(hash, UInt32(hash.count), password, password.count, &key, &length)
    guard status == SNMPERR_SUCCESS else { throw SNMPError(.local, "cannot make a key of the password") }
    return Array(key.prefix(length))
  }
}
