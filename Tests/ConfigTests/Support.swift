import Config

/// Files that exist only here.
func memory(_ texts: [String: String]) -> ConfigurationFiles {
  let nothing = ConfigurationFiles(
    read: { (_) throws(ReadFailure) in throw ReadFailure("it is not there") }, list: { _ in [] },
    realPath: { _ in nil }, status: { $0.hasPrefix("/bin/") ? .file(mode: 0o755, owner: 0, group: 0) : .missing })
  return .remembered(texts.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }, others: nothing)
}

/// Loads a text as `redeye.yaml`, with further files beside it.
func load(_ text: String, beside others: [String: String] = [:]) -> Loaded {
  var texts = ["/c/redeye.yaml": text]
  for (name, text) in others { texts["/c/\(name)"] = text }
  return load(path: "/c/redeye.yaml", files: memory(texts))
}

extension Loaded {
  /// Every problem as `LINE: MESSAGE`.
  var messages: [String] { problems.map { "\($0.location): \($0.message)" } }
}
