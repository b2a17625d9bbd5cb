import Foundation
import TestSupport
import Testing

/// What people are told after mail could not be sent for a while, and how an objective of a rolling window stands then.
@Suite struct MailOrderTests {
  @Test(.timeLimit(.minutes(9)))
  func `what waited while mail was refused goes out before what came after it`() throws {
    let post = try TemporaryFolder()
    let program = try post.write(
      "sendmail",
      """
      #!/bin/sh
      test -e \(post.path)/refusing && exit 75
      rm \(post.path)/refusing-one 2> /dev/null && exit 75
      sed -n 's/^Subject: //p' >> \(post.path)/sent

      """, mode: 0o755)
    try post.write("refusing", "")
    let installation = try Installation(
      settings: "  mail: {from: redeye@example.org, sendmail: \(program), administrator: alice}",
      """
      jobs: {here: {light: {script: light.sh}}}
      slas:
        light:
          light-on:
            title: The light is on
            series: localhost/light/value
            tolerance: {minimum: 1}
            objective: 99%
            window: 1d
            notify: alice
      contacts: {alice: {email: alice@example.org}}
      """)
    try installation.folder.write("light.sh", "#!/bin/sh\ncat \(installation.folder.path)/light\n", mode: 0o755)
    try installation.folder.write("light", "0\n")
    for _ in 0..<3 where !installation.redeye("mail", "queue").output.contains("down: ") { _ = installation.cycle() }
    // A slot counts from its first second on.
    Thread.sleep(forTimeInterval: 1.1)
    let standing = installation.redeye("sla", "list").output
    #expect(standing.contains("at risk") && !standing.contains("broken"), "\(standing)")
    #expect(standing.contains("of 14\u{202F}min 24\u{202F}s"), "\(standing)")

    // What is older is refused once more, and would be overtaken by what would then be taken.
    try post.write("refusing-one", "")
    try FileManager.default.removeItem(atPath: "\(post.path)/refusing")
    try installation.folder.write("light", "1\n")
    for _ in 0..<3 where (try? post.read("sent"))?.contains("closed") != true { _ = installation.cycle() }
    let sent = try post.read("sent").split(separator: "\n")
    #expect(sent.map { $0.contains("down: ") ? "down" : "closed" } == ["down", "closed"], "\(sent)")
  }
}
