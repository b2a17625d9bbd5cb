import Model
import Testing

struct NamesTests {
  @Test(arguments: ["www/website/up", "router1/interfaces/xe-0/0/0/in", "localhost/system///used"])
  func `a name reads back as it was printed`(text: String) throws {
    #expect(try #require(SeriesID(text)).description == text)
  }

  @Test func `a slash in the instance stays in the instance`() throws {
    let series = try #require(SeriesID("router1/interfaces/xe-0/0/0/in"))
    #expect(series.instance == "xe-0/0/0")
    #expect(series.metric == "in")
  }

  @Test(arguments: ["", "www", "www/up", "www//up", "/a/b", "a/b/"])
  func `a name with too few parts is none`(text: String) {
    #expect(SeriesID(text) == nil)
  }

  @Test(arguments: [
    ("*/ping/loss", "www/ping/loss", true), ("*/ping/loss", "www/ping/a/loss", false),
    ("router1/interfaces/*/in", "router1/interfaces/xe-0/0/0/in", true), ("router1/**", "router1/ping/loss", true),
    ("router1/if/**", "router1/if/eth0/in", true), ("router1/if/**", "router1/ping/loss", false),
    ("**", "a/b/c", true), ("w?w/ping/*", "www/ping/loss", true), ("w?w/ping/*", "ww/ping/loss", false),
    ("www/ping/loss", "www/ping/loss", true), ("*", "a/b/c", false),
  ])
  func `a selector picks what it says`(selector: String, series: String, matches: Bool) throws {
    #expect(Selector(selector).matches(try #require(SeriesID(series))) == matches)
  }

  @Test func `a pattern of many stars is quick`() {
    #expect(!glob(String(repeating: "*a", count: 30), String(repeating: "a", count: 20_000) + "b"))
  }

  @Test func `a secret shows itself to nobody who does not ask`() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!"\(secret)\(String(reflecting: secret))\(dumped)".contains("hunter2"))
    #expect(secret.reveal() == "hunter2")
  }
}
