import Testing

@testable import SNMP

struct WalkerTests {
  static let first = OID([1, 3, 6, 1, 1])
  static let second = OID([1, 3, 6, 1, 2])

  func response(_ bindings: [VarBind], status: Int = 0, index: Int = 0, bytes: Int = 100) -> Response {
    Response(status: status, index: index, bindings: bindings, bytes: bytes)
  }

  func cell(_ column: OID, _ row: UInt32) -> VarBind { VarBind(OID(column.parts + [row]), .integer(Int64(row))) }

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
    #expect(walker.bindings.count == 4)
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

  @Test func `rows and bytes have their limits`() {
    var rows = Walker([Self.first], repetitions: 5, limits: .init(rows: 3))
    rows.take(response((1...5).map { cell(Self.first, $0) }))
    #expect(rows.next() == nil)
    #expect(rows.error?.kind == .limit)
    var bytes = Walker([Self.first], repetitions: 5, limits: .init(bytes: 150))
    bytes.take(response([cell(Self.first, 1)]))
    #expect(bytes.error == nil)
    bytes.take(response([cell(Self.first, 2)]))
    #expect(bytes.error?.kind == .limit)
    #expect(bytes.bindings.count == 2)
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

  @Test func `after lost answers it asks for half, then one by one, then not again`() {
    var walker = Walker([Self.first], repetitions: 25)
    var kinds: [Request.Kind?] = []
    while walker.retreat() { kinds.append(walker.next()?.kind) }
    #expect(kinds == [.bulk(12), .next])
  }
}
