package import Model

/// A section a package declared itself: its items are checked and shown.
package struct PlanSection: Sendable {
  package var name: String
  package var title: String
  package var says: String
  package var items: [PlanItem]

  package init(name: String, title: String, says: String = "", items: [PlanItem]) {
    self.name = name
    self.title = title
    self.says = says
    self.items = items
  }
}

package struct PlanItem: Sendable {
  package var name: String
  /// Index values from the outermost group in.
  package var group: [String]
  /// In the order of the section's field sets, secrets left out.
  package var fieldSets: [FieldSet]
  package var location: SourceLocation

  package struct FieldSet: Hashable, Sendable {
    package var title: String
    package var facts: [Fact]

    package init(title: String, facts: [Fact]) {
      self.title = title
      self.facts = facts
    }
  }

  package init(name: String, group: [String], fieldSets: [FieldSet], location: SourceLocation) {
    self.name = name
    self.group = group
    self.fieldSets = fieldSets
    self.location = location
  }
}
