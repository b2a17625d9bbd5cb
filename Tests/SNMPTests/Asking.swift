import Glibc

@testable import SNMP

func monotonicNow() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// One conversation, alone.
func talk(_ agent: Agent, _ operations: [Conversation.Operation], seconds: Double = 10) -> Transcript {
  converse([Conversation(agent, operations)], deadline: monotonicNow() + seconds)[0]
}

func oid(_ text: String) -> OID { OID(text) ?? OID([0, 0]) }

enum Name {
  static let sysName = oid("1.3.6.1.2.1.1.5.0")
  static let ifIndex = oid("1.3.6.1.2.1.2.2.1.1")
  static let ifDescr = oid("1.3.6.1.2.1.2.2.1.2")
}
