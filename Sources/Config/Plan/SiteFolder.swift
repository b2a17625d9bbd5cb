/// The folder `site` of a package: files that stand in the place of redeye's own in the site, and further ones.
package struct SiteFolder: Hashable, Sendable {
  /// The package's name.
  package var package: String
  /// Where it is or would be, relative to the folder of the configuration; `nil` where the package can have none.
  package var path: String?
  package var files: [SiteFile]

  package init(package: String, path: String?, files: [SiteFile] = []) {
    self.package = package
    self.path = path
    self.files = files
  }

  /// The file of a name, such as `overview.mustache` or `files/logo.svg`.
  package subscript(name: String) -> SiteFile? { files.first { $0.name == name } }
}

/// A file of a `site` folder.
package struct SiteFile: Hashable, Sendable {
  /// From the folder on: `overview.mustache`, `files/logo.svg`.
  package var name: String
  /// Relative to the folder of the configuration.
  package var path: String
  package var bytes: [UInt8]

  package init(name: String, path: String, bytes: [UInt8]) {
    self.name = name
    self.path = path
    self.bytes = bytes
  }
}
