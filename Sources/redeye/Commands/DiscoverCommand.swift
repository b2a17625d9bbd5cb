import ArgumentParser
import Collect
import Config
import Discover
import Model
import Platform
import State

struct DiscoverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discover",
    abstract:
      "Ask devices by SNMP what they have and print a package for them, or what differs from the configuration.",
    discussion: """
      Nothing is changed: the draft goes to the standard output, and what the data folder holds is only read. Addresses \
      are HOST, HOST:PORT, [IPV6]:PORT, 10.0.0.0/24 or 10.0.0.1-20. Status 1 if an address that was named gives no \
      answer; of networks the silent addresses are summed up in one line on the standard error.
      """)

  @Argument(help: "Hosts and networks.") var addresses: [String] = []
  @OptionGroup var asking: CredentialOptions
  @Option(parsing: .unconditional, help: ArgumentHelp("The UDP port, where an address says none.", valueName: "port"))
  var port: String = "161"
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long to wait for an answer; 2s if not given.", valueName: "duration"),
    transform: DurationArgument.parse)
  var timeout = DurationArgument(seconds: 2)
  @Option(parsing: .unconditional, help: ArgumentHelp("Further attempts without one, 0 to 10.", valueName: "count"))
  var retries: String = "1"
  @Option(
    help: ArgumentHelp(
      "What the package is called; “discovered”, or with a number where there is one, if not given.", valueName: "name")
  )
  var package: String?
  @Option(help: ArgumentHelp("The group the hosts are put into.", valueName: "name")) var group = "discovered"
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let targets = try targets()
    let packageName = try package.map { try name($0, "--package") }
    let groupName = try name(group, "--group")
    let survey = try Inquiry(
      credentials: try asking.credentials(), timeout: try timeoutSeconds(),
      retries: try number(retries, 0...10, "--retries"), configuration: try configuration.pathIfAny())
    let results = try survey.ask(targets)
    let draft = Draft(
      targets: targets, results: results, offers: survey.offers, known: survey.known, credentials: survey.credentials,
      name: packageName ?? survey.freePackageName, group: groupName, asked: addresses,
      time: stampText(Process.now, survey.zone))
    let text = draft.text()
    if !text.isEmpty { StandardStreams.output(text) }
    try end(Silence(targets, results))
  }

  private func targets() throws -> [Target] {
    guard !addresses.isEmpty else {
      throw Ending(.refused, "whom to ask? Write redeye discover HOST, or a network: redeye discover 10.0.0.0/24")
    }
    let port = try number(port, 1...65_535, "--port")
    do { return try Discover.targets(addresses, port: port) } catch { throw Ending(.refused, "\(error)") }
  }

  private func timeoutSeconds() throws -> Double {
    guard timeout.seconds <= 60 else { throw Ending(.refused, "--timeout goes up to 60s, and \(timeout) is more") }
    return Double(timeout.seconds)
  }

  private func number(_ text: String, _ range: ClosedRange<Int>, _ option: String) throws -> Int {
    if let number = Int(text), range.contains(number) { return number }
    throw Ending(
      .refused,
      "\(option) is a number from \(range.lowerBound) to \(range.upperBound), and “\(text.printable(limit: 40))” is none"
    )
  }

  /// Names of packages are names of files, and those of groups stand in paths.
  private func name(_ text: String, _ option: String) throws -> String {
    let isName = text.utf8.allSatisfy { Character(UnicodeScalar($0)).isSafe } && !text.hasPrefix("-")
    if isName, !text.isEmpty, !text.hasPrefix(".") { return text }
    throw Ending(
      .refused, "\(option) is made of letters, digits, “-”, “_” and “.”, and “\(text.printable(limit: 40))” is not")
  }

  private func end(_ silence: Silence) throws {
    if let summary = silence.summary { StandardStreams.error("redeye: \(summary)") }
    guard silence.named.isEmpty else {
      throw Ending(.degraded, silence.named.joined(separator: "\nredeye: "))
    }
    if silence.isAll { throw Ending(.degraded) }
  }
}

extension Character {
  fileprivate var isSafe: Bool { isASCII && (isLetter || isNumber || "-_.".contains(self)) }
}
