import Glibc

/// The way to one agent: sends a request, again where no answer comes, and tells what arrived.
protocol Session: AnyObject {
  /// Readable when something arrived.
  var descriptor: Int32 { get }
  /// Datagrams since the last request that could not be read.
  var unreadable: Int { get }
  /// Sends a request; its events come later. `now` in monotonic seconds, as everywhere here.
  func send(_ request: Request, now: Double) throws(SNMPError)
  /// Reads one datagram, if there is one.
  func read(_ inbox: Inbox, now: Double) -> [SessionEvent]
  /// Sends again what had no answer in time, and gives up on what had none to any try.
  func checkTimeouts(now: Double) -> [SessionEvent]
}

enum SessionEvent {
  case response(Response)
  /// The engine of version 3 told about itself, or refuses the message.
  case report(Report)
  /// Sent again after a try without an answer.
  case resent
  /// A datagram that cannot be read, or that the library does not believe.
  case unreadable
  /// No answer to any try.
  case timedOut
  /// The agent went on reporting what the library sends again for.
  case refused
  /// The port is closed, or there is no way there: an errno.
  case unreachable(Int32)
}

extension SNMPError {
  static func unreachable(_ code: Int32) -> SNMPError {
    code == ECONNREFUSED
      ? SNMPError(.refused, "nothing listens there; start the agent or correct the port")
      : SNMPError(.noRoute, "no route: there is no way there: \(systemText(code))")
  }
}

/// What the system calls an `errno`.
func systemText(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
