import Foundation
import SNMPFarm

// snmp-farm COUNT PORT [PORTS|RECORDING]: agents on 127.1.0.2 and onwards until the standard input ends; all other
// addresses of the loopback network are silent. A line `SECONDS GROWTH` on it lets so much time pass, in which each counter
// of an interface grows by so much a second. Each is a switch of 50 ports, or of so many, or what the recording says, with the community `public` and the user `reader` of version 3, whose passwords
// for SHA and AES are `signs-everything` and `hides-everything`.

func say(_ text: String, to handle: FileHandle) { handle.write(Data("\(text)\n".utf8)) }

let arguments = CommandLine.arguments.dropFirst().map { $0 }
guard arguments.count >= 2, let count = Int(arguments[0]), count > 0, let port = Int(arguments[1]) else {
  say("usage: snmp-farm COUNT PORT [PORTS|RECORDING]", to: .standardError)
  exit(2)
}
let ports = arguments.count > 2 ? Int(arguments[2]) : 50
let recording = ports == nil ? try String(contentsOfFile: arguments[2], encoding: .utf8) : nil
var walk = recording.map { RecordedWalk(snmprec: $0) } ?? RecordedWalk.switchboard(ports: ports ?? 50)
do {
  let passwords = SecuredUser.Passwords(signing: "signs-everything", hiding: "hides-everything")
  let agents = (0..<count).map { number in
    var agent = SimulatedAgent(walk)
    let engine: [UInt8] = [0x80, 0, 0x1F, 0x88, 4] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    agent.user = SecuredUser(name: "reader", passwords, engine: engine)
    return agent
  }
  let farm = try AgentFarm(agents, port: port)
  try farm.silenceTheRest()
  say("\(count) agents of \(walk.objects.count) objects on port \(farm.port)", to: .standardOutput)
  while let line = readLine() {
    let words = line.split(separator: " ")
    guard words.count == 2, let seconds = UInt32(words[0]), let growth = UInt64(words[1]) else { continue }
    walk = walk.advanced(by: seconds, growth: growth)
    farm.changeAll { $0.walk = walk }
    say("passed", to: .standardOutput)
  }
  farm.end()
} catch {
  say(error.text, to: .standardError)
  exit(4)
}
