import Testing

@testable import SNMP

struct OIDTests {
  @Test(arguments: ["1.3.6.1", ".1.3.6.1"])
  func `an OID is read with and without its leading dot`(_ text: String) {
    #expect(OID(text)?.parts == [1, 3, 6, 1])
    #expect(OID(text)?.description == "1.3.6.1")
  }

  @Test(arguments: ["", ".", "1", "1.3.", "1..3", "1.3.x", "1.3.-1", "1.3.+1", "1.3.4294967296", "1.3. 6", "sysName.0"])
  func `what is no OID is refused`(_ text: String) {
    #expect(OID(text) == nil)
  }

  @Test func `an OID has at most 128 parts`() {
    #expect(OID(Array(repeating: "1", count: 128).joined(separator: ".")) != nil)
    #expect(OID(Array(repeating: "1", count: 129).joined(separator: ".")) == nil)
  }

  @Test func `the index of a row is what follows its column`() {
    let column = OID([1, 3, 6])
    #expect(OID([1, 3, 6, 7, 8]).suffix(after: column) == OID([7, 8]))
    #expect(column.suffix(after: column) == nil)
    #expect(OID([1, 3, 60, 7]).suffix(after: column) == nil)
    #expect(!OID([1, 3, 60, 7]).hasPrefix(column))
  }

  @Test func `OIDs are ordered as agents walk them`() {
    #expect(OID([1, 3, 6]) < OID([1, 3, 6, 0]))
    #expect(OID([1, 3, 9]) < OID([1, 3, 10]))
    #expect(!(OID([1, 3, 6]) < OID([1, 3, 6])))
  }
}
