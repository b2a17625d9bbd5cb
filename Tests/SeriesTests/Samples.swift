import Config
import Foundation
import Model
import TestSupport

@testable import Series

/// A moment on every grid used here.
let start = 1_700_006_400

let router = JobID(host: "router1", job: "interfaces")

func store(_ folder: borrowing TemporaryFolder, _ retention: Retention = brief) -> SeriesStore {
  SeriesStore(folder: folder.path + "/series", quarantine: folder.path + "/quarantine", retention: retention)
}

/// Small files: single steps for two hours, five minutes for a day, half an hour for a week with its peaks.
let brief = Retention(
  name: "brief",
  tiers: [
    .init(every: 0, duration: 7_200, extremes: false), .init(every: 300, duration: 86_400, extremes: false),
    .init(every: 1_800, duration: 7 * 86_400, extremes: true),
  ])

func reading(_ slot: Int, _ values: [String: Double?], job: JobID = router, step: Int = 60) -> Reading {
  Reading(
    job: job, slot: Instant(slot), step: step,
    measurements: values.sorted { $0.key < $1.key }.map { Measurement($0.key, $0.value, .none) })
}

extension SeriesStore {
  /// Writes with the clock far ahead, and takes the additions into the catalogue.
  @discardableResult
  func write(_ readings: [Reading], keeping catalogue: inout Catalogue, now: Int = start + 900_000) -> Written {
    let written = write(readings, into: catalogue, now: Instant(now))
    for entry in written.additions { catalogue[entry.series] = entry }
    return written
  }

  /// Values of single steps.
  func values(_ entry: CatalogueEntry?, from: Int, to: Int) throws -> [Double?] {
    guard let entry else { throw SeriesError(series: SeriesID(row: RowID(job: router), metric: "?"), text: "no entry") }
    return try window(entry, Span(from: Instant(from), to: Instant(to))).samples.map(\.value)
  }
}

func series(_ metric: String, instance: String? = nil, job: JobID = router) -> SeriesID {
  SeriesID(row: RowID(job: job, instance: instance), metric: metric)
}

/// Every file below a folder, by its path in it.
func files(_ folder: String) -> [String] {
  let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
  return all.filter { $0.hasSuffix(".rrd") || $0.hasSuffix(".new") }.sorted()
}

/// The last lines `rrdtool fetch` prints, time and values.
func fetched(
  _ path: String, from: Int, to: Int, resolution: Int, _ function: String = "AVERAGE"
) throws -> [Int: [Double?]] {
  let text = try output(
    of: "rrdtool", "fetch", path, function, "-r", "\(resolution)", "-s", "\(from - 1)", "-e", "\(to - 1)")
  var rows: [Int: [Double?]] = [:]
  for line in text.split(separator: "\n") {
    let parts = line.split(separator: ":")
    guard parts.count == 2, let time = Int(parts[0]) else { continue }
    rows[time] = parts[1].split(separator: " ").map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
  }
  return rows
}
