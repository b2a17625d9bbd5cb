/// How each kind of job is measured: a new probe is one file and one line here.
package enum Probes {
  /// By the word used in `kind:`.
  package static let table: [String: Measure] = [
    "dns": measureDNS,
    "http": measureHTTP,
    "ping": { measurePing($0, $1) },
    "script": measureScripts,
    "snmp": measureSNMP,
    "system": measureSystem,
    "tcp": measureTCP,
    "tls": measureTLS,
  ]
}
