import Foundation
import Platform

/// What a real browser finds wrong with the pages of a site.
package struct Browser {
  /// One page at one width.
  package struct Finding: Decodable, Equatable, Sendable {
    package var page: String
    package var width: Int
    /// Addresses of pictures that did not load.
    package var pictures: [String]
    /// Addresses of stylesheets that did not load.
    package var sheets: [String]
    /// What stands out over the right edge of the page, and by how much.
    package var overflow: [String]
    /// Addresses of links and their targets, as the browser resolves them.
    package var links: [String]
    /// Addresses of everything the page had fetched.
    package var fetched: [String]
    /// How many pictures there are, and how many of them are those for the dark.
    package var count: Int
    package var dark: Int
  }

  package static let program = "chromium-headless-shell"

  /// Opens every page of the folder at every width and says what it found; throws what the browser said if it did not
  /// finish.
  ///
  /// - Parameter isDark: Whether people like it dark: pages have other pictures then.
  package static func look(at folder: String, pages: [String], widths: [Int], isDark: Bool) throws -> [Finding] {
    let place = try TemporaryFolder()
    let root = URL(fileURLWithPath: folder).absoluteString
    let harness = try place.write("harness.html", try page(root: root, pages: pages, widths: widths))
    return try ask("file://\(harness)", isDark: isDark).answer
  }

  /// The same of pages a server has, whose `root` begins with its address; `put` hands it a page to begin with, and
  /// says its address. With what scripts and the browser itself wrote into the console.
  package static func look(
    served root: String, pages: [String], widths: [Int], isDark: Bool, put: (String) throws -> String
  ) throws -> (findings: [Finding], console: [String]) {
    let address = try put(try page(root: root, pages: pages, widths: widths))
    let (answer, console): ([Finding], [String]) = try ask(address, isDark: isDark)
    return (answer, console)
  }

  /// Opens a page that leaves JSON in an element `found`, and the lines of its console.
  static func ask<Answer: Decodable>(
    _ address: String, isDark: Bool
  ) throws -> (answer: Answer, console: [String]) {
    let profile = try TemporaryFolder()
    let scheme = isDark ? ["--blink-settings=preferredColorScheme=0"] : ["--force-device-scale-factor=2"]
    let arguments =
      [
        program, "--no-sandbox", "--headless", "--allow-file-access-from-files", "--enable-logging=stderr",
        "--user-data-dir=\(profile.path)/profile",
      ]
      + scheme + ["--virtual-time-budget=600000", "--dump-dom", address]
    let text = try run(arguments)
    guard let found = text.firstMatch(of: /<pre id="found">([^<]*)<\/pre>/),
      let json = String(found.1).removingPercentEncoding
    else { throw HelperError("the browser found nothing: \(text.suffix(2_000))") }
    let console = text.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init)
    return (try JSONDecoder().decode(Answer.self, from: Data(json.utf8)), console)
  }

  /// A value as a script reads it, wherever in a page the script stands.
  static func literal(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self).replacing("</", with: "<\\/")
  }

  /// Opens the pages one after the other in a frame, loads what would wait to be seen, and writes down what it finds.
  private static func page(root: String, pages: [String], widths: [Int]) throws -> String {
    """
    <!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><body><script>
    const root = \(try literal(root)), pages = \(try literal(pages)), widths = \(widths);
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
    // A sheet that did not load is there and keeps its rules to itself.
    const isLost = link => {
      try { return !link.sheet || link.sheet.cssRules.length === 0; } catch (error) { return true; }
    };
    async function look(page, width) {
      const frame = document.createElement('iframe');
      frame.width = width; frame.height = 900; frame.style.border = 0;
      const loaded = new Promise(resolve => frame.onload = resolve);
      frame.src = root + page;
      document.body.append(frame);
      await loaded;
      const there = frame.contentDocument, images = [...there.images];
      const likes = frame.contentWindow.matchMedia('(prefers-color-scheme: dark)');
      for (let tries = 0; tries < 200 && likes.matches !== isDark; tries++) await pause(10);
      // Writing its sources makes a picture choose anew, should it have chosen before the frame knew what is liked.
      for (const image of images) { image.loading = 'eager'; image.srcset = image.srcset; }
      await pause(10);
      const waits = image => !image.complete || (isDark && !image.currentSrc.includes('-dark'));
      for (let tries = 0; tries < 1000 && images.some(waits); tries++) await pause(10);
      const edge = there.documentElement.clientWidth;
      const wide = there.documentElement.scrollWidth > edge;
      const found = {
        page, width, count: images.length, dark: images.filter(image => image.currentSrc.includes('-dark')).length,
        pictures: images.filter(image => !image.naturalWidth).map(image => image.currentSrc || image.src),
        sheets: [...there.querySelectorAll('link[rel=stylesheet]')].filter(isLost).map(link => link.href),
        overflow: wide ? ['scrollWidth ' + there.documentElement.scrollWidth + ' of ' + edge].concat(
          [...there.body.querySelectorAll('*')].filter(part => part.getBoundingClientRect().right > edge + 1)
            .slice(0, 5).map(part => part.tagName + '.' + part.getAttribute('class') + ' '
              + Math.round(part.getBoundingClientRect().right))) : [],
        links: [...there.querySelectorAll('a[href], link[href]')].map(link => link.href),
        fetched: frame.contentWindow.performance.getEntriesByType('resource').map(entry => entry.name),
      };
      frame.remove();
      return found;
    }
    const isTroubled = found => found.pictures.length + found.sheets.length + found.overflow.length > 0;
    // What is wrong is wrong twice; what a busy machine only had no time for is not.
    async function lookTwice(page, width) {
      const found = await look(page, width);
      return isTroubled(found) ? look(page, width) : found;
    }
    (async () => {
      const all = [];
      for (const page of pages) all.push(...await Promise.all(widths.map(width => lookTwice(page, width))));
      const result = document.createElement('pre');
      result.id = 'found';
      result.textContent = encodeURIComponent(JSON.stringify(all));
      document.body.append(result);
    })();
    </script>
    """
  }
}
