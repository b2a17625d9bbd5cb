import Model

/// A file of the site.
package enum SiteFile: Hashable, Sendable {
  case bytes([UInt8])
  /// As it was in the generation before.
  case keep
}

/// The site as paths and their files, and what could not be rendered, one line each.
package struct Site: Hashable, Sendable {
  package var files: [String: SiteFile]
  package var problems: [String]

  package init(files: [String: SiteFile] = [:], problems: [String] = []) {
    self.files = files
    self.problems = problems
  }
}

/// Every page, picture and data file of the site.
package func render(_ input: SiteInput) -> Site {
  Site()
}
