import Foundation
import TestSupport
import Testing
import Transfer

/// Every way a certificate can be bad, over HTTP and over a bare connection: both find the same.
struct TLSMatrixTests {
  enum Case: String, CaseIterable {
    case good, expired, expiredIntermediate, notYetValid, wrongName, selfSigned, unknownIssuer, missingIntermediate,
      revoked, expiredAndWrong
  }

  struct Setting {
    var certificate: TestCertificate
    var authorities: String?
    var expected: [TransferFailure.Kind]
  }

  private func setting(_ kind: Case, in folder: String) throws -> Setting {
    let root = try TestCertificate(in: folder, named: "root", host: "root.example", days: 100, isAuthority: true)
    func middle(_ days: Int) throws -> TestCertificate {
      try TestCertificate(
        in: folder, named: "middle", host: "middle.example", days: days, isAuthority: true, signedBy: root)
    }
    func leaf(_ days: Int = 90, host: String = "localhost", by signer: TestCertificate?) throws -> TestCertificate {
      try TestCertificate(in: folder, named: "leaf", host: host, days: days, signedBy: signer)
    }
    let trust = root.certificate
    switch kind {
    case .good: return Setting(certificate: try leaf(by: middle(50)), authorities: trust, expected: [])
    case .expired: return Setting(certificate: try leaf(-1, by: middle(50)), authorities: trust, expected: [.expired])
    case .expiredIntermediate:
      return Setting(certificate: try leaf(by: middle(-1)), authorities: trust, expected: [.expired])
    case .notYetValid:
      let own = try TestCertificate(in: folder, named: "later", beginsInDays: 3)
      return Setting(certificate: own, authorities: own.certificate, expected: [.notYetValid])
    case .wrongName:
      let own = try leaf(host: "www.example.org", by: middle(50))
      return Setting(certificate: own, authorities: trust, expected: [.wrongName])
    case .selfSigned: return Setting(certificate: try leaf(by: nil), authorities: nil, expected: [.selfSigned])
    case .unknownIssuer:
      let own = try leaf(by: root)
      try own.forgetIssuer()
      return Setting(certificate: own, authorities: nil, expected: [.unknownIssuer])
    case .missingIntermediate:
      let own = try leaf(by: middle(50))
      try own.forgetIssuer()
      return Setting(certificate: own, authorities: trust, expected: [.unknownIssuer])
    case .revoked:
      let own = try leaf(by: root)
      return Setting(certificate: own, authorities: try root.revoking(own, in: folder), expected: [.revoked])
    case .expiredAndWrong:
      let own = try leaf(-1, host: "www.example.org", by: middle(50))
      return Setting(certificate: own, authorities: trust, expected: [.expired, .wrongName])
    }
  }

  @Test(arguments: Case.allCases)
  func `each fault of a certificate has its own name, whatever is spoken in TLS`(kind: Case) throws {
    let folder = try TemporaryFolder()
    let setting = try setting(kind, in: folder.path)
    let nginx = try NginxServer(certificate: setting.certificate)
    let web = fetch(HTTPRequest(url: nginx.url(), authorities: setting.authorities))
    let bare = converse(
      Dialogue(
        address: "127.0.0.1", port: nginx.port, name: "localhost", steps: [.secure], authorities: setting.authorities))
    for (report, failure) in [(web.tls, web.failure), (bare.report, bare.failure)] {
      let faults = try #require(report).faults
      #expect(faults.map(\.kind) == setting.expected, "\(faults)")
      #expect(failure?.kind == setting.expected.first, "\(failure?.description ?? "")")
      #expect(report?.chain.first?.subject.hasPrefix("CN=") == true)
    }
  }

  @Test func `the first of the chain to expire counts, also an intermediate`() throws {
    let folder = try TemporaryFolder()
    let setting = try setting(.good, in: folder.path)
    let nginx = try NginxServer(certificate: setting.certificate)
    let report = try #require(fetch(HTTPRequest(url: nginx.url(), authorities: setting.authorities)).tls)
    #expect(report.chain.map(\.subject) == ["CN=localhost", "CN=middle.example", "CN=root.example"])
    #expect(report.firstToExpire?.subject == "CN=middle.example")
  }

  @Test func `an address is found in a certificate or not, like a name`() throws {
    let folder = try TemporaryFolder()
    let setting = try setting(.good, in: folder.path)
    let nginx = try NginxServer(certificate: setting.certificate)
    let url = "https://127.0.0.1:\(nginx.port)/"
    let failure = fetch(HTTPRequest(url: url, authorities: setting.authorities)).failure
    #expect(failure?.kind == .wrongName)
    #expect(failure?.message.contains("not for 127.0.0.1") == true)
  }

  @Test func `the version that was agreed on is told`() throws {
    let folder = try TemporaryFolder()
    let setting = try setting(.good, in: folder.path)
    let nginx = try NginxServer("ssl_protocols TLSv1.3;", certificate: setting.certificate)
    let report = fetch(HTTPRequest(url: nginx.url(), authorities: setting.authorities)).tls
    #expect(report?.version == "TLSv1.3")
    #expect(report?.cipher.hasPrefix("TLS_") == true)
  }
}
