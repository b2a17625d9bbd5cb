internal import YAML

/// Reads a configuration file, or a folder of them, with everything it links to, and checks all of it.
///
/// `path` is absolute. The plan is there iff no problem is an error; every problem is told, by file and line.
package func load(path: String, files: ConfigurationFiles = .disk) -> Loaded {
  let path = Path.normalised(path)
  let real = files.realPath(path) ?? path
  let findings = Findings(root: files.status(real) == .folder ? real : Path.folder(of: real))
  let reader = FileReader(root: findings.root, files: files, findings: findings)
  let packages = PackageReader(reader: reader).all(from: real)
  let site = SiteReader(reader: reader).folders(of: packages)
  var schemaReader = SchemaReader(findings: findings)
  let schema = schemaReader.read(packages)
  let workshop = Workshop(packages: packages, schema: schema, findings: findings, inspector: Inspector(files))
  var (plan, tree) = workshop.plan(path: real, read: reader.read)
  plan.site = site
  return Loaded(
    plan: findings.hasErrors ? nil : plan, problems: findings.problems(hiding: Mask(names: workshop.shelf.secretNames)),
    files: reader.read, site: site, tree: tree)
}
