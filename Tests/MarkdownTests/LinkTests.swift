import Markdown
import Testing

@Suite struct LinkTests {
  private func link(_ target: String) throws -> Link {
    try #require(Document("see [it](\(target)) there").links.first)
  }

  @Test func `http, https, mailto and pages of the site are linked to`() throws {
    for text in ["https://www.example.org/a?b=c#d", "HTTP://example.org", "mailto:noc@example.org?subject=Hello"] {
      #expect(try link(text).target == .elsewhere(text))
    }
    #expect(try link("hosts/router1").target == .page(["hosts", "router1"], fragment: nil))
    #expect(try link("hosts/Core%20switch.html#events").target == .page(["hosts", "Core switch"], fragment: "events"))
    #expect(try link("index.html").target == .page(["index"], fragment: nil))
  }

  @Test(arguments: [
    "javascript:alert(1", "javascript:alert", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
    "//evil.example", "/etc/passwd", "../../x", "hosts/../x", "hosts/%2e%2e/x", "http:", "https:///x", "mailto:nobody",
    "https://a\"onload=x", "https://\u{202E}gro.elpmaxe", "https://exämple.org", "hosts/%zz", "hosts/%ff", "hosts//x",
    "java\u{0}script:x", "x?y=z", "",
  ])
  func `all else is refused`(target: String) throws {
    guard let link = Document("see [it](\(target)) there").links.first else { return }
    guard case .refused = link.target else {
      Issue.record("\(target) is \(link.target)")
      return
    }
  }

  @Test func `a link knows where its target stands, over lines and in lists and tables`() throws {
    let text = "a\n- b [x](one)\n\n| [y](two) |\n|---|\n| [z\nz](three) |\n\n[p](four) [ [q](five) ](six)"
    let scalars = Array(text.unicodeScalars)
    let links = Document(text).links
    #expect(links.map(\.text) == ["one", "two", "four", "five"])
    for link in links {
      #expect(String(String.UnicodeScalarView(scalars[link.place])) == link.text)
    }
  }

  @Test func `there is no link in a link, and markup inside of one`() {
    #expect(
      Document("[a **b** [c](x) d](y)").blocks == [
        .paragraph([
          .text("[a "), .strong([.text("b")]), .text(" "),
          .link([.text("c")], Document("[c](x)").links[0].moved(by: 9)),
          .text(" d](y)"),
        ])
      ])
  }
}

extension Link {
  fileprivate func moved(by count: Int) -> Link {
    var link = self
    link.place = place.lowerBound + count..<place.upperBound + count
    return link
  }
}
