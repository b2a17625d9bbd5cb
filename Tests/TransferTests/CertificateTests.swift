import Foundation
import TestSupport
import Testing
import Transfer

struct CertificateTests {
  @Test func `a good certificate of a trusted authority passes, and the chain's earliest expiry is told`() throws {
    let folder = try TemporaryFolder()
    let authority = try TestCertificate(
      in: folder.path, named: "ca", host: "authority.example", days: 10, isAuthority: true)
    let certificate = try TestCertificate(in: folder.path, named: "server", days: 90, signedBy: authority)
    let nginx = try NginxServer(certificate: certificate)
    let result = fetch(HTTPRequest(url: nginx.url(), authorities: authority.certificate))
    #expect(result.failure == nil)
    #expect(result.status == 200)
    #expect(try #require(result.timings.tls) > 0)
    let report = try #require(result.tls)
    #expect(report.faults.isEmpty)
    #expect(report.version == "TLSv1.2")
    #expect(report.cipher.hasPrefix("ECDHE-"))
    #expect(report.chain.map(\.subject) == ["CN=localhost", "CN=authority.example"])
    #expect(report.chain.map(\.issuer) == ["CN=authority.example", "CN=authority.example"])
    let expiry = try #require(report.firstToExpire)
    #expect(expiry.subject == "CN=authority.example")
    #expect(abs(Double(expiry.notAfter) - Date().timeIntervalSince1970 - 10 * 86_400) < 120)
  }

  @Test func `an expired certificate fails as such, and its expiry is told all the same`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "old", days: -1)
    let nginx = try NginxServer(certificate: certificate)
    let result = fetch(HTTPRequest(url: nginx.url(), authorities: certificate.certificate))
    #expect(result.status == nil)
    #expect(result.failure?.kind == .expired)
    #expect(result.failure?.message.contains("certificate has expired") == true)
    #expect(try #require(result.tls?.firstToExpire).notAfter < Int(Date().timeIntervalSince1970))
    #expect(nginx.accessLog().isEmpty)
  }

  @Test func `a self-signed certificate nobody trusts fails as such`() throws {
    let folder = try TemporaryFolder()
    let nginx = try NginxServer(certificate: TestCertificate(in: folder.path, named: "own"))
    let result = fetch(HTTPRequest(url: nginx.url()))
    #expect(result.failure?.kind == .selfSigned)
    #expect(result.failure?.message.contains("self-signed certificate") == true)
    #expect(result.tls?.faults.map(\.kind) == [.selfSigned])
    let unverified = fetch(HTTPRequest(url: nginx.url(), verifyTLS: false))
    #expect(unverified.failure == nil)
    #expect(unverified.status == 200)
    #expect(unverified.tls?.faults.map(\.kind) == [.selfSigned], "told, and not acted on")
  }

  @Test func `a certificate of another name fails as such`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "other", host: "www.example.org")
    let nginx = try NginxServer(certificate: certificate)
    let result = fetch(HTTPRequest(url: nginx.url(), authorities: certificate.certificate))
    #expect(result.failure?.kind == .wrongName)
    #expect(result.failure?.message.hasSuffix("it is for DNS:www.example.org and not for localhost") == true)
  }

  @Test func `TLS to a server that speaks none is a failure of TLS`() throws {
    let nginx = try NginxServer()
    let result = fetch(HTTPRequest(url: nginx.url().replacing("http:", with: "https:")))
    #expect(result.failure?.kind == .tls)
    #expect(result.tls == nil)
  }

  @Test func `a missing file of authorities is this machine's fault, not the peer's`() throws {
    let folder = try TemporaryFolder()
    let nginx = try NginxServer(certificate: TestCertificate(in: folder.path, named: "own"))
    let result = fetch(HTTPRequest(url: nginx.url(), authorities: "/nowhere/ca.pem"))
    #expect(result.failure?.kind == .local)
    #expect(result.failure?.message.contains("/nowhere/ca.pem") == true)
  }
}
