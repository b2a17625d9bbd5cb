/// libyaml's words for a syntax error, said again for somebody who has never read the grammar.
struct SyntaxMessage {
  var problem: String
  var context: String
  var at: YAMLMark
  var since: YAMLMark

  var error: YAMLError {
    for rule in SyntaxMessage.rules where problem.hasPrefix(rule.problem) && context.contains(rule.context) {
      let place = rule.atStart ? since : at
      let message = rule.message.replacing("LINE", with: String(since.line))
      return YAMLError(at: place, message, help: rule.help)
    }
    return YAMLError(at: at, [problem, context].filter { !$0.isEmpty }.joined(separator: " "))
  }

  private struct Rule {
    /// What libyaml's problem begins with, and what its context holds.
    var problem: String
    var context = ""
    /// `LINE` stands for the line of the context.
    var message: String
    var help: String?
    /// Point at the start of the thing, not at where libyaml gave up.
    var atStart = false
  }

  private static let rules: [Rule] = [
    Rule(
      problem: "found unexpected end of stream", context: "quoted scalar",
      message: "a quoted text that starts in line LINE has no end", help: "close it with the quote it starts with",
      atStart: true),
    Rule(
      problem: "found unexpected document indicator", context: "quoted scalar",
      message: "a quoted text that starts in line LINE has no end", help: "close it with the quote it starts with",
      atStart: true),
    Rule(
      problem: "did not find expected ',' or ']'", context: "flow sequence",
      message: "a list that starts in line LINE with “[” has no “]”, or a comma is missing here",
      help: "close it, or quote a text that holds one of [ ] { } , or “: ”"),
    Rule(
      problem: "did not find expected ',' or '}'", context: "flow mapping",
      message: "a mapping that starts in line LINE with “{” has no “}”, or a comma is missing here",
      help: "close it, or quote a text that holds one of [ ] { } , or “: ”"),
    Rule(
      problem: "did not find expected '-' indicator", context: "block collection",
      message: "this is not an item of the list that starts in line LINE",
      help: "begin it with “- ” under the other items, or indent it as they are"),
    Rule(
      problem: "did not find expected key", context: "block mapping",
      message: "this does not fit into the mapping that starts in line LINE",
      help: "indent it exactly as the other keys, and look for a quote or bracket that is not closed above"),
    Rule(
      problem: "mapping values are not allowed",
      message: "a second “:” makes this no key and value",
      help: "quote a text that holds “: ”, begin a new line for the next key, or write the “:” of the line above"),
    Rule(
      problem: "could not find expected ':'", context: "simple key",
      message: "a key in line LINE has no “:” after it", help: "write “key: value”", atStart: true),
    Rule(
      problem: "found character that cannot start any token",
      message: "a value cannot begin with this character",
      help: "quote a value that starts with one of @ ` % | >"),
    Rule(
      problem: "found a tab character", message: "a tab where the indentation is counted",
      help: "indent with spaces"),
    Rule(
      problem: "block sequence entries are not allowed", message: "a list cannot begin here",
      help: "begin the list on a line of its own, indented below its key"),
    Rule(
      problem: "found unknown escape character", message: "an escape (“\\” and a letter) that does not exist",
      help: "use single quotes, in which “\\” is only a character"),
    Rule(
      problem: "did not find expected hexdecimal number",
      message: "an escape (“\\x”, “\\u”) without its hexadecimal digits",
      help: "use single quotes, in which “\\” is only a character"),
    Rule(
      problem: "found invalid Unicode character escape code", message: "an escape for a character that does not exist"),
    Rule(problem: "found undefined tag handle", message: "a tag (“!…!”) nobody declared"),
    Rule(
      problem: "did not find expected alphabetic or numeric character",
      message: "a name must follow “&” or “*”", help: "quote the value if the sign belongs to it"),
    Rule(
      problem: "found incompatible YAML document", message: "a version of YAML that does not exist",
      help: "YAML 1.2 is read"),
    Rule(
      problem: "did not find expected <document start>", message: "text after the end of the document",
      help: "the file must hold one mapping and nothing after it"),
    Rule(
      problem: "did not find expected node content", message: "a value is missing here",
      help: "look for a comma too many, or a bracket that is not closed"),
    Rule(
      problem: "did not find expected comment or line break", context: "block scalar",
      message: "nothing may follow “|” or “>” on its line", help: "begin the text on the next line"),
    Rule(
      problem: "did not find expected whitespace or line break", message: "a space is missing after a tag",
      help: "write “!secret file:path”"),
  ]
}
