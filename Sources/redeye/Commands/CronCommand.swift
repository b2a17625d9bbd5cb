import ArgumentParser
import Foundation
import Platform

struct CronCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cron", abstract: "What cron needs to know.", subcommands: [CronPrintCommand.self])
}

struct CronPrintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "print", abstract: "Print the one crontab line that drives everything.",
    discussion: "For “crontab -e”; cron/redeye.crontab is the same for /etc/cron.d, with a user.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    StandardStreams.output("* * * * * \(word(Program.path)) run -c \(word(try configuration.path()))")
  }

  /// A path as cron's shell reads it back; `%` means a line break to cron.
  private func word(_ path: String) -> String {
    let plain = path.utf8.allSatisfy { byte in
      (byte | 0x20 >= 97 && byte | 0x20 <= 122) || (byte >= 48 && byte <= 57) || "/._-+=:@".utf8.contains(byte)
    }
    if plain { return path }
    let quoted = path.replacingOccurrences(of: "'", with: #"'\''"#).replacingOccurrences(of: "%", with: #"\%"#)
    return "'\(quoted)'"
  }
}

/// This program.
enum Program {
  /// Absolute, as it was started or found.
  static var path: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "/usr/local/bin/redeye"
  }
}
