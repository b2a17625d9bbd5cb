import Glibc
import SNMP

// snmp-reader FILE plain|secured: reads the ifXTable of each agent in a file of ADDRESS:PORT lines by the door redeye
// reads them by, and prints how many values it decoded. What a run does besides, configuration, rates, journal and state,
// is left out, so that the reading can be held against programs that only read.

func give(up text: String) -> Never {
  _ = unsafe write(STDERR_FILENO, text + "\n", text.utf8.count + 1)
  exit(2)
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let file = unsafe fopen(arguments[1], "r") else {
  give(up: "usage: snmp-reader FILE plain|secured")
}
let table = (1...19).map { OID([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, $0]) }
let user = User(
  name: "reader", authentication: .init(.sha1, password: "signs-everything"),
  privacy: .init(.aes128, password: "hides-everything"))
let credentials: Credentials = arguments[2] == "secured" ? .v3(user) : .v2c(community: "public")
var conversations: [Conversation] = []
var line: UnsafeMutablePointer<CChar>? = nil
var room = 0
while unsafe getline(&line, &room, file) > 0, let text = unsafe line {
  let words = unsafe String(cString: text).split { $0 == ":" || $0 == "\n" }
  guard words.count == 2, let port = Int(words[1]) else { give(up: "\(arguments[1]): no ADDRESS:PORT") }
  conversations.append(
    Conversation(Agent(host: String(words[0]), port: port, credentials: credentials), [.walk(table)]))
}
var time = timespec()
_ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
var decoded = 0
converse(conversations, deadline: Double(time.tv_sec) + 60) { _, transcript in
  for column in transcript.answers[0].columns { decoded += column.rows.values.count { $0.exists } }
}
print(decoded)
