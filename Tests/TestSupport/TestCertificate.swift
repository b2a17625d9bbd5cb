import Foundation

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
    let texts = try ([certificate] + (authority.map { [$0.certificate] } ?? []))
      .map { try String(contentsOfFile: $0, encoding: .utf8) }
    try texts.joined().write(toFile: chain, atomically: true, encoding: .utf8)
  }
}
