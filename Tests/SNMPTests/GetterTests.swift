import Testing

@testable import SNMP

struct GetterTests {
  static let objects = (1...100).map { OID([1, 3, 6, $0]) }

  func take(_ getter: inout Getter, status: Int = 0, index: Int = 0) -> Int {
    guard let request = getter.next() else { return 0 }
    let bindings = status == 0 ? request.oids.map { VarBind($0, .integer(1)) } : []
    getter.take(Response(status: status, index: index, bindings: Bindings(bindings), bytes: 100))
    return request.oids.count
  }

  @Test func `objects are asked for some at a time`() {
    var getter = Getter(Self.objects)
    let asked = (0..<4).map { _ in take(&getter) }
    #expect(asked == [40, 40, 20, 0])
    #expect(getter.bindings.map(\.oid) == Self.objects)
  }

  @Test func `too big is asked for in halves`() {
    var getter = Getter(Self.objects)
    let asked = [1, 1, 0].map { status in take(&getter, status: status) }
    #expect(asked == [40, 20, 10])
  }

  @Test func `too big for one object is an error`() {
    var getter = Getter([Self.objects[0]])
    _ = take(&getter, status: 1)
    #expect(getter.next() == nil)
    #expect(getter.error?.oid == Self.objects[0])
  }

  @Test func `an error at one object drops it, one at none drops all`() {
    var getter = Getter(Array(Self.objects.prefix(3)))
    _ = take(&getter, status: 5, index: 2)
    #expect(getter.next()?.oids == [Self.objects[0], Self.objects[2]])
    #expect(getter.error?.oid == Self.objects[1])
    _ = take(&getter, status: 5, index: 0)
    #expect(getter.next() == nil)
    #expect(getter.bindings.isEmpty)
  }
}
