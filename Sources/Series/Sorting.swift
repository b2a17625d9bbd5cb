import Model
import RRD

/// Sorts readings by file, and finds a file for what has none.
struct Sorting {
  private(set) var files: [FileRows] = []
  /// Places in `files` by name.
  private var numbers: [String: Int] = [:]
  private(set) var additions: [CatalogueEntry] = []
  private(set) var problems = ProblemList()

  private var catalogue: Catalogue
  private let folder: String
  private let now: Instant
  /// The entries of each file; made when the first one is asked for.
  private lazy var entries: [String: [CatalogueEntry]] = Dictionary(grouping: catalogue.values, by: \.file)

  /// Jobs that have come, and where the numbers of one that came again went: the next time mostly the same ones come.
  private var seen: Set<JobID> = []
  private var routes: [JobID: Route] = [:]

  /// A file grows with every metric in it; more than this go to a further file.
  private static let metricsInFile = 256

  init(catalogue: Catalogue, folder: String, now: Instant) {
    self.catalogue = catalogue
    self.folder = folder
    self.now = now
  }

  mutating func add(_ reading: Reading) {
    guard reading.step > 0, reading.slot.seconds >= reading.step, reading.slot.seconds % reading.step == 0 else {
      return problems.add("\(reading.job): slot \(reading.slot.seconds) is not on a grid of \(reading.step) s")
    }
    guard reading.slot <= now else {
      return problems.add("\(reading.job): slot \(reading.slot.seconds) lies after \(now.seconds), the time now")
    }
    if let route = routes[reading.job], route.fits(reading) { return put(reading, by: route) }
    for (row, measurements) in grouped(reading) { add(measurements, of: row, from: reading) }
    // A run has each job once: that a way is worth remembering shows the second time.
    if !seen.insert(reading.job).inserted, let route = route(of: reading) { routes[reading.job] = route }
  }

  private mutating func put(_ reading: Reading, by route: Route) {
    for (way, measurement) in zip(route.ways, reading.measurements) {
      files[way.file].put(measurement.value, at: way.place, of: reading.slot)
    }
  }

  private func route(of reading: Reading) -> Route? {
    guard !reading.measurements.isEmpty else { return nil }
    let ways = reading.measurements.compactMap { measurement -> Route.Way? in
      let row = RowID(job: reading.job, instance: measurement.instance)
      guard let entry = catalogue[SeriesID(row: row, metric: measurement.metric)], let file = numbers[entry.file],
        let place = files[file].place(of: entry.source)
      else { return nil }
      return Route.Way(file: file, place: place)
    }
    return ways.count == reading.measurements.count
      ? Route(step: reading.step, measurements: reading.measurements, ways: ways) : nil
  }

  /// By row, in the order of the reading; of a metric that comes twice the first counts.
  private func grouped(_ reading: Reading) -> [(RowID, [Measurement])] {
    var places: [String?: Int] = [:]
    var groups: [(row: RowID, measurements: [Measurement])] = []
    for measurement in reading.measurements {
      if let place = places[measurement.instance] {
        groups[place].measurements.append(measurement)
      } else {
        places[measurement.instance] = groups.count
        groups.append((RowID(job: reading.job, instance: measurement.instance), [measurement]))
      }
    }
    return groups
  }

  private mutating func add(_ measurements: [Measurement], of row: RowID, from reading: Reading) {
    var homeless: [Measurement] = []
    for measurement in measurements {
      let series = SeriesID(row: row, metric: measurement.metric)
      guard var entry = catalogue[series], entry.step == reading.step else {
        if !homeless.contains(where: { $0.metric == measurement.metric }) { homeless.append(measurement) }
        continue
      }
      if entry.unit != measurement.unit {
        entry.unit = measurement.unit
        catalogue[series] = entry
        additions.append(entry)
      }
      put(measurement, in: entry, at: reading.slot)
    }
    for start in stride(from: 0, to: homeless.count, by: Sorting.metricsInFile) {
      house(Array(homeless[start..<min(start + Sorting.metricsInFile, homeless.count)]), of: row, from: reading)
    }
  }

  private mutating func put(_ measurement: Measurement, in entry: CatalogueEntry, at slot: Instant) {
    let number = numbers[entry.file] ?? open(entry)
    guard let place = files[number].place(of: entry.source) else { return }
    files[number].put(measurement.value, at: place, of: slot)
  }

  private mutating func open(_ entry: CatalogueEntry) -> Int {
    let known = entries[entry.file] ?? [entry]
    return open(
      FileRows(
        file: entry.file, row: entry.series.row, step: entry.step,
        metrics: Dictionary(known.map { ($0.source, $0.series.metric) }, uniquingKeysWith: { first, _ in first }),
        sources: known.map(\.source).sorted(), isNew: false))
  }

  private mutating func open(_ rows: FileRows) -> Int {
    files.append(rows)
    numbers[rows.file] = files.count - 1
    return files.count - 1
  }

  /// Finds a file for metrics without one: a new one, or one a forgotten catalogue has left behind.
  private mutating func house(_ measurements: [Measurement], of row: RowID, from reading: Reading) {
    let metrics = measurements.map(\.metric)
    let sources = FileNames.sources(for: metrics)
    let (file, isNew) = place(for: row, sources: sources, step: reading.step)
    let made = zip(measurements, sources).map { measurement, source in
      let series = SeriesID(row: row, metric: measurement.metric)
      return CatalogueEntry(
        series: series, file: file, source: source, unit: measurement.unit,
        step: reading.step, since: reading.slot, earlier: catalogue[series]?.places(besides: file) ?? [])
    }
    for entry in made { catalogue[entry.series] = entry }
    additions += made
    entries[file] = made
    let number = open(
      FileRows(
        file: file, row: row, step: reading.step, metrics: Dictionary(uniqueKeysWithValues: zip(sources, metrics)),
        sources: sources, isNew: isNew))
    for (place, measurement) in measurements.enumerated() {
      files[number].put(measurement.value, at: place, of: reading.slot)
    }
  }

  /// The first file name of the row that is free, or has just these sources; a stranger's file is left alone.
  private mutating func place(for row: RowID, sources: [String], step: Int) -> (file: String, isNew: Bool) {
    var number = 1
    while true {
      let file = FileNames.file(for: row, number: number)
      number += 1
      guard entries[file] == nil else { continue }
      do throws(RRDError) {
        let header = try RRDHeader.read("\(folder)/\(file)")
        if header.sources == sources, header.step == step { return (file, false) }
      } catch {
        switch error {
        case .damaged, .sparse, .ahead: continue
        // What cannot be looked at cannot be made either, and making it says why.
        case .missing, .refused, .system: return (file, true)
        }
      }
    }
  }
}

/// Where the numbers of a reading go, one after the other.
private struct Route {
  struct Way {
    /// Among the files.
    let file: Int
    /// Among its sources.
    let place: Int
  }

  let step: Int
  let measurements: [Measurement]
  let ways: [Way]

  /// Whether a reading has the same metrics of the same instances in the same order.
  func fits(_ reading: Reading) -> Bool {
    guard reading.step == step, reading.measurements.count == measurements.count else { return false }
    return zip(measurements, reading.measurements).allSatisfy { one, other in
      one.metric == other.metric && one.instance == other.instance && one.unit == other.unit
    }
  }
}
