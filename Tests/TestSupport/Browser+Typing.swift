import Foundation

extension Browser {
  /// What a page with a field to search in shows once something is typed.
  package struct Typed: Decodable, Equatable, Sendable {
    /// Texts of the links that were found.
    package var found: [String]
    /// Where they lead, as the browser resolves them.
    package var links: [String]
    /// What is said of them.
    package var told: String
    /// Whether the index below is shown.
    package var isIndexShown: Bool
  }

  /// Types texts into the search of a page that is opened as a file, one after the other, with what the console says.
  package static func typing(_ texts: [String], into path: String) throws -> (answers: [Typed], console: [String]) {
    let place = try TemporaryFolder()
    let page = """
      <!doctype html><meta charset="utf-8"><body><script>
      const texts = \(try literal(texts));
      const frame = document.createElement('iframe');
      frame.width = 1280; frame.height = 900;
      frame.onload = () => {
        const there = frame.contentDocument, input = there.querySelector('#finder input');
        const all = texts.map(text => {
          input.value = text;
          input.dispatchEvent(new Event('input'));
          const links = [...there.querySelectorAll('#finder a')];
          return {
            found: links.map(link => link.textContent), links: links.map(link => link.href),
            told: there.querySelector('#finder [role=status]').textContent,
            isIndexShown: there.getElementById('index').getBoundingClientRect().height > 0,
          };
        });
        const result = document.createElement('pre');
        result.id = 'found';
        result.textContent = encodeURIComponent(JSON.stringify(all));
        document.body.append(result);
      };
      frame.src = \(try literal(URL(fileURLWithPath: path).absoluteString));
      document.body.append(frame);
      </script>
      """
    let harness = try place.write("harness.html", page)
    let (answers, console): ([Typed], [String]) = try ask("file://\(harness)", isDark: false)
    return (answers, console)
  }

  /// The texts of all links of a page that is opened as a file in a frame that lets no script run, and whether there is
  /// a field to type into.
  package static func linksWithoutScripts(of path: String) throws -> (texts: [String], hasField: Bool) {
    let place = try TemporaryFolder()
    let page = """
      <!doctype html><meta charset="utf-8"><body><script>
      const frame = document.createElement('iframe');
      frame.sandbox = 'allow-same-origin';
      frame.onload = () => {
        const there = frame.contentDocument;
        const all = [...there.querySelectorAll('a')].map(link => link.textContent);
        const result = document.createElement('pre');
        result.id = 'found';
        result.textContent = encodeURIComponent(JSON.stringify(
          { texts: all, hasField: there.querySelector('input') !== null }));
        document.body.append(result);
      };
      frame.src = \(try literal(URL(fileURLWithPath: path).absoluteString));
      document.body.append(frame);
      </script>
      """
    let harness = try place.write("harness.html", page)
    let answer: Still = try ask("file://\(harness)", isDark: false).answer
    return (answer.texts, answer.hasField)
  }

  private struct Still: Decodable {
    var texts: [String]
    var hasField: Bool
  }
}
