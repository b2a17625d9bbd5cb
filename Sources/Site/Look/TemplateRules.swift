import Config
import Model
import Mustache

/// What templates of packages have to keep to, so that whatever they say, a run ends and text from outside stays text.
struct TemplateRules: Sendable {
  /// Finished markup by its names; all other values are escaped.
  private let markup: Set<String>
  /// Of each built-in template that puts the value of a list in as it is.
  private let markupOfLists: Set<String>
  /// Every name a page gives.
  private let names: Set<String>

  static let longest = 64 << 10
  private static let deepest = 32

  /// The rules follow from the templates that are built in.
  init(builtIn: [String: [UInt8]]) {
    var (markup, lists, names): (Set<String>, Set<String>, Set<String>) = ([], [], ["."])
    for (template, bytes) in builtIn {
      for tag in TemplateTags(String(decoding: bytes, as: UTF8.self)).all where tag.kind != .partial {
        names.formUnion(tag.name.split(separator: ".").map(String.init))
        if tag.kind == .markup, tag.name == "." { lists.insert(template) }
        if tag.kind == .markup, tag.name != "." { markup.insert(tag.name) }
      }
    }
    (self.markup, markupOfLists, self.names) = (markup, lists, names)
  }

  /// What is wrong with a template by itself.
  func faults(of template: String, _ bytes: [UInt8], _ tags: TemplateTags) -> [TemplateFault] {
    if bytes.count > TemplateRules.longest {
      return [TemplateFault("longer than \(TemplateRules.longest >> 10) KiB", line: 0, column: 0)]
    }
    if let open = tags.unfinished {
      return [TemplateFault("this tag has no end", at: open, help: "close it with }}")]
    }
    let found =
      tags.all.flatMap { faults(of: $0, in: template) } + sections(tags.all) + frame(template, tags.all)
    return found.contains { !$0.isWarning } ? found : found + syntax(bytes)
  }

  private func faults(of tag: TemplateTag, in template: String) -> [TemplateFault] {
    switch tag.kind {
    case .other(let sign): return [refused(sign, tag)]
    case .partial: return []
    case .end: return []
    case .markup where !isMarkup(tag.name, in: template):
      let isValue = tag.name == "." || names.contains(tag.name)
      return [
        TemplateFault(
          "“\(tag.name.printable(limit: 60))” is no finished markup, and would be put in as it is", at: tag,
          help: isValue
            ? "write {{\(tag.name)}}; finished markup are \(markup.sorted().joined(separator: ", "))"
            : unknownHelp(tag.name))
      ]
    default: return unknown(tag)
    }
  }

  private func isMarkup(_ name: String, in template: String) -> Bool {
    name == "." ? markupOfLists.contains(template) : markup.contains(name)
  }

  private func refused(_ sign: Character, _ tag: TemplateTag) -> TemplateFault {
    let what =
      switch sign {
      case "=": "the signs of tags stay as they are"
      case "%": "how values are escaped stays as it is"
      case "<", "$": "templates of the site have no blocks to inherit"
      default: "there is no such tag"
      }
    return TemplateFault(
      what, at: tag, help: "there are {{name}}, {{#name}}, {{^name}}, {{/name}}, {{>template}} and {{! }}")
  }

  /// A misspelt name shows nothing, and nobody would notice.
  private func unknown(_ tag: TemplateTag) -> [TemplateFault] {
    if tag.name.contains("(") || tag.name.contains("*") || tag.name.isEmpty {
      return [
        TemplateFault(
          "“\(tag.name.printable(limit: 60))” is no name", at: tag, help: "a tag holds a name and nothing else")
      ]
    }
    let missing = tag.name.split(separator: ".").map(String.init).first { !names.contains($0) }
    guard let missing else { return [] }
    return [
      TemplateFault(
        "no page of redeye knows “\(missing.printable(limit: 60))”", at: tag, help: unknownHelp(missing),
        isWarning: true)
    ]
  }

  private func unknownHelp(_ name: String) -> String? {
    Nearest.candidate(to: name, in: names).map { "did you mean “\($0)”?" }
  }

  private func sections(_ tags: [TemplateTag]) -> [TemplateFault] {
    var open: [TemplateTag] = []
    for tag in tags {
      if tag.kind == .section || tag.kind == .inverted {
        open.append(tag)
        if open.count > TemplateRules.deepest {
          return [TemplateFault("sections deeper than \(TemplateRules.deepest) levels", at: tag)]
        }
      }
      guard tag.kind == .end else { continue }
      guard let last = open.popLast() else {
        return [TemplateFault("{{/\(tag.name.printable(limit: 60))}} closes nothing", at: tag)]
      }
      if last.name != tag.name {
        return [
          TemplateFault(
            "{{/\(tag.name.printable(limit: 60))}} stands where “\(last.name.printable(limit: 60))” of line \(last.line) has to be closed",
            at: tag, help: "write {{/\(last.name)}} first")
        ]
      }
    }
    return open.last.map { [TemplateFault("this section is not closed", at: $0, help: "write {{/\($0.name)}}")] } ?? []
  }

  /// A frame without content would make every page empty.
  private func frame(_ template: String, _ tags: [TemplateTag]) -> [TemplateFault] {
    guard ["layout", "publiclayout"].contains(template),
      !tags.contains(where: { $0.kind == .markup && $0.name == "content" })
    else { return [] }
    return [
      TemplateFault(
        "the frame of the pages has no content", line: 0, column: 0, help: "write {{{content}}} where it belongs")
    ]
  }

  /// What the parser itself says, should the rest have missed something.
  private func syntax(_ bytes: [UInt8]) -> [TemplateFault] {
    do {
      _ = try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
      return []
    } catch let error as MustacheTemplate.ParserError {
      return [
        TemplateFault(
          "this is no template: \(error.error)", line: error.context.lineNumber, column: error.context.columnNumber)
      ]
    } catch {
      return [TemplateFault("this is no template: \(error)", line: 0, column: 0)]
    }
  }
}
