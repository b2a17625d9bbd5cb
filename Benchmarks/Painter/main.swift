import Config
import Foundation
import Graph
import Model
import Platform
import Series

// painter graphs FOLDER OUT [light] | sparklines FOLDER COUNT | smoke COUNT
//
// Draws what redeye draws, from RRD files of the data sources `in` and `out`: of each file a day, a week, four weeks and
// a year, area and line with a legend; small ones; or smoke of 20 packets in 400 rounds. Prints nothing but what went
// wrong.

let arguments = Array(CommandLine.arguments.dropFirst())
let end = Instant(1_779_364_800)

func fail(_ text: String) -> Never {
  FileHandle.standardError.write(Data("painter: \(text)\n".utf8))
  exit(2)
}

func files(in folder: String) -> [String] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(".rrd") }.sorted()
}

func entry(_ file: String, _ source: String) -> CatalogueEntry {
  CatalogueEntry(
    series: SeriesID(host: String(file.dropLast(4)), job: "bench", instance: nil, metric: source), file: file,
    source: source, unit: .bitsPerSecond, step: 300, since: end - 40 * 86_400)
}

func chart(_ file: String, _ reader: SeriesReader, days: Int, resolution: Int?) throws -> Chart {
  let span = Span(from: end - days * 86_400, to: end)
  var step = 300
  let series = try ["in", "out"].map { source in
    let window = try reader.window(entry(file, source), span, resolution: resolution)
    step = window.step
    return Chart.Series(label: source, samples: window.samples)
  }
  return Chart(
    title: "\(file) · Traffic", unit: .bitsPerSecond, series: series, span: span, step: step,
    zone: Zone("Europe/London") ?? .utc)
}

func graphs(_ folder: String, _ target: String, isDark: Bool) throws {
  let reader = SeriesReader(SeriesStore(folder: folder, quarantine: folder, retention: .standard))
  for file in files(in: folder) {
    for (name, days, resolution) in [("day", 1, 300), ("week", 7, 300), ("month", 28, 1_800), ("year", 365, 21_600)] {
      let chart = try chart(file, reader, days: days, resolution: resolution)
      let picture = draw(chart, format: .medium, scale: 1, isDark: isDark)
      let stem = "\(target)/\(file.dropLast(4))-\(name)"
      write(picture.light, stem + ".png")
      if isDark { write(picture.dark, stem + "-dark.png") }
    }
  }
}

/// Just written, as the peer writes its own.
func write(_ bytes: [UInt8], _ path: String) {
  guard let file = unsafe fopen(path, "w") else { fail("cannot write \(path)") }
  unsafe fwrite(bytes, 1, bytes.count, file)
  unsafe fclose(file)
}

func sparklines(_ folder: String, _ count: Int) throws {
  let reader = SeriesReader(SeriesStore(folder: folder, quarantine: folder, retention: .standard))
  let all = files(in: folder)
  for number in 0..<count {
    let file = all[number % all.count]
    let span = Span(from: end - 86_400, to: end)
    let samples = try reader.window(entry(file, number % 2 == 0 ? "in" : "out"), span, resolution: 300).samples
    let chart = Chart(
      title: file, unit: .bitsPerSecond, series: [Chart.Series(label: "in", samples: samples)], span: span, step: 300,
      zone: .utc)
    _ = draw(chart, format: .sparkline, scale: 1)
  }
}

func smoke(_ count: Int) {
  var seed: UInt64 = 7
  func next() -> Double {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(seed >> 40) / Double(1 << 24)
  }
  let span = Span(from: end - 400 * 300, to: end)
  var packets = [[Sample]](repeating: [], count: 20)
  var (medians, losses) = ([Sample](), [Sample]())
  for slot in 0..<400 {
    let at = span.from + slot * 300
    let answers = (0..<20).map { _ in 0.02 + next() * next() * 0.03 }.sorted()
    for (rank, answer) in answers.enumerated() { packets[rank].append(Sample(slot: at, value: answer)) }
    medians.append(Sample(slot: at, value: answers[10]))
    losses.append(Sample(slot: at, value: slot % 29 == 0 ? 15 : 0))
  }
  let chart = Chart(
    kind: .latency(loss: losses, packets: packets), title: "isp-a · Latency", unit: .seconds,
    series: [Chart.Series(label: "median", samples: medians)], span: span, step: 300, zone: .utc)
  for _ in 0..<count { _ = draw(chart, format: .large, scale: 1) }
}

Memory.keep()
do {
  switch (arguments.first, arguments.count) {
  case ("graphs", 3...): try graphs(arguments[1], arguments[2], isDark: !arguments.contains("light"))
  case ("sparklines", 3): try sparklines(arguments[1], Int(arguments[2]) ?? 0)
  case ("smoke", 2): smoke(Int(arguments[1]) ?? 0)
  default: fail("usage: painter graphs FOLDER OUT [light] | sparklines FOLDER COUNT | smoke COUNT")
  }
} catch {
  fail("\(error)")
}
