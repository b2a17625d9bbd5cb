import Foundation
import TestSupport

@testable import RRD

/// A moment on every grid used here.
let start = 1_700_006_400

let smallLayout = RRDLayout(
  step: 60, heartbeat: 120, sources: ["in", "out"],
  archives: [
    .init(.average, steps: 1, rows: 100), .init(.average, steps: 5, rows: 50), .init(.minimum, steps: 5, rows: 50),
    .init(.maximum, steps: 5, rows: 50),
  ])

/// A file of `smallLayout` with 60 rows of whole numbers.
func sampleFile(_ folder: borrowing TemporaryFolder) throws -> String {
  let path = folder.path + "/sample.rrd"
  try RRDFile.make(path, layout: smallLayout, start: start)
  var file = try RRDFile(open: path)
  try file.update(
    (1...60).map { RRDRow(time: start + $0 * 60, values: [Double($0), $0 % 7 == 0 ? nil : Double(-$0)]) })
  return path
}

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

/// A new file each time: one that is cut to nothing and written again is put on the disk by ext4 at once, and slowly.
func put(_ bytes: [UInt8], _ path: String) throws {
  try? FileManager.default.removeItem(atPath: path)
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Rows as `rrdtool fetch` prints them.
func fetched(_ path: String, _ function: String, resolution: Int, from: Int, to: Int) throws -> [RRDRow] {
  let text = try output(
    of: "rrdtool", "fetch", path, function, "-r", "\(resolution)", "-s", "\(from)", "-e", "\(to)")
  return text.split(separator: "\n").compactMap { line in
    let parts = line.split(separator: ":")
    guard parts.count == 2, let time = Int(parts[0]) else { return nil }
    let values = parts[1].split(separator: " ").map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    return RRDRow(time: time, values: values)
  }
}
