/// A page of one's own: widgets in columns, below them what can be folded, and tabs.
package struct OwnPage: Hashable, Sendable {
  /// Widgets, and below them those that can be folded.
  package struct Part: Hashable, Sendable {
    package var widgets: [Widget]
    package var folds: [Fold]

    package init(widgets: [Widget] = [], folds: [Fold] = []) {
      self.widgets = widgets
      self.folds = folds
    }

    package var all: [Widget] { widgets + folds.flatMap(\.widgets) }
  }

  package struct Fold: Hashable, Sendable {
    package var title: String
    /// At first.
    package var isOpen: Bool
    package var widgets: [Widget]

    package init(title: String, isOpen: Bool = false, widgets: [Widget]) {
      self.title = title
      self.isOpen = isOpen
      self.widgets = widgets
    }
  }

  package struct Tab: Hashable, Sendable {
    package var title: String
    package var part: Part

    package init(title: String, part: Part) {
      self.title = title
      self.part = part
    }
  }

  package var name: String
  package var title: String
  /// 1 to 4, where there is room.
  package var columns: Int
  /// Above the tabs.
  package var part: Part
  package var tabs: [Tab]
  package var location: SourceLocation

  package init(
    name: String, title: String, columns: Int = 3, part: Part = Part(), tabs: [Tab] = [],
    location: SourceLocation = SourceLocation(file: "", line: 0, column: 0)
  ) {
    self.name = name
    self.title = title
    self.columns = columns
    self.part = part
    self.tabs = tabs
    self.location = location
  }

  package var widgets: [Widget] { part.all + tabs.flatMap(\.part.all) }
}
