import Synchronization

/// The fonts of this machine and the letters set with them so far.
///
/// Letters stand side by side, left to right, each with its own advance and kerning; there is no shaping, so Arabic and
/// Indic text stays readable at best. FreeType objects allow one thread at a time: whoever sets text borrows a case of
/// type and has it alone, so threads wait for each other only while they take one and give it back.
package final class FontBook: Sendable {
  /// Opened at its first use.
  package static let installed = FontBook()

  /// Why there are no letters, and the way out.
  package let problem: String?
  private let files: FontFiles
  private let idle: Mutex<[TypeCase]>

  package init(folders: [String]? = nil) {
    files = FontFiles(folders: folders ?? FontFiles.usual)
    let opened = TypeCase(files)
    problem =
      opened == nil
      ? "No font was found in \(files.folders.joined(separator: ", ")), so graphs have no words. "
        + "Install DejaVu (Debian: apt-get install fonts-dejavu-core fonts-dejavu-extra)." : nil
    idle = Mutex(opened.map { [$0] } ?? [])
  }

  /// Type to set text with until the loan is gone; without letters where there is no font.
  package func borrow() -> TypeLoan {
    guard problem == nil else { return TypeLoan(self, nil) }
    return TypeLoan(self, idle.withLock { $0.popLast() } ?? TypeCase(files))
  }

  fileprivate func take(back type: TypeCase) { idle.withLock { $0.append(type) } }

  /// In pixels, of text set at `pixels` to the em.
  package func width(of text: String, _ weight: Weight, pixels: Int) -> Double {
    borrow().width(of: text, weight, pixels: pixels)
  }

  /// The letters of a text, each on a quarter of a pixel, and its width.
  ///
  /// - Parameters:
  ///   - x: where the text's anchor stands.
  ///   - share: how much of the text lies before the anchor: 0 is set from `x` on, 0.5 around it, 1 up to it.
  package func line(_ text: String, _ weight: Weight, pixels: Int, at x: Double, share: Double = 0) -> TextLine {
    let loan = borrow()
    let width = loan.set(text, weight, pixels: pixels, at: x, share: share)
    return TextLine(letters: loan.letters, width: width)
  }

  /// The text, or as much of its beginning as fits into `room` pixels with `…` after it; empty where not even that fits.
  package func fitted(_ text: String, _ weight: Weight, pixels: Int, room: Double) -> String {
    borrow().fitted(text, weight, pixels: pixels, room: room)
  }
}

/// A case of type that goes back to its book when the loan ends. It belongs to one thread.
package final class TypeLoan {
  private let book: FontBook
  private let type: TypeCase?

  fileprivate init(_ book: FontBook, _ type: TypeCase?) {
    self.book = book
    self.type = type
  }

  deinit {
    if let type { book.take(back: type) }
  }

  /// In pixels, of text set at `pixels` to the em.
  package func width(of text: String, _ weight: Weight, pixels: Int) -> Double {
    type?.setter.set(text, weight, pixels: pixels) { _, _ in } ?? 0
  }

  /// Sets a text as `FontBook.line` does, into `letters`, and returns its width.
  package func set(_ text: String, _ weight: Weight, pixels: Int, at x: Double, share: Double) -> Double {
    guard let type, x.magnitude < 1e6 else { return 0 }
    return type.set(text, weight, pixels: pixels, at: x, share: share)
  }

  /// What was set last.
  package var letters: [PlacedGlyph] { type?.letters ?? [] }

  /// See `FontBook.fitted`.
  package func fitted(_ text: String, _ weight: Weight, pixels: Int, room: Double) -> String {
    guard let type, width(of: text, weight, pixels: pixels) > room else { return text }
    let dots = width(of: "…", weight, pixels: pixels)
    guard dots <= room else { return "" }
    var fitting = 0
    var isFull = false
    _ = type.setter.set(text, weight, pixels: pixels) { letter, pen in
      isFull = isFull || pen + letter.advance + dots > room
      if !isFull { fitting += 1 }
    }
    return text.beginning(of: fitting).trimmingEnd + "…"
  }
}

/// Open fonts and what was rendered with them.
///
/// `@unchecked` because a loan is the only one who has it at a time; `FontBook` sees to that.
@safe final class TypeCase: @unchecked Sendable {
  var setter: Typesetter
  fileprivate(set) var letters: [PlacedGlyph] = []
  private var places: [(letter: Letter, pen: Double)] = []

  /// `nil` where no font can be opened.
  init?(_ files: FontFiles) {
    guard let setter = Typesetter(files) else { return nil }
    self.setter = setter
  }

  func set(_ text: String, _ weight: Weight, pixels: Int, at x: Double, share: Double) -> Double {
    // Out of the way, so that neither list is copied when it grows.
    var places: [(letter: Letter, pen: Double)] = []
    var letters: [PlacedGlyph] = []
    swap(&places, &self.places)
    swap(&letters, &self.letters)
    places.removeAll(keepingCapacity: true)
    letters.removeAll(keepingCapacity: true)
    let width = setter.set(text, weight, pixels: pixels) { places.append(($0, $1)) }
    let start = x - width * share
    for (letter, pen) in places {
      let quarters = Int(((start + pen) * 4).rounded())
      let glyph = setter.glyph(letter, pixels: pixels, quarter: quarters & 3)
      letters.append(PlacedGlyph(x: quarters >> 2, glyph: glyph))
    }
    swap(&places, &self.places)
    swap(&letters, &self.letters)
    return width
  }
}

extension String {
  /// Of so many letters that are drawn; what is not drawn between them comes along.
  fileprivate func beginning(of letters: Int) -> String {
    var rest = letters
    let scalars = unicodeScalars.prefix { scalar in
      if !scalar.isInvisible { rest -= 1 }
      return rest >= 0
    }
    return String(String.UnicodeScalarView(scalars))
  }

  fileprivate var trimmingEnd: String {
    var text = self[...]
    while let last = text.last, last == " " || last == "," { text.removeLast() }
    return String(text)
  }
}
