import Foundation
import TestSupport
import Testing
import Transfer

@testable import struct Transfer.Certificate

struct CertificateTests {
  @Test(arguments: [
    ("Nov 22 13:35:00 2026 GMT", 1_795_354_500), ("Jan  1 00:00:00 1970 GMT", 0),
    ("2026-11-22 13:35:00 GMT", 1_795_354_500), ("Feb 29 23:59:59 2028 GMT", 1_835_481_599),
  ])
  func `an expiry date is read as either TLS library prints it`(text: String, seconds: Int) {
    #expect(Certificate.seconds(text) == seconds)
  }

  @Test(arguments: ["", "Foo 22 13:35:00 2026 GMT", "2026-11-22", "Nov 99 13:35:00 2026 GMT", "2026-11-22 13:35 GMT"])
  func `what is no date is none`(text: String) {
    #expect(Certificate.seconds(text) == nil)
  }

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
    let expiry = try #require(result.certificate)
    #expect(expiry.subject.contains("authority.example"))
    #expect(abs(Double(expiry.notAfter) - Date().timeIntervalSince1970 - 10 * 86_400) < 120)
  }

  @Test func `an expired certificate fails as such, and its expiry is told all the same`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "old", days: -1)
    let nginx = try NginxServer(certificate: certificate)
    let result = fetch(HTTPRequest(url: nginx.url(), authorities: certificate.certificate))
    #expect(result.status == nil)
    #expect(result.failure?.kind == .tls)
    #expect(result.failure?.message.contains("certificate has expired") == true)
    #expect(try #require(result.certificate).notAfter < Int(Date().timeIntervalSince1970))
    #expect(nginx.accessLog().isEmpty, "the second look asks for nothing")
  }

  @Test func `a self-signed certificate nobody trusts fails as such`() throws {
    let folder = try TemporaryFolder()
    let nginx = try NginxServer(certificate: TestCertificate(in: folder.path, named: "own"))
    let result = fetch(HTTPRequest(url: nginx.url()))
    #expect(result.failure?.kind == .tls)
    #expect(result.failure?.message.contains("self-signed certificate") == true)
    #expect(result.certificate != nil)
    let unverified = fetch(HTTPRequest(url: nginx.url(), verifyTLS: false))
    #expect(unverified.failure == nil)
    #expect(unverified.certificate != nil)
  }

  @Test func `a certificate of another name fails as such`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "other", host: "www.example.org")
    let nginx = try NginxServer(certificate: certificate)
    let result = fetch(HTTPRequest(url: nginx.url(), authorities: certificate.certificate))
    #expect(result.failure?.kind == .tls)
    #expect(
      result.failure?.message.contains("does not match") == true || result.failure?.message.contains("matches") == true)
  }

  @Test func `TLS to a server that speaks none is a failure of TLS`() throws {
    let nginx = try NginxServer()
    let result = fetch(HTTPRequest(url: nginx.url().replacing("http:", with: "https:")))
    #expect(result.failure?.kind == .tls)
    #expect(result.certificate == nil)
  }

  @Test func `a missing file of authorities is this machine's fault, not the peer's`() throws {
    let folder = try TemporaryFolder()
    let nginx = try NginxServer(certificate: TestCertificate(in: folder.path, named: "own"))
    let result = fetch(HTTPRequest(url: nginx.url(), authorities: "/nowhere/ca.pem"))
    #expect(result.failure?.kind == .local)
    #expect(result.failure?.message.contains("/nowhere/ca.pem") == true)
  }
}
