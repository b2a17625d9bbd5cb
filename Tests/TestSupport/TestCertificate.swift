import Foundation
import Glibc

/// A certificate made by openssl, and its key, as PEM files.
package struct TestCertificate: Sendable {
  package let certificate: String
  package let key: String
  /// The certificate and, after it, the one that signed it: what a server sends.
  package let chain: String

  /// Self-signed where nobody signs it. `days` may be -1: expired yesterday.
  package init(
    in folder: String, named name: String, host: String = "localhost", days: Int = 30,
    isAuthority: Bool = false, signedBy authority: TestCertificate? = nil
  ) throws {
    let request = "\(folder)/\(name).csr"
    certificate = "\(folder)/\(name).pem"
    key = "\(folder)/\(name).key"
    chain = "\(folder)/\(name).chain"
    try run([
      "openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
      "-out", request, "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)",
      "-addext", "basicConstraints=critical,CA:\(isAuthority ? "TRUE" : "FALSE")",
    ])
    let signer =
      authority.map {
        ["-CA", $0.certificate, "-CAkey", $0.key, "-set_serial", "\(Int.random(in: 1...1_000_000_000))"]
      }
      ?? ["-signkey", key]
    try run(
      [
        "openssl", "x509", "-req", "-in", request, "-days", "\(days)", "-copy_extensions", "copyall", "-out",
        certificate,
      ]
        + signer)
    try writeChain(with: authority)
  }

  /// Self-signed, and good from so many days on.
  package init(in folder: String, named name: String, host: String = "localhost", beginsInDays days: Int) throws {
    try self.init(in: folder, named: name, host: host)
    let begin = Date(timeIntervalSinceNow: Double(days) * 86_400)
    try ca(
      folder, ["-selfsign", "-keyfile", key, "-in", "\(folder)/\(name).csr", "-out", certificate],
      ["-startdate", TestCertificate.stamp(begin), "-enddate", TestCertificate.stamp(begin + 30 * 86_400)])
    try writeChain(with: nil)
  }

  /// The list of revoked certificates of this authority, with one in it, after the authority itself: a PEM file.
  package func revoking(_ certificate: TestCertificate, in folder: String) throws -> String {
    let own = ["-cert", self.certificate, "-keyfile", key]
    try ca(folder, own + ["-revoke", certificate.certificate])
    try ca(folder, own + ["-gencrl", "-crldays", "30", "-out", "\(folder)/list.pem"])
    let both = try [self.certificate, "\(folder)/list.pem"].map { try String(contentsOfFile: $0, encoding: .utf8) }
    try both.joined().write(toFile: "\(folder)/revoking.pem", atomically: true, encoding: .utf8)
    return "\(folder)/revoking.pem"
  }

  /// What a server sends is the certificate alone from now on.
  package func forgetIssuer() throws { try writeChain(with: nil) }

  private func ca(_ folder: String, _ arguments: [String], _ more: [String] = []) throws {
    let configuration = "\(folder)/ca.conf"
    try """
    [ca]
    default_ca = own
    [own]
    database = \(folder)/index.txt
    new_certs_dir = \(folder)
    rand_serial = yes
    default_md = sha256
    policy = any
    copy_extensions = copyall
    unique_subject = no
    [any]
    commonName = supplied
    """.write(toFile: configuration, atomically: true, encoding: .utf8)
    if !FileManager.default.fileExists(atPath: "\(folder)/index.txt") {
      try "".write(toFile: "\(folder)/index.txt", atomically: true, encoding: .utf8)
    }
    try run(["openssl", "ca", "-batch", "-notext", "-config", configuration] + arguments + more)
  }

  private static func stamp(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970)
    var parts = unsafe tm()
    _ = unsafe gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { String(format: "%02d", number) }
    return unsafe "\(parts.tm_year + 1900)\(two(parts.tm_mon + 1))\(two(parts.tm_mday))000000Z"
  }

  private func writeChain(with authority: TestCertificate?) throws {
    let texts = try ([certificate] + (authority.map { [$0.certificate] } ?? []))
      .map { try String(contentsOfFile: $0, encoding: .utf8) }
    try texts.joined().write(toFile: chain, atomically: true, encoding: .utf8)
  }
}
