internal import Model
internal import YAML

/// Every effective value of a configuration with the layers it came from, for `config show`.
package struct EffectiveTree: Sendable {
  let sections: [EffectiveSection]
  /// In the order they are asked.
  let packages: [Package]
  /// All jobs by host.
  let jobs: [String: [JobDraft]]
  /// The fields of a job.
  let jobFields: FieldTable
  /// Files by number, as they are named to people.
  let files: [String]
  let mask: Mask
  /// Where secrets stand in plain text.
  let hidden: Set<Place>
  /// The file or package a path may begin with.
  let roots: [String]

  init(_ workshop: Workshop, jobs: [JobDraft]) {
    sections = workshop.schema.sections.map { section in
      EffectiveSection(
        section: section, items: workshop.shelf.items[section.name] ?? [],
        layers: section.name == "settings" ? workshop.shelf.settings : [])
    }
    packages = workshop.packages
    self.jobs = Dictionary(grouping: jobs) { $0.id.host }
    jobFields = workshop.fields(of: "jobs")
    files = workshop.findings.sources.map(\.name)
    mask = Mask(names: workshop.shelf.secretNames)
    hidden = Set(workshop.findings.hidden.keys)
    roots = files + [workshop.packages.first?.name ?? ""]
  }
}

/// A section with what is in it.
struct EffectiveSection: Sendable {
  var section: Section
  var items: [Item]
  /// Of a section without items.
  var layers: [Layer]
}

/// A path of the configuration at which nothing is.
package struct UnknownPath: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  package var help: String?

  package var description: String {
    "there is nothing at “\(path)”" + (help.map { "; \($0)" } ?? "")
  }
}
