internal import YAML

/// The manual of the configuration in Markdown, made from the schema of the built-in package.
package func reference() -> String {
  let base = BasePackage()
  return Reference(schema: base.schema, monitors: base.monitors).text
}

/// The built-in package by itself.
struct BasePackage {
  let schema: Schema
  let monitors: [YAMLPair]

  init() {
    let nothing = ConfigurationFiles(
      read: { (_) throws(ReadFailure) in throw ReadFailure("it is not there") }, list: { _ in [] },
      realPath: { _ in nil }, status: { _ in .missing })
    let findings = Findings(root: "/")
    let reader = FileReader(root: "/", files: nothing, findings: findings)
    let package = PackageReader(reader: reader).builtIn()
    var schemaReader = SchemaReader(findings: findings)
    schema = schemaReader.read([package])
    monitors = package.section("monitors")?.pairs ?? []
  }
}

struct Reference {
  let schema: Schema
  let monitors: [YAMLPair]

  var text: String {
    ([heading, words] + schema.sections.map(section) + [types, templates]).joined(separator: "\n")
  }

  private var heading: String {
    """
    # Reference of the configuration

    Made from the schema of the built-in package `base`; `redeye config reference` prints it. A field that is neither
    listed here nor declared by a package of yours is an error, never ignored.

    """
  }

  private var words: String {
    """
    ## A package

    A file, or a folder of files that end in `.yaml`.

    | word | meaning |
    |---|---|
    | `package` | Its name; that of the file if not given. |
    | `title` | What stands above the site. |
    | `requires` | Packages to ask on a miss, in order: names (`packages/NAME.yaml` or `packages/NAME/` beside the configuration) or files. `base` is always the last. |
    | `include` | Further files of this package; `*` and `?` stand within a name. |
    | `__import__KEY: FILE` | At any place: the file is the value of KEY. |
    | `__load: FILE` | At any place: the fields of the file stand here. |
    | `sections` | Sections of your own, or more fields for those below. |
    | `types` | Types of your own: a name and the words of a field. |

    Files are named from the folder of the file that says it, and never outside of the configuration's folder.
    A secret is written `!secret env:NAME`, `!secret file:PATH` or `!secret command:PROGRAM ARGUMENTS`.

    """
  }

  // MARK: Sections

  private func section(_ section: Section) -> String {
    var lines = ["## \(section.name)", "", section.says, ""]
    if !section.isSingle {
      lines += ["Written `\(section.name): \(section.shape)`.", ""]
    }
    lines += ["| field | type | default | meaning |", "|---|---|---|---|"]
    lines += section.ordered.flatMap(\.fields).compactMap { section.fields[$0] }.flatMap {
      rows($0, path: [], kinds: section.name == "pages" ? "widgets" : "jobs")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// - Parameter kinds: what the kinds of a field are kinds of.
  private func rows(_ field: Field, path: [String], kinds: String) -> [String] {
    let path = path + [field.name]
    let need = field.isRequired ? "**required**" : field.defaultNode.map { "`\(Reference.text($0))`" } ?? ""
    var says = field.says
    if !field.kinds.isEmpty { says += " For \(field.kinds.listed) \(kinds)." }
    if let range = Reference.range(field) { says += " \(range)" }
    let own = "| `\(path.joined(separator: " › "))` | \(field.typeText(quoting: "`")) | \(need) | \(says) |"
    return [own] + field.inner.flatMap { rows($0, path: path, kinds: kinds) }
  }

  private static func range(_ field: Field) -> String? {
    switch (field.minimum?.text, field.maximum?.text) {
    case (let low?, let high?): "From \(low) to \(high)."
    case (let low?, nil): "At least \(low)."
    case (nil, let high?): "At most \(high)."
    case (nil, nil): nil
    }
  }

  static func text(_ node: YAMLNode) -> String {
    if let text = node.text { return text }
    return "[" + (node.items ?? []).compactMap(\.text).joined(separator: ", ") + "]"
  }

  // MARK: Types and monitors

  private var types: String {
    let rows = TypeRule.all.map { "| \($0.name) | \($0.noun) | \($0.examples) |" }
    let composed = [
      "| enum | one of its `values` | |",
      "| list | any number of what `of` says; with `or one: true` also one | [a, b] |",
      "| map | names with what `of` says | {a: 1, b: 2} |", "| fields | the fields `fields` says | {a: 1} |",
      "| item | the name of an item of `section` | |",
      "| secret | where a secret is to be had | !secret file:secrets/snmp |",
      "| path | a file, from the folder of the file that says it | scripts/hello.sh |",
      "| argv | arguments of a program | [-H, www.example.org] |", "| any | anything | |",
    ]
    return (["## Types", "", "| type | is | like |", "|---|---|---|"] + rows + composed).joined(separator: "\n") + "\n"
  }

  private var templates: String {
    let rows = monitors.map { pair -> String in
      let parameters = (pair.value["parameters"]?.pairs ?? []).map { "`\($0.key.text)`" }.joined(separator: ", ")
      let jobs = (pair.value["jobs"]?.pairs ?? []).map { "`\($0.key.text)`" }.joined(separator: ", ")
      return "| `\(pair.key.text)` | \(pair.value["title"]?.text ?? "") | \(jobs) | \(parameters) |"
    }
    let head = [
      "## Monitors of base", "",
      "A host gets them with `use`. A mapping under a monitor's name, on the host or its group, sets its parameters and",
      "the fields of its jobs: `ping: {packets: 5}`.", "", "| monitor | for | jobs | parameters |", "|---|---|---|---|",
    ]
    return (head + rows).joined(separator: "\n") + "\n"
  }
}

extension Section {
  /// `{GROUP: {NAME: {fields}}}`
  fileprivate var shape: String {
    let keys = indexes.map { "\($0.field.uppercased()): " }
    return keys.map { "{\($0)" }.joined() + "{fields}" + String(repeating: "}", count: keys.count)
  }
}

extension Field {
  /// What it takes, in a few words; words to choose from between two of `sign`.
  func typeText(quoting sign: String = "") -> String {
    switch shape {
    case .simple(let rule): rule.name
    case .choice(let words): words.map { sign + $0 + sign }.joined(separator: ", ")
    case .list(let element): "list of \(element.typeText(quoting: sign))" + (takesOne ? ", or one" : "")
    case .map(let element): "map of \(element.typeText(quoting: sign))"
    case .fields: "fields"
    case .template(let section): "fields of \(section)"
    case .item(let section): "item of \(section)"
    case .secret: "secret"
    case .path: "path"
    case .argv: "list of arguments"
    case .use: "list of monitors"
    case .any: "any"
    }
  }

  /// Fields below this one, also those of the elements of a list or map.
  fileprivate var inner: [Field] {
    switch shape {
    case .fields(let table, _): table.all
    case .list(let element), .map(let element): element.inner
    default: []
    }
  }
}
