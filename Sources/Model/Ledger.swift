/// What a slot counts as for an objective.
package enum Verdict: String, Sendable, Codable, CaseIterable { case good, bad, unknown, excluded }

/// A stretch of one verdict in an objective's ledger.
package struct LedgerInterval: Hashable, Sendable, Codable {
  package var objective: String
  package var span: Span
  package var verdict: Verdict
  /// Why, in words that name the rule and the value, or what was missing: `collector did not run`.
  package var cause: String
  /// The hash of the configuration that judged.
  package var configuration: String

  package init(objective: String, span: Span, verdict: Verdict, cause: String, configuration: String) {
    self.objective = objective
    self.span = span
    self.verdict = verdict
    self.cause = cause
    self.configuration = configuration
  }
}
