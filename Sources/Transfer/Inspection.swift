internal import CSSL
internal import Glibc

/// Looks at the chain of one peer while OpenSSL verifies it, and remembers everything that is wrong with it.
///
/// OpenSSL holds this object's address until its session or context is freed, so the owner of that keeps it.
final class Inspection {
  /// The name the peer must have: a name or an address; `nil` asks for none.
  var host: String?
  private(set) var report = TLSReport()
  private var faults: [CertificateFault] = []

  init(host: String? = nil) { self.host = host }

  /// Makes a context verify with this.
  func watch(_ context: OpaquePointer, trusting store: TrustStore) {
    unsafe SSL_CTX_set1_cert_store(context, store.pointer)
    unsafe SSL_CTX_set_cert_verify_callback(
      context,
      { verification, owner in
        guard let verification = unsafe verification, let owner = unsafe owner else { return 0 }
        let inspection = unsafe Unmanaged<Inspection>.fromOpaque(owner).takeUnretainedValue()
        return unsafe inspection.look(at: verification) ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
    // The information callback has no owner of its own; place 0 is for applications.
    _ = unsafe SSL_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(self).toOpaque())
    unsafe SSL_CTX_set_info_callback(
      context,
      { session, event, _ in
        guard event & SSL_CB_HANDSHAKE_DONE != 0, let session = unsafe session,
          let owner = unsafe SSL_CTX_get_ex_data(SSL_get_SSL_CTX(session), 0)
        else { return }
        unsafe Unmanaged<Inspection>.fromOpaque(owner).takeUnretainedValue().agree(session)
      })
  }

  private func agree(_ session: OpaquePointer) {
    report.version = unsafe SSL_get_version(session).map { unsafe String(cString: $0) } ?? ""
    report.cipher = unsafe SSL_CIPHER_get_name(SSL_get_current_cipher(session)).map { unsafe String(cString: $0) } ?? ""
  }

  private func look(at verification: OpaquePointer) -> Bool {
    faults = []
    unsafe X509_STORE_CTX_set_ex_data(verification, 0, Unmanaged.passUnretained(self).toOpaque())
    unsafe X509_STORE_CTX_set_verify_cb(
      verification,
      { isGood, verification in
        guard isGood == 0, let verification = unsafe verification,
          let owner = unsafe X509_STORE_CTX_get_ex_data(verification, 0)
        else { return isGood }
        unsafe Unmanaged<Inspection>.fromOpaque(owner).takeUnretainedValue().note(verification)
        // On with it: an expired certificate may have another name, too.
        return 1
      })
    let isDone = unsafe X509_verify_cert(verification) == 1
    unsafe checkName(X509_STORE_CTX_get0_cert(verification))
    let verified = unsafe certificates(X509_STORE_CTX_get0_chain(verification))
    let sent = unsafe certificates(X509_STORE_CTX_get0_untrusted(verification))
    report.chain = faults.isEmpty || sent.count < verified.count ? verified : sent
    report.faults = faults
    if !faults.isEmpty, unsafe X509_STORE_CTX_get_error(verification) == X509_V_OK {
      unsafe X509_STORE_CTX_set_error(verification, X509_V_ERR_CERT_REJECTED)
    }
    return isDone && faults.isEmpty
  }

  private func note(_ verification: OpaquePointer) {
    let code = unsafe X509_STORE_CTX_get_error(verification)
    // A list of revoked certificates counts for whom it is of.
    if code == X509_V_ERR_UNABLE_TO_GET_CRL { return unsafe X509_STORE_CTX_set_error(verification, X509_V_OK) }
    let subject = unsafe X509_STORE_CTX_get_current_cert(verification).map { unsafe Certificate($0).subject }
    let reason = unsafe String(cString: X509_verify_cert_error_string(Int(code)))
    let fault = CertificateFault(Inspection.kind(of: code), subject.map { "\(reason) (\($0))" } ?? reason)
    if !faults.contains(fault) { faults.append(fault) }
  }

  private static func kind(of code: Int32) -> TransferFailure.Kind {
    switch code {
    case X509_V_ERR_CERT_HAS_EXPIRED: .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: .selfSigned
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
      X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED:
      .unknownIssuer
    case X509_V_ERR_CERT_REVOKED: .revoked
    case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: .wrongName
    default: .tls
    }
  }

  private func checkName(_ certificate: OpaquePointer?) {
    guard let host, let certificate = unsafe certificate else { return }
    let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
    let fits =
      isAddress
      ? unsafe X509_check_ip_asc(certificate, host, 0)
      : unsafe X509_check_host(certificate, host, 0, 0, nil)
    guard fits != 1 else { return }
    let names = unsafe Certificate.names(of: certificate)
    faults.append(CertificateFault(.wrongName, "it is for \(names) and not for \(host)"))
  }

  private func certificates(_ chain: OpaquePointer?) -> [Certificate] {
    let count = unsafe redeye_chain_count(chain)
    return (0..<count).compactMap { place in
      unsafe redeye_chain_certificate(chain, place).map { unsafe Certificate($0) }
    }
  }
}

extension Certificate {
  /// Texts of the peer are cut, dates that cannot be read are 1970.
  fileprivate init(_ certificate: OpaquePointer) {
    self.init(
      subject: unsafe Certificate.text { unsafe redeye_print_name($0, X509_get_subject_name(certificate)) },
      issuer: unsafe Certificate.text { unsafe redeye_print_name($0, X509_get_issuer_name(certificate)) },
      notBefore: unsafe Certificate.seconds(X509_get0_notBefore(certificate)),
      notAfter: unsafe Certificate.seconds(X509_get0_notAfter(certificate)))
  }

  /// What it is for, such as `DNS:www.example.org, IP Address:192.0.2.1`; its subject where it does not say.
  fileprivate static func names(of certificate: OpaquePointer) -> String {
    let place = unsafe X509_get_ext_by_NID(certificate, NID_subject_alt_name, -1)
    guard place >= 0, let names = unsafe X509_get_ext(certificate, place) else {
      return unsafe Certificate(certificate).subject
    }
    return unsafe text { unsafe X509V3_EXT_print($0, names, 0, 0) }
  }

  private static func text(_ write: (OpaquePointer) -> Int32) -> String {
    guard let output = unsafe BIO_new(BIO_s_mem()) else { return "" }
    defer { unsafe BIO_free(output) }
    guard unsafe write(output) >= 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: 1_000)
    let count = unsafe BIO_read(output, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix(Int(max(0, count))), as: UTF8.self)
  }

  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int {
    var parts = unsafe tm()
    return unsafe ASN1_TIME_to_tm(time, &parts) == 1 ? unsafe timegm(&parts) : 0
  }
}
