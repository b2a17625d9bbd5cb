import Config

/// A field set of the built-in package as a job asks for it; `more` are further fields of the job in YAML.
func shipped(_ name: String, _ more: String = "") -> FieldSet {
  let text = """
    jobs:
      all:
        one: {kind: snmp, community: !secret env:C, request: \(name)\(more.isEmpty ? "" : ", " + more)}
    """
  let nothing = ConfigurationFiles(
    read: { (_) throws(ReadFailure) in throw ReadFailure("it is not there") }, list: { _ in [] },
    realPath: { _ in nil }, status: { _ in .missing })
  let files = ConfigurationFiles.remembered(
    [SourceFile(path: "/c/redeye.yaml", bytes: Array(text.utf8))], others: nothing)
  let loaded = load(path: "/c/redeye.yaml", files: files)
  guard case .snmp(let probe)? = loaded.plan?.jobs.first?.probe else {
    return FieldSet(name: "broken: \(loaded.problems)")
  }
  return probe.fieldSet
}
