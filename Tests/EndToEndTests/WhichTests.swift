import TestSupport
import Testing

@Suite struct WhichTests {
  private func installed() throws -> Installation {
    let installed = try Installation("hosts: {here: {localhost: {use: [system]}}}")
    try installed.folder.write(
      "redeye.yaml", try installed.folder.read("redeye.yaml").replacing("[base]", with: "[look]"))
    try installed.folder.write("packages/look/look.yaml", "package: look\n")
    try installed.folder.write("packages/look/site/extra.css", ".brand { color: teal }\n")
    try installed.folder.write("packages/look/site/files/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    return installed
  }

  @Test func `which tells each place looked at and the one that is used`() throws {
    let installed = try installed()
    let result = installed.redeye("which", "extra.css")
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.output == """
        extra.css
          test  site/extra.css                –
          look  packages/look/site/extra.css  used
          base  built in                      –

        """)
    let monitor = installed.redeye("which", "system")
    #expect(monitor.output.contains("monitors/system\n  test  monitors"))
    let unknown = installed.redeye("which", "overveiw")
    #expect(unknown.status == 2)
    #expect(unknown.error.contains("nothing is called “overveiw”; did you mean “overview”?"), "\(unknown.error)")
    let all = installed.redeye("which")
    #expect(all.output.contains("overview.mustache") && all.output.contains("files/logo.svg"))
    #expect(all.output.contains("\nhosts "))
  }

  @Test func `a template of a package is checked, and a run goes on without a broken one`() throws {
    let installed = try installed()
    try installed.folder.write("site/overview.mustache", "<p>\n{{#open}}\n")
    let check = installed.redeye("check")
    #expect(check.status == 2)
    #expect(
      check.error == """
        site/overview.mustache:2:1: error: this section is not closed
            2 | {{#open}}
              | ^^^^^^^^^
              write {{/open}}
        1 error

        """)
    let run = installed.redeye("run")
    #expect(
      run.status == 1 && run.error.contains("site/overview.mustache:2: this section is not closed"), "\(run.error)")
    #expect(try installed.folder.read("reports/index.html").contains("Overview"))
    #expect(try installed.folder.read("reports/redeye.css").hasSuffix(".brand { color: teal }\n"))
    #expect(try installed.folder.read("reports/files/logo.svg").hasPrefix("<svg"))
    try installed.folder.write("site/overview.mustache", "<h1>Ours</h1>{{#open}}{{number}}{{/open}}\n")
    #expect(installed.redeye("report").status == 0)
    #expect(try installed.folder.read("reports/index.html").contains("<h1>Ours</h1>"))
  }
}
