import Collect
import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

struct SystemTests {
  /// The recorded server at its first reading or a minute later.
  private func texts(_ reading: Int, without missing: String? = nil) throws -> KernelTexts {
    let files = [
      "/proc/loadavg": "loadavg", "/proc/stat": "stat-\(reading)", "/proc/meminfo": "meminfo",
      "/proc/diskstats": "diskstats-\(reading)", "/proc/net/dev": "netdev-\(reading)",
    ]
    var texts = KernelTexts(files: [:], processes: 123)
    for (path, name) in files where path != missing {
      texts.files[path] = try String(contentsOfFile: fixture("server/\(name)"), encoding: .utf8)
    }
    texts.files["/proc/uptime"] = "\(reading == 1 ? 5000 : 5060).25 1.00\n"
    texts.files["/proc/sys/kernel/osrelease"] = "6.1.0-18-amd64\n"
    texts.files["/proc/sys/kernel/hostname"] = "server\u{1B}[31m\n"
    texts.files["/etc/os-release"] = "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n"
    return texts
  }

  private func first() throws -> SystemReading {
    SystemReading(try texts(1), spaces: [], at: 1000, before: nil, longest: 150)
  }

  private func second() throws -> SystemReading {
    SystemReading(try texts(2), spaces: [], at: 1060, before: try first().memory, longest: 150)
  }

  @Test func `whatever it measures, the configuration knows its unit before`() throws {
    let space = [("/", Space(total: 10, free: 5, available: 4, inodes: 10, freeInodes: 5))]
    let texts = try texts(2)
    let before = try first().memory
    let reading = SystemReading(texts, spaces: space, at: 1060, before: before, longest: 150)
    #expect(reading.measurements.count > 50)
    for measurement in reading.measurements {
      #expect(Probe.system(SystemProbe()).unit(of: measurement.metric) == measurement.unit, "\(measurement.metric)")
    }
  }

  @Test func `what needs no second look is there at the first`() throws {
    let reading = try first()
    #expect(reading.value("load1") == 0.42 && reading.value("load5") == 0.31 && reading.value("load15") == 0.25)
    #expect(reading.value("mem-total") == Double(16_384_000 * 1024))
    #expect(reading.value("mem-cached") == Double(6_400_000 * 1024))
    #expect(reading.value("mem-used") == Double((16_384_000 - 2_048_000 - 512_000 - 6_400_000) * 1024))
    #expect(reading.value("mem-available") == Double(9_000_000 * 1024))
    #expect(reading.value("swap-used") == Double(96_000 * 1024))
    #expect(reading.value("procs") == 123 && reading.value("procs-running") == 3)
    #expect(reading.value("procs-blocked") == 1 && reading.value("uptime") == 5000.25)
    #expect(reading.problems == [])
  }

  @Test func `rates and processor shares are unknown at the first look, and named all the same`() throws {
    let (one, two) = (try first(), try second())
    #expect(
      one.measurements.map { "\($0.instance ?? "")/\($0.metric)" }
        == two.measurements.map { "\($0.instance ?? "")/\($0.metric)" })
    for metric in ["cpu-user", "cpu-idle"] { #expect(one.value(metric) == .some(nil)) }
    #expect(one.value("net-in", "eth0") == .some(nil) && one.value("io-busy", "sda") == .some(nil))
  }

  @Test func `the processor's shares are of all ticks between two looks, guests counted once`() throws {
    let reading = try second()
    // 1200 user, 600 system, 10000 idle, 10 irq + 90 softirq, 101 steal; iowait fell by one.
    let sum = 1200.0 + 600 + 10_000 + 100 + 101
    let ticks = [
      "cpu-user": 1200.0, "cpu-nice": 0, "cpu-system": 600, "cpu-iowait": 0, "cpu-irq": 100, "cpu-steal": 101,
      "cpu-idle": 10_000,
    ]
    for (metric, count) in ticks {
      let share: Double = count / sum * 100
      #expect(reading.isClose(metric, share), "\(metric)")
    }
    let shares = reading.measurements.filter { $0.metric.hasPrefix("cpu-") }.compactMap(\.value)
    #expect(shares.count == 7 && abs(shares.reduce(0, +) - 100) < 1e-9)
  }

  @Test func `disks are whole, used and real, and count by the second`() throws {
    let reading = try second()
    #expect(
      Set(reading.measurements.filter { $0.metric == "io-read" }.compactMap(\.instance))
        == ["sda", "nvme0n1", "md1", "md12", "dm-0"])
    #expect(reading.value("io-read", "sda") == Double(12_000 * 512 / 60))
    #expect(reading.value("io-write", "sda") == Double(6000 * 512 / 60))
    #expect(reading.value("io-reads", "sda") == 10 && reading.value("io-writes", "sda") == 5)
    // 30000 ms in 60 s, across the end of 32 bits.
    #expect(reading.value("io-busy", "sda") == 50)
  }

  @Test func `interfaces count in bits, and a counter that fell is unknown`() throws {
    let reading = try second()
    #expect(reading.value("net-in", "eth0") == 100_000 && reading.value("net-out", "eth0") == 10_000)
    #expect(reading.value("net-packets-in", "eth0") == 10 && reading.value("net-packets-out", "eth0") == 1)
    #expect(reading.value("net-errors-in", "eth0") == 0.1 && reading.value("net-errors-out", "eth0") == 0)
    #expect(reading.value("net-drops-in", "eth0") == 0.1 && reading.value("net-drops-out", "eth0") == 0.1)
    #expect(reading.value("net-in", "wg-home") == .some(nil))
    #expect(reading.value("net-in", "lo") == nil)
  }

  @Test func `the loopback counts where there is nothing else`() throws {
    var texts = try texts(1)
    texts.files["/proc/net/dev"] = "h|\nh|\n lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
    let reading = SystemReading(texts, spaces: [], at: 1, before: nil, longest: 150)
    #expect(reading.value("net-in", "lo") == .some(nil))
  }

  @Test func `a restart of the machine leaves every rate unknown`() throws {
    var texts = try texts(2)
    texts.files["/proc/uptime"] = "20.00 1.00\n"
    let reading = SystemReading(texts, spaces: [], at: 1060, before: try first().memory, longest: 150)
    for metric in ["cpu-user", "cpu-idle"] { #expect(reading.value(metric) == .some(nil)) }
    #expect(reading.value("net-in", "eth0") == .some(nil) && reading.value("io-reads", "sda") == .some(nil))
    #expect(reading.value("load1") == 0.42)
  }

  @Test func `the room on a file system is reported like df does`() throws {
    let space = Space(total: 1000, free: 400, available: 350, inodes: 100, freeInodes: 75)
    let none = Space(total: 1000, free: 1000, available: 1000, inodes: 0, freeInodes: 0)
    let reading = SystemReading(
      try texts(1), spaces: [("/", space), ("/boot/efi", none)], at: 1, before: nil, longest: 150)
    #expect(reading.value("disk-total", "/") == 1000 && reading.value("disk-used", "/") == 600)
    #expect(reading.value("disk-free", "/") == 350)
    #expect(reading.isClose("disk-used-percent", 600.0 / 950 * 100, "/"))
    #expect(reading.value("inodes-used-percent", "/") == 25)
    #expect(reading.value("inodes-used-percent", "/boot/efi") == .some(nil))
  }

  @Test func `what the machine is stands as facts, harmless to print`() throws {
    #expect(
      try first().facts == [
        Fact("System", "Debian GNU/Linux 12"), Fact("Kernel", "6.1.0-18-amd64"),
        Fact("Host name", "server\u{FFFD}[31m"),
        Fact("Processors", "2"),
      ])
  }

  @Test(arguments: ["/proc/loadavg", "/proc/stat", "/proc/meminfo", "/proc/diskstats", "/proc/net/dev"])
  func `a kernel that lacks a file costs only what stands in it`(path: String) throws {
    var texts = try texts(2, without: path)
    texts.problems = ["cannot read \(path): No such file or directory"]
    let reading = SystemReading(texts, spaces: [], at: 1060, before: try first().memory, longest: 150)
    #expect(reading.problems == texts.problems)
    #expect(reading.value("load1") == (path == "/proc/loadavg" ? .some(nil) : 0.42))
    #expect(reading.value("mem-total") == (path == "/proc/meminfo" ? .some(nil) : 16_384_000 * 1024))
    #expect(reading.value("procs-running") == (path == "/proc/stat" ? .some(nil) : 1))
  }

  @Test func `nonsense in every file gives unknown values and nothing worse`() {
    let nonsense = [
      "", "\n\n", "cpu", "cpu x y z\n", "sda:", "a b c d e f g h i j k l m n o p", ":::::", "18446744073709551616 1 1",
    ]
    for text in nonsense {
      let files = Dictionary(
        uniqueKeysWithValues: ["loadavg", "stat", "meminfo", "uptime", "diskstats", "net/dev"].map {
          ("/proc/\($0)", text)
        })
      let reading = SystemReading(KernelTexts(files: files), spaces: [], at: 1, before: nil, longest: 150)
      #expect(reading.value("mem-total") == .some(nil))
    }
  }

  @Test func `real file systems are found, each once`() throws {
    let text = try String(contentsOfFile: fixture("server/mountinfo"), encoding: .utf8)
    let found = fileSystems(in: text) { $0 != "/etc/hosts" }
    #expect(
      found == [
        MountedFileSystem("/"), MountedFileSystem("/data"), MountedFileSystem("/home"),
        MountedFileSystem("/mnt/with space", isRemote: true), MountedFileSystem("/pool"), MountedFileSystem("/tank"),
      ])
  }

  @Test func `this machine is measured as it is`() throws {
    let assignment = Making.assignment(.system(SystemProbe()))
    let context = Making.context()
    let first = try #require(collect([assignment], context).first)
    #expect(first.reading.failure == nil)
    #expect(try #require(first.reading.measurement("mem-total")?.value) > 1e6)
    #expect(try #require(first.reading.measurement("disk-total", "/")?.value) > 1e6)
    #expect(first.reading.text(ofFact: "Kernel") != nil)
    #expect(first.reading.cost.milliseconds < 5_000 * patience)
    usleep(200_000)
    let again = Making.assignment(.system(SystemProbe()), memory: first.memory)
    let second = try #require(collect([again], context).first)
    let shares = second.reading.measurements.filter { $0.metric.hasPrefix("cpu-") }.compactMap(\.value)
    #expect(shares.count == 7 && abs(shares.reduce(0, +) - 100) < 1e-6)
  }
}

extension SystemReading {
  fileprivate func value(_ metric: String, _ instance: String? = nil) -> Double?? {
    measurements.first { $0.metric == metric && $0.instance == instance }.map(\.value)
  }
  fileprivate func isClose(_ metric: String, _ expected: Double, _ instance: String? = nil) -> Bool {
    guard case .some(.some(let value)) = value(metric, instance) else { return false }
    return abs(value - expected) < 1e-9
  }
}
