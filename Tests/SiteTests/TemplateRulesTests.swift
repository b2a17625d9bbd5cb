import Config
import Mustache
import Testing

@testable import Site

@Suite struct TemplateRulesTests {
  /// Each template of a package that is not right, with all that is said of it.
  private static let wrong: [(name: String, text: String, says: [String])] = [
    ("overview", "<p>{{site</p>", ["1:4: this tag has no end"]),
    ("overview", "<p>\n {{#open}}\n</p>", ["2:2: this section is not closed"]),
    ("overview", "{{/open}}", ["1:1: {{/open}} closes nothing"]),
    (
      "overview", "{{#open}}\n{{#alarm}}x{{/open}}{{/alarm}}",
      ["2:12: {{/open}} stands where “alarm” of line 2 has to be closed"]
    ),
    ("overview", "{{{title}}}", ["1:1: “title” is no finished markup, and would be put in as it is"]),
    ("overview", "{{&cause}}", ["1:1: “cause” is no finished markup, and would be put in as it is"]),
    ("overview", "{{#lines}}{{{.}}}{{/lines}}", ["1:11: “.” is no finished markup, and would be put in as it is"]),
    ("overview", "é{{=<% %>=}}<% title %>", ["1:2: the signs of tags stay as they are"]),
    ("overview", "{{% CONTENT_TYPE: TEXT}}{{title}}", ["1:1: how values are escaped stays as it is"]),
    (
      "overview", "{{<layout}}{{$a}}x{{/a}}{{/layout}}",
      [
        "1:1: templates of the site have no blocks to inherit", "1:12: templates of the site have no blocks to inherit",
        "1:19: {{/a}} closes nothing",
      ]
    ),
    ("overview", "{{uppercased(title)}}", ["1:1: “uppercased(title)” is no name"]),
    ("overview", "{{}}", ["1:1: “” is no name"]),
    ("overview", "{{a b}}", ["1:1: no page of redeye knows “ab” (warning)", "this is no template: unfinishedName"]),
    ("overview", "{{titel}}", ["1:1: no page of redeye knows “titel” (warning)"]),
    ("overview", "{{>incidenttabel}}", ["1:1: there is no template “incidenttabel”"]),
    ("overview", "{{>*title}}", ["1:1: there is no template “*title”"]),
    ("overview", "{{>overview}}", ["1:1: templates in a circle: overview → overview"]),
    ("key", "\n {{>layout}}", ["2:2: templates in a circle: key → layout → key"]),
    ("layout", "<html>{{title}}</html>", ["0:0: the frame of the pages has no content"]),
    ("overveiw", "<p></p>", ["0:0: no page is made with “overveiw”, and no template asks for it"]),
    ("overview", String(repeating: "{{#open}}", count: 33), ["1:289: sections deeper than 32 levels"]),
    ("overview", String(repeating: "x", count: 70_000), ["0:0: longer than 64 KiB"]),
  ]

  private func look(_ files: [String: String], under others: [String: String] = [:]) -> Look {
    func folder(_ name: String, _ path: String, _ files: [String: String]) -> SiteFolder {
      SiteFolder(
        package: name, path: path,
        files: files.sorted { $0.key < $1.key }.map { name, text in
          SiteFile(name: name, path: "\(path)/\(name)", bytes: Array(text.utf8))
        })
    }
    return Look([folder("own", "site", files), folder("other", "packages/other/site", others)])
  }

  @Test(arguments: wrong)
  func `what is wrong with a template is told with its place`(name: String, text: String, says: [String]) throws {
    let look = look(["\(name).mustache": text])
    #expect(look.problems.count == says.count, "\(look.problems)")
    for (problem, said) in zip(look.problems, says) {
      let place = "\(problem.location.line):\(problem.location.column)"
      let told = "\(place): \(problem.message)" + (problem.severity == .warning ? " (warning)" : "")
      #expect(told.contains(said), "\(told)")
      #expect(problem.location.file == "site/\(name).mustache")
    }
    _ = try Templates(look)
  }

  @Test func `a template that cannot be used gives way to the next, and the built-in one is always there`() throws {
    let both = look(["key.mustache": "{{#a}}"], under: ["key.mustache": "<p>theirs</p>"])
    #expect(try Templates(both).text([:], with: "key") == "<p>theirs</p>")
    let none = look(["key.mustache": "{{#a}}"], under: ["key.mustache": "{{>key}}"])
    #expect(try Templates(none).text([:], with: "key") == Templates().text([:], with: "key"))
    #expect(none.complaints.count == 2)
  }

  @Test func `templates of a package may ask for further ones of its own`() throws {
    let look = look(["key.mustache": "<p>{{>greeting}}</p>", "greeting.mustache": "{{title}}"])
    #expect(look.problems == [])
    #expect(try Templates(look).text(["title": "<b>"], with: "key") == "<p>&lt;b&gt;</p>")
  }

  @Test func `templates that grow without end are passed over`() {
    var files = ["key.mustache": "{{>t0}}"]
    for number in 0..<40 { files["t\(number).mustache"] = "{{>t\(number + 1)}}{{>t\(number + 1)}}" }
    files["t40.mustache"] = "x"
    #expect(look(files).problems.contains { $0.message == "more than 1000 templates in one" })
  }

  @Test func `no name is finished markup in one template and text in another`() {
    var kinds: [String: Set<TemplateTag.Kind>] = [:]
    for bytes in Templates.sources.values {
      for tag in TemplateTags(String(decoding: bytes, as: UTF8.self)).all
      where tag.kind == .value || tag.kind == .markup {
        kinds[tag.name, default: []].insert(tag.kind)
      }
    }
    #expect(kinds.filter { $0.value.count > 1 && $0.key != "." }.keys.sorted() == [])
  }

  @Test func `all built-in templates keep to the rules`() {
    let rules = TemplateRules(builtIn: Templates.sources)
    for (name, bytes) in Templates.sources {
      #expect(rules.faults(of: name, bytes, TemplateTags(String(decoding: bytes, as: UTF8.self))) == [], "\(name)")
    }
  }

  @Test func `whatever stands in a template the program goes on`() throws {
    var random = SystemRandomNumberGenerator()
    let parts = [
      "{{", "}}", "{{{", "}}}", "#", "^", "/", ">", "<", "$", "=", "%", "!", "&", "open", " ", "\n", "\r\n", "*", "(",
      ")", "é", ".",
    ]
    let builtIn = ["key": Array("{{open}}{{{open}}}".utf8)]
    let rules = TemplateRules(builtIn: builtIn)
    var usable = 0
    for _ in 0..<4_000 {
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
      let faults = rules.faults(of: "key", Array(text.utf8), TemplateTags(text))
      guard !faults.contains(where: { !$0.isWarning }) else { continue }
      usable += 1
      _ = try MustacheTemplate(string: text).render(["open": true])
    }
    #expect(usable > 200)
  }
}
