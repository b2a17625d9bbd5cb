import CNetSNMP

/// A user of version 3 that signs with SHA-1 and hides with AES-128, with the keys of one engine (RFC 3414, RFC 3826).
package struct SecuredUser: Sendable {
  package let name: String
  let engine: [UInt8]
  private let signing: [UInt8]
  private let hiding: [UInt8]
  private static let sha1: [oid] = [1, 3, 6, 1, 6, 3, 10, 1, 1, 3]
  private static let aes128: [oid] = [1, 3, 6, 1, 6, 3, 10, 1, 2, 4]

  /// Keys of passwords take the hash of a megabyte each, so agents of one farm share those of `Passwords`.
  package struct Passwords: Sendable {
    fileprivate let signing: [UInt8]
    fileprivate let hiding: [UInt8]

    package init(signing: String, hiding: String) {
      self.signing = SecuredUser.key(signing)
      self.hiding = SecuredUser.key(hiding)
    }
  }

  package init(name: String, _ passwords: Passwords, engine: [UInt8]) {
    self.name = name
    self.engine = engine
    signing = SecuredUser.localised(passwords.signing, engine)
    hiding = SecuredUser.localised(passwords.hiding, engine)
  }

  private static func key(_ password: String) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: 64)
    var length = key.count
    let text = Array(password.utf8)
    _ = unsafe generate_Ku(sha1, UInt32(sha1.count), text, text.count, &key, &length)
    return Array(key.prefix(length))
  }

  private static func localised(_ key: [UInt8], _ engine: [UInt8]) -> [UInt8] {
    var local = [UInt8](repeating: 0, count: 64)
    var length = local.count
    _ = unsafe generate_kul(sha1, UInt32(sha1.count), engine, engine.count, key, key.count, &local, &length)
    return Array(local.prefix(length))
  }

  /// The 96 bits under a message whose place for them holds zeros.
  func signature(_ message: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: 64)
    var length = 12
    _ = unsafe sc_generate_keyed_hash(
      Self.sha1, Self.sha1.count, signing, UInt32(signing.count), message, UInt32(message.count), &code, &length)
    return Array(code.prefix(12))
  }

  func hidden(_ plain: [UInt8], boots: Int, time: Int, salt: [UInt8]) -> [UInt8] {
    var key = Array(hiding.prefix(16))
    var start = SecuredUser.start(boots, time, salt)
    var text = [UInt8](repeating: 0, count: plain.count + 16)
    var length = text.count
    _ = unsafe sc_encrypt(
      Self.aes128, Self.aes128.count, &key, 16, &start, 16, plain, UInt32(plain.count), &text, &length)
    return Array(text.prefix(length))
  }

  func shown(_ text: [UInt8], boots: Int, time: Int, salt: [UInt8]) -> [UInt8] {
    var key = Array(hiding.prefix(16))
    var start = SecuredUser.start(boots, time, salt)
    var text = text
    var plain = [UInt8](repeating: 0, count: text.count + 16)
    var length = plain.count
    _ = unsafe sc_decrypt(
      Self.aes128, Self.aes128.count, &key, 16, &start, 16, &text, UInt32(text.count), &plain, &length)
    return Array(plain.prefix(length))
  }

  /// RFC 3826 section 3.1.2.1.
  private static func start(_ boots: Int, _ time: Int, _ salt: [UInt8]) -> [UInt8] {
    [boots, time].flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } } + salt
  }
}
