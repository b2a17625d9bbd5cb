/// A file of the simulated fleet's configuration.
package struct FleetFile: Hashable, Sendable {
  /// Relative to the folder of the configuration.
  package var path: String
  package var bytes: [UInt8]
  /// Permission bits.
  package var mode: UInt32
}

/// The configuration of the simulated fleet, the file to name with `-c` first.
package func fleetFiles() -> [FleetFile] {
  [
    FleetFile(path: "redeye.yaml", bytes: PackageResources.redeye_yaml, mode: 0o644),
    FleetFile(path: "packages/network.yaml", bytes: PackageResources.network_yaml, mode: 0o644),
    FleetFile(path: "packages/services.yaml", bytes: PackageResources.services_yaml, mode: 0o644),
    FleetFile(path: "packages/pages.yaml", bytes: PackageResources.pages_yaml, mode: 0o644),
    FleetFile(path: "packages/people.yaml", bytes: PackageResources.people_yaml, mode: 0o644),
    FleetFile(path: "scripts/backup-size.sh", bytes: PackageResources.backup_size_sh, mode: 0o755),
    FleetFile(path: "secrets/snmp", bytes: PackageResources.community, mode: 0o600),
  ]
}
