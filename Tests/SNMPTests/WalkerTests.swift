import Testing

@testable import SNMP

struct WalkerTests {
  static let first = OID([1, 3, 6, 1, 1])
  static let second = OID([1, 3, 6, 1, 2])

  func response(_ bindings: [VarBind], status: Int = 0, index: Int = 0, bytes: Int = 100) -> Response {
    Response(status: status, index: index, bindings: Bindings(bindings), bytes: bytes)
  }

  func cell(_ column: OID, _ row: UInt32) -> VarBind { VarBind(OID(column.parts + [row]), .integer(Int64(row))) }

  func limits(rows: Int = 100, bytes: Int = 10_000, requests: Int = 100, seconds: Double = 10) -> WalkLimits {
    var limits = WalkLimits()
    (limits.rows, limits.bytes, limits.requests, limits.seconds) = (rows, bytes, requests, seconds)
    return limits
  }

  @Test func `many columns are asked for fewer rows at once`() {
    #expect(Walker([Self.first], repetitions: 25).next()?.kind == .bulk(25))
    let columns = (1...21).map { OID([1, 3, 6, $0]) }
    #expect(Walker(columns, repetitions: 25).next()?.kind == .bulk(4))
    let wide = (1...200).map { OID([1, 3, 6, $0]) }
    #expect(Walker(wide, repetitions: 25).next()?.kind == .bulk(1))
  }

  @Test func `without repetitions it asks with GETNEXT`() {
    #expect(Walker([Self.first], repetitions: 0).next()?.kind == .next)
  }

  @Test func `each column goes on from where it stands, and ends alone`() {
    var walker = Walker([Self.first, Self.second], repetitions: 2)
    walker.take(response([cell(Self.first, 1), cell(Self.second, 1), cell(Self.first, 2)]))
    #expect(walker.next()?.oids == [cell(Self.first, 2).oid, cell(Self.second, 1).oid])
    walker.take(response([cell(Self.second, 1), cell(Self.second, 2)]))
    #expect(walker.next()?.oids == [cell(Self.second, 2).oid])
    walker.take(response([VarBind(cell(Self.second, 2).oid, .endOfMibView)]))
    #expect(walker.next() == nil)
    #expect(walker.error == nil)
    #expect(walker.columnsRead.map(\.bindings.count) == [2, 2])
    #expect(walker.columnsRead.allSatisfy { $0.isComplete })
  }

  @Test func `noSuchName ends the column it points at`() {
    var walker = Walker([Self.first, Self.second], repetitions: 0)
    walker.take(response([], status: 2, index: 1))
    #expect(walker.next()?.oids == [Self.second])
    walker.take(response([], status: 2, index: 9))
    #expect(walker.next() == nil)
    #expect(walker.error == nil)
  }

  @Test func `genErr ends a column with an error, and the others go on`() {
    var walker = Walker([Self.first, Self.second], repetitions: 2)
    walker.take(response([], status: 5, index: 2))
    #expect(walker.error?.oid == Self.second)
    #expect(walker.next()?.oids == [Self.first])
  }

  @Test func `rows, bytes, requests and seconds have their limits, and what was read stays`() {
    var rows = Walker([Self.first], repetitions: 5, limits: limits(rows: 3))
    rows.take(response((1...5).map { cell(Self.first, $0) }))
    #expect(rows.next() == nil)
    #expect(rows.error?.kind == .limit)
    #expect(rows.error?.oid == cell(Self.first, 5).oid)
    var bytes = Walker([Self.first], repetitions: 5, limits: limits(bytes: 150))
    bytes.take(response([cell(Self.first, 1)]))
    #expect(bytes.error == nil)
    bytes.take(response([cell(Self.first, 2)]))
    #expect(bytes.error?.kind == .limit)
    #expect(
      bytes.columnsRead[0].bindings == Bindings([1, 2].map { cell(Self.first, $0) }) && !bytes.columnsRead[0].isComplete
    )
    var requests = Walker([Self.first], repetitions: 5, limits: limits(requests: 2))
    for row in 1...2 { requests.take(response([cell(Self.first, UInt32(row))])) }
    #expect(requests.error?.text == "the table needs over 2 requests; the rest is not read")
    var seconds = Walker([Self.first], repetitions: 5, limits: limits(seconds: 10), now: 100)
    seconds.take(response([cell(Self.first, 1)]), now: 110)
    #expect(seconds.error == nil)
    seconds.take(response([cell(Self.first, 2)]), now: 110.1)
    #expect(seconds.error?.text == "the table takes over 10 s; the rest is not read")
  }

  @Test func `a table that ends with its last permitted row has no error`() {
    var walker = Walker([Self.first], repetitions: 5, limits: limits(requests: 1))
    walker.take(response([cell(Self.first, 1), VarBind(Self.second, .endOfMibView)]))
    #expect(walker.next() == nil && walker.error == nil)
    #expect(walker.columnsRead[0].isComplete)
  }

  @Test func `a column that stands still never loops`() {
    var walker = Walker([Self.first, Self.second], repetitions: 2)
    walker.take(response([cell(Self.first, 1), cell(Self.second, 1)]))
    walker.take(response([cell(Self.first, 1), cell(Self.second, 2)]))
    #expect(walker.error?.oid == cell(Self.first, 1).oid)
    #expect(walker.next()?.oids == [cell(Self.second, 2).oid])
  }

  @Test func `answers without objects are asked for less, down to an error`() {
    var walker = Walker([Self.first, Self.second], repetitions: 4)
    var asked: [Request] = []
    while let request = walker.next() {
      asked.append(request)
      walker.take(response([]))
    }
    #expect(asked.map(\.kind) == [.bulk(4), .bulk(2), .bulk(1), .bulk(1)])
    #expect(asked.map(\.oids.count) == [2, 2, 2, 1])
    #expect(walker.error?.text == "the agent answers without an object")
  }

  @Test func `too big is remembered, and lost answers of known size are asked for without fragments`() {
    var walker = Walker([Self.first], repetitions: 25)
    walker.take(response([], status: 1))
    #expect(walker.repetitions == 12)
    var lossy = Walker([Self.first], repetitions: 25)
    lossy.take(response((1...20).map { cell(Self.first, $0) }, bytes: 4000))
    #expect(lossy.retreat(lost) && lossy.repetitions == 6)
  }

  private let lost = SNMPError(.timeout, "no answer")

  @Test func `after lost answers it asks for half, then a quarter of it, then one by one, then not again`() {
    var walker = Walker([Self.first], repetitions: 25)
    var kinds: [Request.Kind?] = []
    while walker.retreat(lost), let next = walker.next() { kinds.append(next.kind) }
    #expect(kinds == [.bulk(12), .bulk(3), .next])
    #expect(walker.error?.oid == Self.first && walker.next() == nil)
  }

  @Test func `where fewer rows do not help it asks for fewer columns, and an agent that has gone is left`() {
    let columns = (1...8).map { OID([1, 3, 6, 1, $0]) }
    var walker = Walker(columns, repetitions: 25)
    var asked: [Int] = []
    while walker.retreat(lost), let next = walker.next() { asked.append(next.oids.count) }
    #expect(asked == [8, 8, 8, 4, 2, 1, 7, 3, 1])
    #expect(walker.columnsRead.filter(\.rows.isEmpty).count == 8)
  }
}
