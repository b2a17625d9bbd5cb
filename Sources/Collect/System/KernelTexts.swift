import Platform

/// What the kernel says of this machine, as it says it, so that a recorded machine can be measured like a live one.
package struct KernelTexts: Sendable {
  /// By path.
  package var files: [String: String]
  /// Why a file is not among them.
  package var problems: [String]
  /// How many processes there are.
  package var processes: Int?

  package init(files: [String: String], problems: [String] = [], processes: Int? = nil) {
    self.files = files
    self.problems = problems
    self.processes = processes
  }

  /// Reads this machine; no program is started.
  static func read() -> KernelTexts {
    var texts = KernelTexts(files: [:])
    for path in needed + optional {
      do {
        texts.files[path] = String(decoding: try Files.read(path, limit: 1 << 24), as: UTF8.self)
      } catch {
        if needed.contains(path) { texts.problems.append("\(error)") }
      }
    }
    texts.processes = (try? Files.list("/proc"))?.filter { Int($0) != nil }.count
    return texts
  }

  static let needed = [
    "/proc/loadavg", "/proc/stat", "/proc/meminfo", "/proc/uptime", "/proc/self/mountinfo", "/proc/diskstats",
    "/proc/net/dev",
  ]
  static let optional = ["/proc/sys/kernel/osrelease", "/proc/sys/kernel/hostname", "/etc/os-release"]

  /// The lines of a file, none where it could not be read.
  func lines(_ path: String) -> [Substring] { files[path].map { $0.split(separator: "\n") } ?? [] }
}

/// The words of a line.
func words(_ line: Substring) -> [Substring] { line.split { $0 == " " || $0 == "\t" } }
