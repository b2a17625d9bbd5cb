import Foundation
import Glibc

/// An nsd of a test's own on 127.0.0.1, for the zones it is given; it ends with the object.
///
/// Of the zone `broken.example` it has no file, so it fails to answer for that (SERVFAIL); of any other it refuses.
package final class NameServer {
  private let folder: TemporaryFolder
  private let daemon: Daemon
  package let port: Int

  /// Zone files by the name of the zone.
  package init(_ zones: [String: String]) throws {
    folder = try TemporaryFolder()
    // For both: fewer datagrams than connections are under way in a test.
    port = freePort()
    let path = folder.path
    for (name, text) in zones { try folder.write("\(name).zone", text) }
    let all = (zones.keys + ["broken.example"]).sorted()
    let blocks = all.map { "zone:\n  name: \"\($0)\"\n  zonefile: \"\(path)/\($0).zone\"\n" }
    let configuration = try folder.write(
      "nsd.conf",
      """
      server:
        ip-address: 127.0.0.1@\(port)
        username: ""
        zonesdir: ""
        database: ""
        pidfile: ""
        xfrdfile: "\(path)/xfrd"
        xfrdir: "\(path)"
        zonelistfile: "\(path)/zones"
        server-count: 1
        rrl-ratelimit: 0
      remote-control:
        control-enable: no
      \(blocks.joined())
      """)
    daemon = try Daemon(["/usr/sbin/nsd", "-d", "-c", configuration], listeningOn: port, log: "\(path)/log")
  }

  package func stop() { daemon.stop() }

  /// `example.org` with a bit of everything, and this serial.
  package static func zone(serial: Int = 2_026_010_101) -> String {
    """
    $ORIGIN example.org.
    $TTL 300
    @ SOA ns1 hostmaster \(serial) 3600 900 86400 60
    @ NS ns1
    @ NS ns2
    @ MX 10 mail
    @ MX 20 mail2
    @ TXT "v=spf1 -all"
    ns1 A 192.0.2.53
    ns2 A 192.0.2.54
    mail A 192.0.2.25
    www A 192.0.2.80
    www A 192.0.2.81
    www AAAA 2001:db8::80
    alias CNAME www
    empty TXT ""
    _sip._tcp SRV 10 5 5060 mail
    large TXT \((0..<12).map { _ in "\"\(String(repeating: "x", count: 200))\"" }.joined(separator: " "))
    """ + "\n"
  }
}
