/// A file `redeye init` writes.
package struct StarterFile: Hashable, Sendable {
  /// Relative to the folder of the new configuration.
  package var path: String
  package var text: String
  package var isExecutable: Bool

  package init(path: String, text: String, isExecutable: Bool = false) {
    self.path = path
    self.text = text
    self.isExecutable = isExecutable
  }
}

/// A configuration to begin with: it measures this machine, and shows where the rest goes.
///
/// `folder` is where it is written to, absolute, for the line of the crontab.
package func starterFiles(folder: String = "/etc/redeye") -> [StarterFile] {
  [
    StarterFile(path: "redeye.yaml", text: Starter.configuration),
    StarterFile(path: "scripts/hello.sh", text: Starter.script, isExecutable: true),
    StarterFile(path: "secrets/README", text: Starter.secrets),
    StarterFile(path: "crontab", text: Starter.crontab(folder)),
  ]
}

private enum Starter {
  static let configuration = """
    # What redeye measures, promises and tells. After every change: redeye check -c redeye.yaml
    package: redeye
    title: My network
    requires: [base]                 # monitors and defaults that are built in

    settings:
      timezone: UTC                  # days, weeks and months begin in this zone, such as Europe/London
      step: 60s                      # how often cron starts redeye run
      keep: standard                 # every minute for ten days, then coarser, for five years
      # mail:
      #   from: redeye@example.org
      #   smtp: smtp://mail.example.org:587
      #   starttls: true
      #   user: redeye
      #   password: !secret file:secrets/mail

    # Groups hold hosts. What is written into a group counts for each of its hosts.
    hosts:
      here:
        localhost: {title: This machine, address: 127.0.0.1, use: [system, ping]}
      # core:
      #   snmp: {version: 2c, community: !secret file:secrets/snmp}
      #   router1: {address: 192.0.2.1, use: [ping, snmp-interfaces]}
      # web:
      #   www: {address: www.example.org, use: [ping, website], website: {url: https://www.example.org/}}

    # Anything that prints a number has a series, a graph and a page.
    jobs:
      examples:
        hello: {title: Files in /tmp, script: scripts/hello.sh, every: 5m}

    # A promise: what counts as good, and how much of it.
    slas:
      here:
        localhost-answers:
          title: This machine answers
          series: localhost/ping/up
          tolerance: {minimum: 1}
          for: 3m                    # this long out of tolerance is an incident
          objective: 99.9%
          window: month
          # notify: oncall

    # contacts:
    #   alice: {title: Alice, email: alice@example.org}
    # roles:
    #   oncall:
    #     shifts: [{days: daily, hours: 08:00-18:00, contacts: [alice]}]
    #     fallback: [alice]
    # escalations:
    #   default: [{notify: oncall}, {wait: 15m}, {notify: oncall, next: true}, {repeat: 1h}]

    """

  static let script = """
    #!/bin/sh
    # A job is any program that prints a number; exit with something else than 0 if there is none to print.
    set -eu
    ls /tmp | wc -l

    """

  static let secrets = """
    One file for each secret, with nothing but the secret in it, readable by redeye alone:

        umask 077; printf %s 'the community' > secrets/snmp

    The configuration names it: community: !secret file:secrets/snmp
    Keep this folder out of version control.

    """

  static func crontab(_ folder: String) -> String {
    """
    # crontab -l | cat - \(folder)/crontab | crontab -
    * * * * * /usr/local/bin/redeye run -c \(folder)/redeye.yaml

    """
  }
}
