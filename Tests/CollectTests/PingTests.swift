import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

@testable import Collect

struct PingTests {
  @Test func `the configuration knows the unit of whatever ping measures`() {
    for measurement in pingMeasurements([1, 2, nil]) {
      #expect(Probe.ping(PingProbe(address: "a")).unit(of: measurement.metric) == measurement.unit)
    }
  }

  @Test func `the loopback answers in both families, in one batch with a name that is none`() throws {
    let quick = { (address: String, family: PingProbe.Family) in
      PingProbe(address: address, packets: 5, interval: 10, wait: 500, family: family)
    }
    let assignments = [
      Making.assignment(.ping(quick("127.0.0.1", .any)), id: "four"),
      Making.assignment(.ping(quick("nonexistent.invalid", .any)), id: "none"),
      Making.assignment(.ping(quick("::1", .ipv6)), id: "six"),
      Making.assignment(.ping(quick("127.0.0.1", .ipv4)), id: "again"),
      Making.assignment(.ping(quick("127.0.0.1", .ipv6)), id: "wrong family"),
      Making.assignment(.ping(PingProbe(address: "127.0.0.1", packets: 1, interval: 10, wait: 500)), id: "once"),
    ]
    let readings = collect(assignments, Making.context()).map(\.reading)
    for index in [0, 2, 3] {
      let reading = readings[index]
      #expect(reading.failure == nil)
      #expect(reading.value("loss") == 0 && reading.value("up") == 1)
      #expect(
        reading.measurements.map(\.metric)
          == ["loss", "up", "min", "median", "max", "spread", "p1", "p2", "p3", "p4", "p5"])
      let times = reading.measurements.dropFirst(2).compactMap(\.value)
      #expect(times.count == 9 && times.allSatisfy { $0 >= 0 && $0 < 0.5 })
      #expect(times[0] == times[4] && times[1] == times[6] && times[2] == times[8])
    }
    #expect(readings[1].failure?.kind == .resolve)
    #expect(readings[1].failure?.message.hasPrefix("nonexistent.invalid: ") == true)
    #expect(readings[1].measurements.count == 11 && readings[1].measurements.allSatisfy { $0.value == nil })
    #expect(readings[4].failure?.kind == .resolve)
    #expect(readings[5].measurements.map(\.metric) == ["loss", "up", "min", "median", "max", "spread", "p1"])
  }

  @Test func `an answer is sorted with what was lost at its end`() {
    let report = PingReport("h : 3.00 - 1.00 2.00 -\n", targets: ["h"], packets: 5)
    let values = pingMeasurements(report.times["h"] ?? [])
    #expect(values.map(\.value) == [40, 1, 0.001, 0.002, 0.003, 0.001, 0.001, 0.002, 0.003, nil, nil])
    let even = pingMeasurements([4, 1, 3, 2])
    #expect(even.first { $0.metric == "median" }?.value == 0.0025)
    // The quartiles are 1.75 and 3.25 ms.
    let spread = even.first { $0.metric == "spread" }?.value ?? 0
    #expect(abs(spread - 0.0015) < 1e-12)
  }

  @Test func `no answer at all is bad and not unknown`() {
    let values = pingMeasurements([nil, nil])
    #expect(values.map(\.metric) == ["loss", "up", "min", "median", "max", "spread", "p1", "p2"])
    #expect(values.map(\.value) == [100, 0, nil, nil, nil, nil, nil, nil])
  }

  @Test(arguments: [
    "a : 1 2", "a : 1 2 3 4", "a : 1 x 3", "a : 1 0x10 3", "a : 1 -1 3", "a : 1 nan 3", "a : 1 1e5 3", "a: 1 2 3",
    "b : 1 2 3", "a : 1 2 3 ]", " : 1 2 3", "a :", "", "a : 1,0 2 3", "a : 99999999999999999999 1 2", "a : . 1 2",
    "ICMP Host Unreachable from 10.0.0.1 for ICMP Echo sent to a",
  ])
  func `a line that is not exactly a target's is no answer`(line: String) {
    #expect(PingReport(line, targets: ["a"], packets: 3).times.isEmpty)
  }

  @Test func `five thousand broken reports are read without harm`() {
    var generator = Numbers(state: 42)
    let good = Array("127.0.0.1    : 0.014 - 0.045\n::1          : 0.020 0.012 0.022\n".utf8)
    var understood = 0
    for _ in 0..<5000 {
      var bytes = good
      for _ in 0..<Int(generator.next() % 6) {
        let place = Int(generator.next() % UInt64(bytes.count))
        switch generator.next() % 3 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int(generator.next() % UInt64(bytes.count))], at: place)
        }
      }
      let report = PingReport(String(decoding: bytes, as: UTF8.self), targets: ["127.0.0.1", "::1"], packets: 3)
      for times in report.times.values {
        #expect(times.count == 3 && times.allSatisfy { $0 ?? 0 >= 0 })
        understood += 1
      }
    }
    #expect(understood > 2000 && understood < 10_000)
  }

  @Test(arguments: ["-f/etc/passwd", "--help", "", "-"])
  func `an address that would be an option is refused`(address: String) {
    let reading = collect([Making.assignment(.ping(PingProbe(address: address)))], Making.context())[0].reading
    #expect(reading.failure == Failure(.resolve, "\(address.debugDescription) is not an address"))
  }

  @Test func `addresses are arguments of their own and numeric`() throws {
    let folder = try TemporaryFolder()
    let log = "\(folder.path)/log"
    let fake = try folder.write(
      "fping", "#!/bin/sh\nprintf '%s\\n' \"$@\" > \(log)\necho '127.0.0.1 : 1.5 -' >&2\nexit 1\n", mode: 0o755)
    let assignments = ["127.0.0.1", "127.0.0.1; touch x", "$(id)"].enumerated().map {
      Making.assignment(.ping(PingProbe(address: $0.element, packets: 2)), id: "\($0.offset)")
    }
    let readings = measurePing(assignments, Making.context(), program: fake).map(\.reading)
    #expect(
      try folder.read("log")
        == "-q\n-C\n2\n-p\n100\n-i\n1\n-t\n1000\n-b\n56\n--\n127.0.0.1\n")
    let byJob = Dictionary(uniqueKeysWithValues: readings.map { ($0.job.job, $0) })
    #expect(byJob["0"]?.value("loss") == 50 && byJob["0"]?.value("max") == 0.0015)
    #expect(byJob["1"]?.failure?.kind == .resolve && byJob["2"]?.failure?.kind == .resolve)
  }

  @Test func `both versions of IP are measured, each for itself`() {
    let readings = collect(
      ["127.0.0.1", "::1"].map { address in
        let probe = PingProbe(address: address, packets: 2, interval: 10, wait: 500, family: .both)
        return Making.assignment(.ping(probe), id: address)
      }, Making.context()
    ).map(\.reading)
    #expect(readings.map(\.job.job) == ["127.0.0.1", "::1"])
    #expect(readings.map(\.measurements.count) == [16, 16])
    #expect(readings[0].value("up", "ipv4") == 1 && readings[0].value("loss", "ipv6") == .some(nil))
    #expect(readings[1].value("up", "ipv6") == 1 && readings[1].value("loss", "ipv4") == .some(nil))
    #expect(readings.map { $0.failure?.kind } == [.resolve, .resolve])
    #expect(readings[0].failure?.message.hasPrefix("ipv6: 127.0.0.1: ") == true)
    #expect(readings[1].failure?.message.hasPrefix("ipv4: ::1: ") == true)
  }

  @Test func `packets leave from the address and with the traffic class that are asked for`() throws {
    let folder = try TemporaryFolder()
    let log = "\(folder.path)/log"
    let fake = try folder.write(
      "fping", "#!/bin/sh\necho \"$@\" > \(log)\necho '127.0.0.1 : 1.5' >&2\n", mode: 0o755)
    let probe = PingProbe(address: "127.0.0.1", packets: 1, size: 1200, family: .ipv4, source: "127.0.0.9", dscp: 46)
    #expect(measurePing([Making.assignment(.ping(probe))], Making.context(), program: fake)[0].reading.value("up") == 1)
    #expect(try folder.read("log") == "-q -C 1 -p 100 -i 1 -t 1000 -b 1200 -S 127.0.0.9 -O 184 -- 127.0.0.1\n")
    // The real one takes them too.
    let reading = collect([Making.assignment(.ping(probe))], Making.context())[0].reading
    #expect(reading.failure == nil && reading.value("loss") == 0)
  }

  @Test func `what keeps fping from pinging leaves everything unknown, with the way out`() throws {
    let folder = try TemporaryFolder()
    let cases: [(String, Failure)] = [
      (
        "echo \"fping: can't create socket (must run as root?)\" >&2; exit 4",
        Failure(
          .local,
          "fping: can't create socket (must run as root?); this user may not ping: "
            + "setcap cap_net_raw+ep on the fping program, or run as root")
      ),
      (
        "echo 'fping: cannot bind source address : Cannot assign requested address' >&2; exit 4",
        Failure(
          .local,
          "fping: cannot bind source address : Cannot assign requested address; “source” has to be an address of this "
            + "machine")
      ),
      ("echo 'fping: bad' >&2; exit 3", Failure(.local, "fping: bad")),
      ("exit 0", Failure(.garbage, "fping: no line for 127.0.0.1")),
      (
        "echo '127.0.0.1: error while sending ping: No buffer space available' >&2",
        Failure(.garbage, "fping: 127.0.0.1: error while sending ping: No buffer space available")
      ),
      ("kill -9 $$", Failure(.local, "fping was killed by signal 9")),
    ]
    for (index, (body, failure)) in cases.enumerated() {
      let fake = try folder.write("fping\(index)", "#!/bin/sh\n\(body)\n", mode: 0o755)
      let reading = measurePing([assignment], Making.context(), program: fake)[0].reading
      #expect(reading.failure == failure)
      #expect(reading.measurements.count == 26 && reading.measurements.allSatisfy { $0.value == nil })
    }
    #expect(
      measurePing([assignment], Making.context(), program: "fping-is-not-here")[0].reading.failure
        == Failure(.local, "fping is not installed: apt install fping"))
  }

  @Test func `a target this machine has no way to is unknown, not down`() throws {
    let folder = try TemporaryFolder()
    // Class E: the kernel has no route for it and sends nothing.
    let fake = try folder.write("fping", "#!/bin/sh\necho '255.255.255.255 : - -' >&2\nexit 1\n", mode: 0o755)
    let reading = measurePing(
      [Making.assignment(.ping(PingProbe(address: "255.255.255.255", packets: 2)))], Making.context(), program: fake)[0]
      .reading
    #expect(reading.failure == Failure(.local, "this machine cannot send to 255.255.255.255: Permission denied"))
    #expect(reading.measurements.allSatisfy { $0.value == nil })
  }

  @Test func `three hundred targets are pinged in the time of one`() {
    let assignments = (0..<300).map { index in
      let probe = PingProbe(address: "127.0.1.\(index % 250 + 1)", packets: 5, interval: 100, wait: 500)
      return Making.assignment(.ping(probe), id: "\(index)")
    }
    let start = Clock.monotonic()
    let readings = collect(assignments, Making.context()).map(\.reading)
    #expect(Clock.monotonic() - start < onBusyMachine(2.5))
    #expect(readings.map(\.job.job) == (0..<300).map(String.init))
    #expect(readings.allSatisfy { $0.value("up") == 1 && $0.value("loss") == 0 && $0.failure == nil })
  }

  @Test func `a batch that takes too long ends with the run`() throws {
    let folder = try TemporaryFolder()
    let fake = try folder.write("fping", "#!/bin/sh\ntrap '' TERM\nsleep 60\n", mode: 0o755)
    let start = Clock.monotonic()
    let reading = measurePing([assignment], Making.context(seconds: 1), program: fake)[0].reading
    #expect(Clock.monotonic() - start < onBusyMachine(2))
    #expect(reading.failure?.kind == .deadline)
  }

  private let assignment = Making.assignment(.ping(PingProbe(address: "127.0.0.1")))
}

/// xorshift64*: the same numbers in every run.
struct Numbers {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return (state &* 0x2545_F491_4F6C_DD1D) >> 11
  }
}
