/// Why an operation has not all it asked for.
package struct SNMPError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// No answer. A wrong community looks the same: agents keep silent (RFC 3584 section 5.2.1).
    case timeout
    /// Nothing listens at the port.
    case refused
    /// There is no way to the host.
    case noRoute = "no route"
    /// The host has no address.
    case resolve
    /// The agent said no to the object.
    case denied
    /// What engines of version 3 report (RFC 3414 section 3.2).
    case unknownUser = "unknown user"
    case wrongDigest = "wrong digest"
    case decryptionError = "decryption error"
    case unknownEngine = "unknown engine"
    case notInTimeWindow = "not in time window"
    case unsupportedSecurityLevel = "unsupported security level"
    /// An answer that breaks the rules.
    case garbage
    /// A table whose rows do not go forward.
    case notIncreasing = "not increasing"
    /// More than is read of one table.
    case limit
    /// The run ended first.
    case deadline
    /// Something of this machine, or an argument that cannot be used.
    case local
  }

  package var kind: Kind
  /// The object at which it stopped.
  package var oid: OID?
  /// What happened and the way out; neither the host nor a secret.
  package var text: String

  package init(_ kind: Kind, at oid: OID? = nil, _ text: String) {
    self.kind = kind
    self.oid = oid
    self.text = text
  }

  package var description: String { oid.map { "\(text), at \($0)" } ?? text }
}
