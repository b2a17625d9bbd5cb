import Mustache

/// What a template is filled with. A name that is missing is looked for further out, so whatever may be absent is
/// given as `false`.
typealias View = [String: Any]

/// The templates of the pages, parsed.
struct Templates: Sendable {
  private let library: MustacheLibrary
  let look: Look
  /// Of all templates: what was made with others has to be made anew.
  let digest: UInt64

  /// - Parameter names: Those that are wanted, with what they ask for; where packages bring templates, all are read.
  init(_ look: Look = Look([]), only names: Set<String>? = nil) throws {
    MustacheContentTypes.register(Markup(), named: Markup.name)
    var library = MustacheLibrary()
    var definition = Definition()
    let wanted = look.templates.hasOwn ? nil : names
    for (name, candidate) in look.templates.chosen.sorted(by: { $0.key < $1.key })
    where wanted?.contains(name) ?? true {
      let text = String(decoding: candidate.bytes, as: UTF8.self)
      try library.register("{{% CONTENT_TYPE: \(Markup.name)}}\n" + text, named: name)
      definition.add(name)
      definition.add(text)
    }
    self.library = library
    self.look = look
    digest = definition.value
  }

  /// `nil` where there is no template of that name.
  func text(_ view: View, with name: String) -> String? { library.render(view, withTemplate: name) }

  static let sources: [String: [UInt8]] = [
    "layout": PackageResources.layout_mustache,
    "key": PackageResources.key_mustache,
    "picture": PackageResources.picture_mustache,
    "configuration": PackageResources.configuration_mustache,
    "configsection": PackageResources.configsection_mustache,
    "configitem": PackageResources.configitem_mustache,
    "valuesets": PackageResources.valuesets_mustache,
    "search": PackageResources.search_mustache,
    "removed": PackageResources.removed_mustache,
    "plot": PackageResources.plot_mustache,
    "notelist": PackageResources.notelist_mustache,
    "objectivetable": PackageResources.objectivetable_mustache,
    "incidenttable": PackageResources.incidenttable_mustache,
    "hosttable": PackageResources.hosttable_mustache,
    "overview": PackageResources.overview_mustache,
    "hosts": PackageResources.hosts_mustache,
    "host": PackageResources.host_mustache,
    "instance": PackageResources.instance_mustache,
    "series": PackageResources.series_mustache,
    "metrics": PackageResources.metrics_mustache,
    "metric": PackageResources.metric_mustache,
    "top": PackageResources.top_mustache,
    "problems": PackageResources.problems_mustache,
    "owngraphs": PackageResources.owngraphs_mustache,
    "owngraph": PackageResources.owngraph_mustache,
    "ownpages": PackageResources.ownpages_mustache,
    "ownpage": PackageResources.ownpage_mustache,
    "widgets": PackageResources.widgets_mustache,
    "widget": PackageResources.widget_mustache,
    "narrowpicture": PackageResources.narrowpicture_mustache,
    "objectives": PackageResources.objectives_mustache,
    "objective": PackageResources.objective_mustache,
    "incidents": PackageResources.incidents_mustache,
    "incident": PackageResources.incident_mustache,
    "runs": PackageResources.runs_mustache,
    "oncall": PackageResources.oncall_mustache,
    "atom": PackageResources.atom_mustache,
    "publiclayout": PackageResources.publiclayout_mustache,
    "publicoverview": PackageResources.publicoverview_mustache,
    "publicobjective": PackageResources.publicobjective_mustache,
    "publicincidents": PackageResources.publicincidents_mustache,
    "publicincidenttable": PackageResources.publicincidenttable_mustache,
    "badge": PackageResources.badge_mustache,
  ]
}

extension View {
  /// With `hasNAME` for each list, for what is wanted once around all its elements or in place of them.
  var withFlags: View {
    var result = self
    for (name, value) in self {
      if let list = value as? [Any] { result["has" + name] = !list.isEmpty }
      if value as? Bool == false { result["has" + name] = false }
    }
    return result
  }
}

extension Optional {
  /// The value, or `false`, so that a section of the template is left out.
  var orFalse: Any {
    switch self {
    case .some(let value): value
    case .none: false
    }
  }
}

extension String {
  /// The text, or `false` where it is empty.
  var orFalse: Any { isEmpty ? false : self }
}

extension Array {
  /// The elements, or `false` where there are none: for a section that is wanted once around them all.
  var orFalse: Any { isEmpty ? false : self }
}
