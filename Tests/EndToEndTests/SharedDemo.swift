import Foundation
import TestSupport

/// Two days of the simulated fleet, lived through once for all suites that look at them.
enum SharedDemo {
  static let until = "2026-05-21T14:04:00+02:00"
  static let path = "\(folder)/demo"

  static let result: Redeye.Result = {
    // What a demo of before has left.
    for name in [".redeye-demo", "mail/old.eml", "reports/old.html", "data/series/old.rrd"] {
      let file = URL(fileURLWithPath: "\(path)/\(name)")
      try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? Data("old".utf8).write(to: file)
    }
    return make(path, days: 2)
  }()

  static func make(_ folder: String, days: Int, _ more: String...) -> Redeye.Result {
    Redeye.run(["demo", folder, "--days", "\(days)", "--until", until] + more)
  }

  /// The generation of the site that shows, without a link on the way.
  static var site: String {
    get throws {
      guard result.status == 0 else { throw HelperError("there is no demo: \(result.error)") }
      return URL(fileURLWithPath: "\(path)/reports/current").resolvingSymlinksInPath().path
    }
  }

  private static let folder: String = {
    atexit { try? FileManager.default.removeItem(atPath: SharedDemo.folder) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("redeye-test-\(UUID().uuidString)").path
  }()
}
