import Foundation

extension Browser {
  /// What axe-core has to say against one page at one width, a line for each rule.
  package struct Audit: Decodable, Equatable, Sendable {
    package var page: String
    package var width: Int
    package var violations: [String]
    /// How many rules the page was held against and kept.
    package var passes: Int
  }

  /// Holds pages of a folder against the rules of axe-core, at every width.
  ///
  /// The policy of a page lets no script in, so it is a copy without that line which is looked at.
  package static func audit(at folder: String, pages: [String], widths: [Int], isDark: Bool) throws -> [Audit] {
    let place = try TemporaryFolder()
    try run(["cp", "-aL", folder, "\(place.path)/site"])
    let site = URL(fileURLWithPath: "\(place.path)/site")
    for page in pages { try openToScripts(site.appendingPathComponent(page)) }
    let harness = try place.write(
      "harness.html", try auditor(root: site.absoluteString + "/", pages: pages, widths: widths))
    return try ask("file://\(harness)", isDark: isDark).answer
  }

  private static func openToScripts(_ page: URL) throws {
    let text = try String(contentsOf: page, encoding: .utf8)
    try Data(text.replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "").utf8).write(to: page)
  }

  private static func auditor(root: String, pages: [String], widths: [Int]) throws -> String {
    """
    <!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><body><script>
    const root = \(try literal(root)), pages = \(try literal(pages)), widths = \(widths);
    const axe = \(try literal(try String(contentsOfFile: try Checkers.axe(), encoding: .utf8)));
    const told = rule => rule.id + ' (' + rule.nodes.length + '): ' + rule.help + ': '
      + rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160) + ' ' + (node.failureSummary || '')).join(' | ');
    async function audit(page, width) {
      const frame = document.createElement('iframe');
      frame.width = width; frame.height = 900; frame.style.border = 0;
      const loaded = new Promise(resolve => frame.onload = resolve);
      frame.src = root + page;
      document.body.append(frame);
      await loaded;
      const script = frame.contentDocument.createElement('script');
      script.textContent = axe;
      frame.contentDocument.head.append(script);
      const result = await frame.contentWindow.axe.run(frame.contentDocument, {resultTypes: ['violations']});
      frame.remove();
      return {page, width, violations: result.violations.map(told), passes: result.passes.length};
    }
    (async () => {
      const all = [];
      for (const page of pages)
        for (const width of widths)
          all.push(await audit(page, width).catch(error => ({page, width, violations: [String(error)], passes: 0})));
      const result = document.createElement('pre');
      result.id = 'found';
      result.textContent = encodeURIComponent(JSON.stringify(all));
      document.body.append(result);
    })();
    </script>
    """
  }
}
