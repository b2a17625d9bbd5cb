import Foundation
import TestSupport
import Testing

/// A configuration in a folder of its own, and the program run on it at the times of its slots.
struct Installation: ~Copyable {
  let folder: TemporaryFolder
  let step: Int

  /// `yaml` is everything below `settings:`.
  init(step: Int = 10, settings: String = "", _ yaml: String) throws {
    try self.init(step: step, folder: try TemporaryFolder(), settings: settings, yaml)
  }

  private init(step: Int, folder: consuming TemporaryFolder, settings: String, _ yaml: String) throws {
    self.step = step
    self.folder = folder
    try self.folder.write(
      "redeye.yaml",
      """
      package: test
      title: Test network
      requires: [base]
      settings:
        timezone: Europe/Berlin
        step: \(step)s
        deadline: \(step - 1)s
      \(settings)
      \(yaml)
      """)
  }

  var path: String { "\(folder.path)/redeye.yaml" }
  var reports: String { "\(folder.path)/reports" }

  func redeye(_ arguments: String...) -> Redeye.Result { Redeye.run(arguments + ["-c", path], in: folder.path) }

  /// Waits for the next slot to begin, so that a run has something to do; returns it.
  @discardableResult
  func waitForSlot() -> Int {
    let now = Date().timeIntervalSince1970
    let next = Int(now) / step * step + step
    Thread.sleep(forTimeInterval: Double(next) - now + 0.05)
    return next
  }

  /// One run in a slot of its own. However slow the machine, the slot is the one it began in.
  func cycle() -> (slot: Int, run: Redeye.Result) {
    let slot = waitForSlot()
    return (slot, redeye("run"))
  }

  /// The sample of one slot; `nil` is unknown.
  func value(_ series: String, at slot: Int) throws -> Double? {
    try #require(try samples(series).first { $0.slot == slot }).value
  }

  /// The samples of one series as `redeye query --json` prints them.
  func samples(_ series: String, last: String = "15m") throws -> [(slot: Int, value: Double?)] {
    let result = redeye("query", series, "--last", last, "--json")
    try #require(result.status == 0, "\(result.error)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.output)")
    #expect(object["series"] as? String == series)
    return try #require(object["samples"] as? [[Any]]).map { pair in
      (slot: pair[0] as? Int ?? 0, value: (pair[1] as? NSNumber)?.doubleValue)
    }
  }
}
