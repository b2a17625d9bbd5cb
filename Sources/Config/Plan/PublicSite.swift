/// A tree of pages for the public: of some objectives, under titles that name no host.
package struct PublicSite: Hashable, Sendable {
  package struct Objective: Hashable, Sendable {
    package var name: String
    /// What the public reads in its place; no two alike.
    package var title: String

    package init(name: String, title: String) {
      self.name = name
      self.title = title
    }
  }

  /// The key in `public sites`; empty where the whole site is public.
  package var name: String
  package var title: String
  /// The folder it is published into, absolute.
  package var reports: String
  package var objectives: [Objective]

  package init(name: String, title: String, reports: String, objectives: [Objective] = []) {
    self.name = name
    self.title = title
    self.reports = reports
    self.objectives = objectives
  }
}
