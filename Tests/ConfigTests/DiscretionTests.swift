import Testing

@testable import Config

@Suite struct DiscretionTests {
  @Test(arguments: [
    ("[check.sh, --password=hunter2, -H, www]", "[check.sh, --password=‹secret›, -H, www]"),
    ("[check.sh, --db-password, hunter2]", "[check.sh, --db-password, ‹secret›]"),
    ("[mysql, -pass, hunter2]", "[mysql, -pass, ‹secret›]"),
    ("https://x.example/?API_KEY=hunter2&b=1", "https://x.example/?API_KEY=‹secret›&b=1"),
    ("\"Bearer hunter2\"", "\"Bearer ‹secret›\""), ("{X-Token: hunter2}", "{X-Token: ‹secret›}"),
    ("token='hunter2' x", "token='‹secret›' x"),
  ])
  func `what is a secret by its name is hidden`(text: String, shown: String) {
    #expect(Discretion.hiding(text) == shown)
    #expect(Discretion.hiding(shown) == shown)
  }

  @Test(arguments: [
    "The password page answers", "tokens per second", "compass: 5", "[-H, www.example.org]", "", "basically fine",
    "‹secret›", "ping",
  ])
  func `other texts stay as they are`(text: String) {
    // “compass: 5” ends in such a word: rather too much than too little.
    #expect(text.hasPrefix("compass") || Discretion.hiding(text) == text)
  }
}
