import Config
import Model
import TestSupport
import Testing

@testable import Collect

@Suite(.serialized) struct SNMPInterfaceTests {
  typealias Port = SNMPDevice.Port

  func asking(_ device: SNMPDevice, _ more: String = "") -> SNMPAsking {
    SNMPAsking(device, shipped("interfaces", more))
  }

  @Test func `a first reading has names, speeds and states, and no rate`() {
    let device = SNMPDevice([
      Port(index: 3, name: "xe-0/0/0", alias: "uplink", speed: .max, highSpeed: 10_000), Port(index: 4, oper: 7),
    ])
    let outcome = asking(device).measure()
    #expect(outcome.reading.failure == nil)
    #expect(outcome.instances == ["eth0", "xe-0/0/0"])
    #expect(outcome.value("in", "xe-0/0/0") == .some(nil))
    #expect(outcome.value("speed", "xe-0/0/0") == 10_000_000_000)
    #expect(outcome.value("up", "xe-0/0/0") == 1)
    #expect(outcome.value("up", "eth0") == 0)
    #expect(outcome.value("packets-in", "eth0") == nil, "the device does not count packets")
    #expect(outcome.fact("Alias of xe-0/0/0") == "uplink")
    #expect(outcome.fact("Name") == "device")
    #expect(outcome.fact("Description") == "A device of two lines")
    #expect(outcome.fact("Location") == nil)
    #expect(outcome.fact("Up for") == "1 d 3 h")
    #expect(outcome.fact("Rates unknown") == nil)
  }

  @Test func `64 bits become bits a second`() {
    let device = SNMPDevice([Port(index: 1)])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].octets = (600_000, 1_200_000)
        $0.ports[0].errors = 120
      }
    }
    #expect(isNear(outcome.value("in", "eth0"), 80_000))
    #expect(isNear(outcome.value("out", "eth0"), 160_000))
    #expect(isNear(outcome.value("errors-in", "eth0"), 2))
    #expect(outcome.reading.measurements.first { $0.metric == "in" }?.unit == .bitsPerSecond)
  }

  @Test func `32 bits serve where there are no others, over a wrap`() {
    let device = SNMPDevice([
      Port(index: 1, speed: 100_000_000, octets: nil, narrowOctets: (.max - 99, 0)), Port(index: 2, name: "eth1"),
    ])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].narrowOctets = (500, 0)
        $0.ports[1].octets = (600, 0)
      }
    }
    #expect(isNear(outcome.value("in", "eth0"), 80))
    #expect(isNear(outcome.value("in", "eth1"), 80))
  }

  @Test func `64-bit columns that never count are not believed`() {
    let device = SNMPDevice([Port(index: 1, speed: 100_000_000, octets: (0, 0), narrowOctets: (1000, 1000))])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].narrowOctets = (1600, 1000)
      }
    }
    #expect(isNear(outcome.value("in", "eth0"), 80))
  }

  @Test func `a restart makes one gap, and says so`() {
    let device = SNMPDevice([Port(index: 1, octets: (5000, 5000))])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime = 20
        $0.ports[0].octets = (9_000_000, 9_000_000)
      }
    }
    #expect(outcome.value("in", "eth0") == .some(nil))
    #expect(outcome.fact("Rates unknown") == "reset (3)")
    #expect(outcome.reading.failure == nil)
  }

  @Test func `the device's own discontinuity concerns one interface`() {
    let device = SNMPDevice([Port(index: 1), Port(index: 2, name: "eth1")])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].discontinuity = 9_000_000
        $0.ports[0].octets = (600, 0)
        $0.ports[1].octets = (600, 0)
      }
    }
    #expect(outcome.value("in", "eth0") == .some(nil))
    #expect(isNear(outcome.value("in", "eth1"), 80))
  }

  @Test func `a change of width makes one gap`() {
    let device = SNMPDevice([Port(index: 1, speed: 100_000_000, octets: nil, narrowOctets: (1000, 0))])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].octets = (1 << 40, 0)
      }
    }
    #expect(outcome.value("in", "eth0") == .some(nil))
    #expect(outcome.fact("Rates unknown")?.contains("width changed (2)") == true)
  }

  @Test func `more than the line carries is not believed, unless the speed is nominal`() {
    let device = SNMPDevice([
      Port(index: 1, speed: 100_000_000), Port(index: 2, name: "tun0", type: 131, speed: 9000, highSpeed: 0),
    ])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].octets = (1 << 40, 0)
        $0.ports[1].octets = (600_000, 0)
      }
    }
    #expect(outcome.value("in", "eth0") == .some(nil))
    #expect(outcome.fact("Rates unknown") == "impossible (1)")
    #expect(isNear(outcome.value("in", "tun0"), 80_000))
  }

  @Test func `a name that moved to another index starts anew, and the series keeps its name`() {
    let device = SNMPDevice([Port(index: 1, octets: (500, 0))])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].index = 7
        $0.ports[0].octets = (600_000, 0)
      }
    }
    #expect(outcome.instances == ["eth0"])
    #expect(outcome.value("in", "eth0") == .some(nil))
    #expect(outcome.fact("Rates unknown")?.contains("discontinuity") == true)
  }

  @Test func `a counter that is missing once is unknown, and its series stays`() {
    let device = SNMPDevice([Port(index: 1)])
    let outcome = asking(device).measureTwice {
      device.change {
        $0.uptime += 60
        $0.ports[0].errors = nil
      }
    }
    #expect(outcome.value("errors-in", "eth0") == .some(nil))
    #expect(isNear(outcome.value("in", "eth0"), 0))
  }

  @Test func `filters keep names, and only enabled ones`() {
    let device = SNMPDevice([
      Port(index: 1, name: "lo"), Port(index: 2, name: "eth0"), Port(index: 3, name: "eth1", admin: 2),
      Port(index: 4, name: "eth2.100"),
    ])
    #expect(asking(device, "include: ^eth").measure().instances == ["eth0", "eth2.100"])
    #expect(
      asking(device, #"exclude: ['\.\d+$', ^lo$], only enabled: false"#).measure().instances == ["eth0", "eth1"])
    let none = asking(device, "include: ^wan").measure().reading
    #expect(none.failure?.kind == .mismatch)
    #expect(none.failure?.message.contains("of 4 interfaces none passes") == true)
  }

  @Test func `empty names fall back, and equal ones are told apart and reported`() {
    let device = SNMPDevice([
      Port(index: 1, name: "", description: "Gigabit 1\u{0}"), Port(index: 2, name: " ", description: ""),
      Port(index: 8, name: "wlan"), Port(index: 9, name: "wlan"),
    ])
    let outcome = asking(device).measure()
    #expect(outcome.instances == ["2", "Gigabit 1", "wlan#8", "wlan#9"])
    #expect(outcome.reading.failure?.kind == .mismatch)
    #expect(outcome.reading.failure?.message.contains("several interfaces are called «wlan»") == true)
  }

  @Test func `a name is data, whatever it says`() {
    let device = SNMPDevice([Port(index: 1, name: "</td><script>alert(1)</script>\u{1B}[31m\n/../x")])
    #expect(asking(device).measure().instances == ["</td><script>alert(1)</script>\u{FFFD}[31m /../x"])
  }

  @Test func `a table that breaks off keeps what it had and names the place`() {
    let ports = (1...40).map { Port(index: $0, name: "eth\($0)") }
    let device = SNMPDevice(ports)
    device.change { $0.silentFrom = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 19, 20] }
    var asking = asking(device)
    asking.timeout = 2
    asking.retries = 4
    let outcome = asking.measure()
    #expect(outcome.instances.count >= 10)
    #expect(outcome.instances.count < 40)
    #expect(outcome.reading.failure?.kind == .timeout)
    #expect(outcome.reading.failure?.message.contains("127.0.0.1 port \(device.port)") == true)
    #expect(outcome.reading.failure?.message.contains("1.3.6.1.2.1.") == true)
  }

  @Test func `a device without interfaces says what to do`() {
    let reading = asking(SNMPDevice()).measure().reading
    #expect(reading.failure?.kind == .mismatch)
    #expect(reading.failure?.message.contains("tells no interfaces") == true)
    #expect(reading.measurements.isEmpty)
  }
}
