import Foundation
import TestSupport
import Testing

@testable import RRD

@Suite(.serialized) struct RRDFileTests {
  @Test func `a file is made whole, with its mode, and rrdtool reads it`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/new.rrd"
    try RRDFile.make(path, layout: smallLayout, start: start)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["new.rrd"])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(attributes[.size] as? Int == smallLayout.size)
    let info = try output(of: "rrdtool", "info", path)
    for line in [
      "step = 60", "last_update = \(start)", "header_size = \(smallLayout.size - 250 * 2 * 8)",
      #"ds[in].type = "GAUGE""#, "ds[out].minimal_heartbeat = 120", #"rra[2].cf = "MIN""#, "rra[3].pdp_per_row = 5",
      "rra[0].rows = 100", "rra[1].xff = 5.0000000000e-01",
    ] { #expect(info.contains(line + "\n"), "\(line)") }
  }

  @Test func `the header tells what the file was made of`() throws {
    let folder = try TemporaryFolder()
    let header = try RRDHeader.read(try sampleFile(folder))
    #expect(header.step == 60)
    #expect(header.sources == ["in", "out"])
    #expect(header.lastUpdate == start + 3_600)
    #expect(
      header.archives.map { RRDLayout.Archive($0.function, steps: $0.steps, rows: $0.rows) } == smallLayout.archives)
    #expect(header.reach(of: header.archives[1]) == start + 3_600 - 49 * 300...start + 3_600)
  }

  @Test func `single steps keep every bit of what was written`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/exact.rrd"
    try RRDFile.make(path, layout: smallLayout, start: start)
    var random = SeededRandom(1)
    var rows: [RRDRow] = []
    for number in 1...100 {
      let wild = Double(bitPattern: random.next())
      let tame = Double.random(in: 0...100, using: &random)
      rows.append(RRDRow(time: start + number * 60, values: [wild.isFinite ? wild : nil, tame]))
    }
    rows[3].values = [0.1, -0.0]
    rows[4].values = [.greatestFiniteMagnitude, .leastNonzeroMagnitude]
    rows[5].values = [nil, nil]
    var file = try RRDFile(open: path)
    // One at a time, then several, then all the rest.
    for row in rows[..<20] { try file.update([row]) }
    try file.update(Array(rows[20..<30]))
    try file.update(Array(rows[30...]))
    let read = try file.rows(of: file.header.archives[0], from: start + 60, to: start + 6_000)
    #expect(read.map(\.time) == rows.map(\.time))
    #expect(read.map { $0.values.map { $0?.bitPattern } } == rows.map { $0.values.map { $0?.bitPattern } })
  }

  @Test(arguments: [("AVERAGE", 0), ("AVERAGE", 1), ("MIN", 2), ("MAX", 3)])
  func `rows are those rrdtool prints`(function: String, archive: Int) throws {
    let folder = try TemporaryFolder()
    let path = try sampleFile(folder)
    let file = try RRDFile(reading: path)
    let chosen = file.header.archives[archive]
    let resolution = file.header.resolution(of: chosen)
    // rrdtool prints the rows after `-s`, and one after `-e`; the last of them has no value yet.
    for (from, to) in [(60, 3_600), (600, 1_200), (630, 1_170), (3_300, 3_600), (60, 61), (-2_300, 300)] {
      let printed = try fetched(
        path, function, resolution: resolution, from: start + from - 1, to: start + to
      )
      .filter { (start + from...min(start + to, start + 3_600)).contains($0.time) }
      let rows = try file.rows(of: chosen, from: start + from, to: start + to)
      #expect(rows == printed, "\(function) \(from)..\(to)")
    }
  }

  @Test func `rows outside of what an archive reaches are left out`() throws {
    let folder = try TemporaryFolder()
    let file = try RRDFile(reading: try sampleFile(folder))
    let single = file.header.archives[0]
    #expect(try file.rows(of: single, from: start + 3_660, to: start + 9_000).isEmpty)
    #expect(try file.rows(of: single, from: 0, to: start - 2_400).isEmpty)
    #expect(try file.rows(of: single, from: 0, to: start + 9_000).map(\.time).min() == start + 3_600 - 99 * 60)
    #expect(try file.rows(of: single, from: start + 61, to: start + 119).isEmpty)
    #expect(try file.rows(of: single, from: start + 120, to: start + 60).isEmpty)
  }

  @Test func `an older or equal time is refused in librrd's words`() throws {
    let folder = try TemporaryFolder()
    let path = try sampleFile(folder)
    var file = try RRDFile(open: path)
    do {
      try file.update([RRDRow(time: start + 3_600, values: [1, 2])])
      Issue.record("it was taken")
    } catch {
      #expect("\(error)".hasPrefix(path))
      #expect("\(error)".contains("minimum one second step"))
    }
  }

  @Test(arguments: [1 << 31, 1 << 32]) func `times beyond 32 bits are times`(moment: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/late.rrd"
    let grid = moment - moment % 300
    try RRDFile.make(path, layout: smallLayout, start: grid - 300)
    var file = try RRDFile(open: path)
    let rows = (1...10).map { RRDRow(time: grid - 300 + $0 * 60, values: [Double($0), 0]) }
    try file.update(rows)
    #expect(try file.rows(of: file.header.archives[0], from: grid - 240, to: grid + 300) == rows)
  }

  @Test func `a folder that is missing is an error and leaves nothing`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/none/new.rrd"
    #expect(throws: RRDError.self) { try RRDFile.make(path, layout: smallLayout, start: start) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(.enabled(if: FullDisk.isPossible, "needs to mount a small file system"))
  func `a full disk is an error, with the old file in place`() throws {
    let disk = try FullDisk(kilobytes: 64)
    let path = disk.path + "/new.rrd"
    try RRDFile.make(path, layout: smallLayout, start: start)
    var large = smallLayout
    large.archives[0].rows = 100_000
    let error = #expect(throws: RRDError.self) { try RRDFile.make(path, layout: large, start: start) }
    #expect("\(error as Any)".contains("disk"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["new.rrd"])
    #expect(try RRDHeader.read(path).size == smallLayout.size)
  }
}

/// A file system of a few kilobytes, gone with the value.
private final class FullDisk {
  static let isPossible = (try? FullDisk(kilobytes: 16)) != nil

  let path = FileManager.default.temporaryDirectory.appendingPathComponent("redeye-disk-\(UUID().uuidString)").path

  init(kilobytes: Int) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = try output(of: "mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path)
  }

  deinit {
    _ = try? output(of: "umount", path)
    try? FileManager.default.removeItem(atPath: path)
  }
}
