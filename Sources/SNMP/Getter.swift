/// Reads single objects: asks for some at a time, drops those the agent has not, keeps what came.
struct Getter {
  private(set) var bindings: Bindings = []
  private(set) var error: SNMPError?
  private var open: [OID]
  /// Objects in one request; halved when the answer would be too big.
  private var width = 40

  init(_ oids: [OID]) { open = oids }

  /// What to ask next; `nil` when all is known.
  func next() -> Request? { open.isEmpty ? nil : Request(kind: .get, oids: asked) }

  private var asked: [OID] { Array(open.prefix(width)) }

  mutating func take(_ response: Response) {
    switch Response.Status(rawValue: response.status) {
    case .noError: keep(response)
    case .tooBig where asked.count > 1: width = asked.count / 2
    case .noSuchName: drop(response, with: .noSuchObject)
    default: drop(response, with: nil)
    }
  }

  /// Only objects that were asked for count: an agent that answers something else is told apart from one that has
  /// nothing.
  private mutating func keep(_ response: Response) {
    let asked = self.asked
    let known = Dictionary(response.bindings.map { ($0.oid, $0.value) }, uniquingKeysWith: { first, _ in first })
    let matched = asked.compactMap { oid in known[oid].map { VarBind(oid, $0) } }
    for binding in matched { bindings.append(binding) }
    open.removeFirst(asked.count)
    guard matched.count < asked.count else { return }
    let missing = asked.first { known[$0] == nil }
    note(SNMPError(.garbage, at: missing, "the answer leaves out an object that was asked for"))
  }

  private mutating func drop(_ response: Response, with value: SNMPValue?) {
    guard let position = response.position(in: asked.count) else {
      note(response.error(at: open.first))
      open = []
      return
    }
    let oid = open.remove(at: position)
    if let value { bindings.append(VarBind(oid, value)) } else { note(response.error(at: oid)) }
  }

  /// The first error stands; what follows is usually its consequence.
  private mutating func note(_ error: SNMPError) { self.error = self.error ?? error }

  mutating func stop(_ error: SNMPError) {
    var error = error
    error.oid = error.oid ?? open.first
    note(error)
    open = []
  }
}
