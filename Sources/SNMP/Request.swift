/// One PDU to send.
struct Request: Hashable {
  enum Kind: Hashable {
    case get
    case next
    /// Rows to return of each object.
    case bulk(Int)
  }

  var kind: Kind
  var oids: [OID]
}

/// One PDU that came back.
struct Response: Hashable {
  /// The error-status of RFC 3416 section 3; some codes only agents of version 1 send.
  enum Status: Int {
    case noError = 0
    case tooBig = 1
    case noSuchName = 2
    case genErr = 5
    case noAccess = 6
    case authorizationError = 16
  }

  var status: Int
  /// Counted from 1; 0 for the request as a whole.
  var index: Int
  var bindings: Bindings
  /// Bytes of the datagram.
  var bytes: Int

  /// Where the agent's error points, as a position in the request.
  func position(in count: Int) -> Int? { (1...max(1, count)).contains(index) && count > 0 ? index - 1 : nil }

  func error(at oid: OID?) -> SNMPError {
    switch Status(rawValue: status) {
    case .noAccess, .authorizationError:
      SNMPError(.denied, at: oid, "the agent denies access; let its view include the object")
    case .genErr: SNMPError(.garbage, at: oid, "the agent cannot tell (genErr)")
    case .tooBig: SNMPError(.garbage, at: oid, "the agent says tooBig to a single object")
    default: SNMPError(.garbage, at: oid, "the agent answers with error-status \(status)")
    }
  }
}
