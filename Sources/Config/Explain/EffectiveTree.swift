internal import YAML

/// Every effective value of a configuration with the layers it came from, for `config show`.
package struct EffectiveTree: Sendable {
  init(_ workshop: Workshop, drafts: [JobDraft], made: Instances) {}

  /// The effective YAML of a path, secrets masked; with `why`, each value's layers beside it.
  ///
  /// A path is written `redeye.yaml >>> hosts >>> core >>> router1 >>> address`, with or without the file, or
  /// `hosts/core/router1`. Throws where nothing is there, with the nearest name that is.
  package func explain(_ path: String, why: Bool = false) throws(UnknownPath) -> String {
    throw UnknownPath(path: path, help: nil)
  }
}

/// A path of the configuration at which nothing is.
package struct UnknownPath: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  package var help: String?

  package var description: String {
    "there is nothing at “\(path)”" + (help.map { "; \($0)" } ?? "")
  }
}
