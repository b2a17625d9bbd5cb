package import Model
package import Platform

/// What one look at this machine says; every metric is there, unknown where the kernel does not tell.
package struct SystemReading: Sendable {
  package private(set) var measurements: [Measurement] = []
  package private(set) var facts: [Fact] = []
  /// What could not be read or understood.
  package private(set) var problems: [String]
  /// To compute rates from next time.
  package private(set) var memory: JobMemory
  private let before: JobMemory?
  private let gap: ReadingGap
  private let texts: KernelTexts

  /// `longest` is the gap in seconds over which a rate still speaks for its slot.
  package init(
    _ texts: KernelTexts, spaces: [(mountPoint: String, space: Space)], at now: Double, before: JobMemory?,
    longest: Double
  ) {
    self.texts = texts
    self.before = before
    problems = texts.problems
    let uptime = texts.files["/proc/uptime"].flatMap { $0.split(separator: " ").first }.flatMap { Double($0) }
    memory = JobMemory(readAt: now, uptime: uptime)
    gap = ReadingGap(
      from: before.map { ReadingTime(readAt: $0.readAt, uptime: $0.uptime) },
      to: ReadingTime(readAt: now, uptime: uptime), longest: longest)
    measureLoad()
    measureProcessor()
    measureMemory()
    measureProcesses()
    measurements.append(Measurement("uptime", uptime, .seconds))
    for (mountPoint, space) in spaces { measure(space, at: mountPoint) }
    measureDisks()
    measureInterfaces()
    describe()
  }

  // MARK: - Numbers that are what they are

  private mutating func measureLoad() {
    let numbers = texts.lines("/proc/loadavg").first.map(words) ?? []
    for (index, metric) in ["load1", "load5", "load15"].enumerated() {
      measurements.append(Measurement(metric, numbers.count > index ? Double(numbers[index]) : nil, .count))
    }
  }

  private mutating func measureProcesses() {
    measurements.append(Measurement("procs", texts.processes.map(Double.init), .count))
    for (metric, key) in [("procs-running", "procs_running"), ("procs-blocked", "procs_blocked")] {
      let line = texts.lines("/proc/stat").map(words).first { $0.first == key[...] }
      measurements.append(Measurement(metric, line.flatMap { $0.count > 1 ? Double($0[1]) : nil }, .count))
    }
  }

  /// Used, buffers, cached and free add up to the whole; cached holds what the kernel can give back of its own.
  private mutating func measureMemory() {
    let sizes = Dictionary(
      texts.lines("/proc/meminfo").compactMap { line -> (Substring, Double)? in
        let parts = line.split(separator: ":")
        guard parts.count == 2, let size = words(parts[1]).first.flatMap({ Double($0) }) else { return nil }
        return (parts[0], size * 1024)
      }
    ) { first, _ in first }
    func bytes(_ metric: String, _ value: Double?) { measurements.append(Measurement(metric, value, .bytes)) }
    let cached = sizes["Cached"].map { $0 + (sizes["SReclaimable"] ?? 0) }
    bytes("mem-total", sizes["MemTotal"])
    bytes("mem-used", difference(sizes["MemTotal"], sizes["MemFree"], sizes["Buffers"], cached))
    bytes("mem-buffers", sizes["Buffers"])
    bytes("mem-cached", cached)
    bytes("mem-free", sizes["MemFree"])
    bytes("mem-available", sizes["MemAvailable"])
    bytes("swap-total", sizes["SwapTotal"])
    bytes("swap-used", difference(sizes["SwapTotal"], sizes["SwapFree"]))
    bytes("swap-free", sizes["SwapFree"])
  }

  private mutating func measure(_ space: Space, at mountPoint: String) {
    func add(_ metric: String, _ value: Double?, _ unit: Unit) {
      measurements.append(Measurement(metric, value, unit, instance: mountPoint))
    }
    let used = Double(space.total) - Double(space.free)
    // Like df: of what anybody can have, without the part kept back for the superuser.
    let usable = used + Double(space.available)
    add("disk-total", Double(space.total), .bytes)
    add("disk-used", used, .bytes)
    add("disk-free", Double(space.available), .bytes)
    add("disk-used-percent", usable > 0 ? used / usable * 100 : nil, .percent)
    let inodes = Double(space.inodes)
    add("inodes-used-percent", inodes > 0 ? (inodes - Double(space.freeInodes)) / inodes * 100 : nil, .percent)
  }

  private mutating func describe() {
    func add(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { facts.append(Fact(name, text.printable(limit: 200))) }
    }
    add("System", value(of: "PRETTY_NAME", in: "/etc/os-release"))
    add("Kernel", texts.lines("/proc/sys/kernel/osrelease").first.map(String.init))
    add("Host name", texts.lines("/proc/sys/kernel/hostname").first.map(String.init))
    let processors = texts.lines("/proc/stat").filter { $0.hasPrefix("cpu") && !$0.hasPrefix("cpu ") }.count
    add("Processors", processors > 0 ? String(processors) : nil)
  }

  private func value(of key: String, in path: String) -> String? {
    texts.lines(path).first { $0.hasPrefix("\(key)=") }
      .map { String($0.dropFirst(key.count + 1)).trimmed(of: "\"") }
  }

  // MARK: - Counters

  /// Keeps a counter for next time; its growth for each second since last time.
  private mutating func rate(_ key: String, _ value: UInt64, bits: Int = 64, ceiling: Double? = nil) -> Double? {
    let now = CounterReading(value, bits: bits)
    memory.counters[key] = now
    return Collect.rate(from: before?.counters[key], to: now, over: gap, ceiling: ceiling).value
  }

  /// Percent of the time of all processors; unknown the first time and after a restart.
  private mutating func measureProcessor() {
    let names = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]
    let line = texts.lines("/proc/stat").map(words).first { $0.first == "cpu" } ?? []
    // Guests are counted in user and nice as well (proc(5)).
    let ticks = line.dropFirst().prefix(names.count).map { UInt64($0) ?? 0 }
    var rates: [String: Double] = [:]
    for (name, count) in zip(names, ticks) {
      // Idle and iowait may fall by a few ticks; that is no restart.
      let old = before?.counters["cpu.\(name)"]?.value ?? 0
      let known = rate("cpu.\(name)", gap.continuity == .proven ? max(count, old) : count)
      memory.counters["cpu.\(name)"] = CounterReading(count, bits: 64)
      if let known { rates[name] = known }
    }
    let sum = rates.values.reduce(0, +)
    func percent(_ metric: String, _ names: String...) {
      let parts = names.compactMap { rates[$0] }
      let whole = rates.count >= 4 && sum > 0
      let value = parts.reduce(0, +) / sum * 100
      measurements.append(Measurement(metric, whole ? value : nil, .percent))
    }
    percent("cpu-user", "user")
    percent("cpu-nice", "nice")
    percent("cpu-system", "system")
    percent("cpu-iowait", "iowait")
    percent("cpu-irq", "irq", "softirq")
    percent("cpu-steal", "steal")
    percent("cpu-idle", "idle")
  }

  private mutating func measureDisks() {
    for disk in disks(in: texts.files["/proc/diskstats"] ?? "") {
      func key(_ name: String) -> String { "disk.\(disk.name).\(name)" }
      let values: [(String, Double?, Unit)] = [
        // A sector is 512 bytes here, whatever the disk's is.
        ("io-read", rate(key("read"), disk.sectorsRead).map { $0 * 512 }, .bytesPerSecond),
        ("io-write", rate(key("written"), disk.sectorsWritten).map { $0 * 512 }, .bytesPerSecond),
        ("io-reads", rate(key("reads"), disk.reads), .perSecond),
        ("io-writes", rate(key("writes"), disk.writes), .perSecond),
        // Milliseconds a second, counted by the kernel in 32 bits.
        (
          "io-busy", rate(key("busy"), disk.busy & 0xFFFF_FFFF, bits: 32, ceiling: 1000).map { min(100, $0 / 10) },
          .percent
        ),
      ]
      measurements += values.map { Measurement($0.0, $0.1, $0.2, instance: disk.name) }
    }
  }

  private mutating func measureInterfaces() {
    for interface in interfaces(in: texts.files["/proc/net/dev"] ?? "") {
      let columns: [(String, Int, Double, Unit)] = [
        ("net-in", 0, 8, .bitsPerSecond), ("net-out", 8, 8, .bitsPerSecond),
        ("net-packets-in", 1, 1, .perSecond), ("net-packets-out", 9, 1, .perSecond),
        ("net-errors-in", 2, 1, .perSecond), ("net-errors-out", 10, 1, .perSecond),
        ("net-drops-in", 3, 1, .perSecond), ("net-drops-out", 11, 1, .perSecond),
      ]
      for (metric, column, factor, unit) in columns {
        let rate = rate("net.\(interface.name).\(metric)", interface.counters[column])
        measurements.append(Measurement(metric, rate.map { $0 * factor }, unit, instance: interface.name))
      }
    }
  }
}

/// The first less all others; unknown where one of them is.
private func difference(_ first: Double?, _ others: Double?...) -> Double? {
  let known = others.compactMap { $0 }
  guard let first, known.count == others.count else { return nil }
  return max(0, first - known.reduce(0, +))
}

extension String {
  fileprivate func trimmed(of character: Character) -> String {
    var rest = self[...]
    while rest.first == character { rest.removeFirst() }
    while rest.last == character { rest.removeLast() }
    return String(rest)
  }
}
