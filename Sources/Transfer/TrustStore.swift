internal import CSSL
internal import Glibc

/// Whom to trust: the authorities of the system, and those of a file.
///
/// The system's are read one by one when a chain needs them (`/etc/ssl/certs` by hash), so a store costs nothing until
/// then: reading all of them takes 40 ms. Nothing in the environment counts.
///
/// `@unchecked` because OpenSSL locks a store itself, and nothing here changes it.
@safe final class TrustStore: @unchecked Sendable {
  let pointer: OpaquePointer

  /// `authorities` is a PEM file of certificates, and of revocation lists if it has any; throws where it cannot be used.
  init(authorities: String?) throws(TransferFailure) {
    ERR_clear_error()
    guard let store = unsafe X509_STORE_new() else { throw TransferFailure(.local, "OpenSSL has no memory") }
    unsafe pointer = store
    unsafe TrustStore.addSystem(to: store)
    // As libcurl does: what is trusted by name need not be a root.
    _ = unsafe X509_STORE_set_flags(store, UInt(X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN))
    guard let authorities else { return }
    guard unsafe X509_STORE_load_file(store, authorities) == 1 else {
      throw TransferFailure(.local, "no authorities can be read from \(authorities): \(opensslReason())")
    }
    if unsafe redeye_has_revocations(store) != 0 {
      _ = unsafe X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK))
    }
  }

  deinit { unsafe X509_STORE_free(pointer) }

  private static func addSystem(to store: OpaquePointer) {
    guard let folder = unsafe X509_get_default_cert_dir(), let file = unsafe X509_get_default_cert_file() else {
      return
    }
    if unsafe isHashed(String(cString: folder)) {
      _ = unsafe X509_STORE_load_path(store, folder)
    } else {
      _ = unsafe X509_STORE_load_file(store, file)
    }
  }

  /// Whether authorities can be found in a folder by their hash, as c_rehash(1) links them.
  private static func isHashed(_ folder: String) -> Bool {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    return unsafe glob("\(folder)/????????.0", GLOB_NOSORT, nil, &found) == 0
  }
}

/// The stores of one round of transfers, each made once.
final class TrustBook {
  private var stores: [String?: TrustStore] = [:]

  func store(_ authorities: String?) throws(TransferFailure) -> TrustStore {
    if let store = stores[authorities] { return store }
    let store = try TrustStore(authorities: authorities)
    stores[authorities] = store
    return store
  }
}

/// What OpenSSL said last on this thread.
func opensslReason() -> String {
  let code = ERR_get_error()
  guard code != 0, let text = unsafe ERR_reason_error_string(code) else { return "no reason given" }
  return unsafe String(cString: text)
}
