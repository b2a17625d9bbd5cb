import Synchronization

/// The fonts of this machine and the letters set with them so far.
///
/// Letters stand side by side, left to right, each with its own advance and kerning; there is no shaping, so Arabic and
/// Indic text stays readable at best. FreeType objects allow one thread at a time: a lock guards every call.
package final class FontBook: Sendable {
  /// Opened at its first use.
  package static let installed = FontBook()

  /// Why there are no letters, and the way out.
  package let problem: String?
  private let typesetter: Mutex<Typesetter?>

  package init(folders: [String]? = nil) {
    let files = FontFiles(folders: folders ?? FontFiles.usual)
    let opened = Typesetter(files)
    problem =
      opened == nil
      ? "No font was found in \(files.folders.joined(separator: ", ")), so graphs have no words. "
        + "Install DejaVu (Debian: apt-get install fonts-dejavu-core fonts-dejavu-extra)." : nil
    typesetter = Mutex(opened)
  }

  /// In pixels, of text set at `pixels` to the em.
  package func width(of text: String, _ weight: Weight, pixels: Int) -> Double {
    typesetter.withLock { $0?.set(text, weight, pixels: pixels) { _, _ in } ?? 0 }
  }

  /// The letters of a text, each on a quarter of a pixel, and its width.
  ///
  /// - Parameters:
  ///   - x: where the text's anchor stands.
  ///   - share: how much of the text lies before the anchor: 0 is set from `x` on, 0.5 around it, 1 up to it.
  package func line(_ text: String, _ weight: Weight, pixels: Int, at x: Double, share: Double = 0) -> TextLine {
    guard x.magnitude < 1e6 else { return TextLine() }
    return typesetter.withLock { typesetter in
      var places: [(Letter, Double)] = []
      places.reserveCapacity(text.utf8.count)
      let width = typesetter?.set(text, weight, pixels: pixels) { places.append(($0, $1)) } ?? 0
      let start = x - width * share
      let letters = places.compactMap { letter, pen in
        let quarters = Int(((start + pen) * 4).rounded())
        let glyph = typesetter?.glyph(letter, pixels: pixels, quarter: quarters & 3)
        return glyph.map { PlacedGlyph(x: quarters >> 2, glyph: $0) }
      }
      return TextLine(letters: letters, width: width)
    }
  }

  /// The text, or as much of its beginning as fits into `room` pixels with `…` after it; empty where not even that fits.
  package func fitted(_ text: String, _ weight: Weight, pixels: Int, room: Double) -> String {
    if width(of: text, weight, pixels: pixels) <= room { return text }
    let dots = width(of: "…", weight, pixels: pixels)
    guard dots <= room else { return "" }
    let ends = typesetter.withLock { typesetter in
      var ends: [Double] = []
      _ = typesetter?.set(text, weight, pixels: pixels) { ends.append($1 + $0.advance) }
      return ends
    }
    let fitting = ends.prefix { $0 + dots <= room }.count
    let cut = String(String.UnicodeScalarView(text.unicodeScalars.prefix(fitting)))
    return cut.trimmingEnd + "…"
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self[...]
    while let last = text.last, last == " " || last == "," { text.removeLast() }
    return String(text)
  }
}
