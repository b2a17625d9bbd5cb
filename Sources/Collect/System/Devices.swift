/// One line of `/proc/diskstats` (kernel: Documentation/admin-guide/iostats.rst).
struct Disk {
  let name: String
  let reads: UInt64
  let sectorsRead: UInt64
  let writes: UInt64
  let sectorsWritten: UInt64
  /// Milliseconds in which something was under way.
  let busy: UInt64
}

/// The whole disks that were ever used: no partitions, no loop devices, no memory disks.
func disks(in diskstats: String) -> [Disk] {
  let all = diskstats.split(separator: "\n").compactMap { disk(words($0)) }
  let names = Set(all.map(\.name))
  return all.filter { disk in
    disk.reads + disk.writes > 0 && !isNumbered(disk.name, after: "loop") && !isNumbered(disk.name, after: "ram")
      && !isPartition(disk.name, of: names)
  }
}

private func disk(_ fields: [Substring]) -> Disk? {
  guard fields.count >= 14 else { return nil }
  let counters = fields[3..<14].compactMap { UInt64($0) }
  guard counters.count == 11 else { return nil }
  return Disk(
    name: String(fields[2]), reads: counters[0], sectorsRead: counters[2], writes: counters[4],
    sectorsWritten: counters[6], busy: counters[9])
}

/// `sda1` where there is an `sda`, `nvme0n1p2` where there is an `nvme0n1`; but `md12` is no part of `md1`.
private func isPartition(_ name: String, of names: Set<String>) -> Bool {
  var whole = name
  while whole.last?.isNumber == true { whole.removeLast() }
  guard whole != name else { return false }
  if whole.last == "p", whole.dropLast().last?.isNumber == true { return names.contains(String(whole.dropLast())) }
  return names.contains(whole)
}

private func isNumbered(_ name: String, after word: String) -> Bool {
  name.hasPrefix(word) && Int(name.dropFirst(word.count)) != nil
}

/// One line of `/proc/net/dev`: eight counters in, eight out.
struct NetworkCounters {
  let name: String
  let counters: [UInt64]
}

/// The interfaces without the loopback, unless there is no other.
func interfaces(in netdev: String) -> [NetworkCounters] {
  let all = netdev.split(separator: "\n").compactMap { line -> NetworkCounters? in
    guard let colon = line.lastIndex(of: ":") else { return nil }
    let counters = words(line[line.index(after: colon)...]).compactMap { UInt64($0) }
    guard counters.count >= 16, let name = words(line[..<colon]).first else { return nil }
    return NetworkCounters(name: String(name), counters: counters)
  }
  let others = all.filter { $0.name != "lo" }
  return others.isEmpty ? all : others
}
