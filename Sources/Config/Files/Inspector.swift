/// What is known of files that are named and not read; each is asked for once.
final class Inspector {
  private let files: ConfigurationFiles
  private var known: [String: ConfigurationFiles.Status] = [:]

  init(_ files: ConfigurationFiles) { self.files = files }

  func status(_ path: String) -> ConfigurationFiles.Status {
    if let status = known[path] { return status }
    let status = files.status(path)
    known[path] = status
    return status
  }
}
