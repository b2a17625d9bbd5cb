import Config
import Graph
import Model

/// A picture some chapter of the site has, or may have.
struct OtherPicture {
  /// The chapter that has it.
  var chapter: String
  var base: String
}

extension Press {
  /// The folder of the pictures a page draws itself.
  func folder(_ page: OwnPage) -> String { "g/\(fileName(chapterName(page)))" }

  /// The picture of another chapter, or where that has none the page's own.
  ///
  /// - Parameters:
  ///   - name: of the own one within the page's folder.
  ///   - slot: the newest its series may have.
  mutating func widgetPicture(
    _ other: OtherPicture?, isWide: Bool, name: String, definition: UInt64, slot: Instant, every period: Int,
    alt: String, on page: OwnPage, _ chart: (Press) -> Chart
  ) -> String {
    let root = Press.root(of: ownPagePath(page))
    let formats = widgetFormats(isWide: isWide)
    if let other, let making = remembered(other.chapter)[other.base] {
      if PictureSet.has(formats, making.variants) {
        return widgetPicture(PictureSet(base: other.base, formats: formats), making, root: root, alt: alt)
      }
      if !isWide, PictureSet.has([.small], making.variants) {
        return picture(PictureSet(base: other.base, formats: [.small]), making, root: root, alt: alt)
      }
    }
    let set = PictureSet(base: "\(folder(page))/\(name)\(isWide ? "-wide" : "")", formats: formats)
    let drawn = making(drawnOnPage: set.base) ?? draw(set, definition, slot: slot, every: period, chart)
    return widgetPicture(set, drawn, root: root, alt: alt)
  }

  /// Two widgets of a page may show the same.
  func making(drawnOnPage base: String) -> Making? { openChapters[current]?.makings[base] }

  /// One column has the width of a phone.
  private func widgetFormats(isWide: Bool) -> [ChartFormat] {
    if isWide { return [.large, .narrow] }
    return input.plan.settings.pictures.contains(.phone) ? [.narrow] : [.small]
  }

  private mutating func widgetPicture(_ set: PictureSet, _ making: Making, root: String, alt: String) -> String {
    let alt = making.words.isEmpty ? alt : making.words
    guard set.formats == [.narrow] else { return picture(set, making, root: root, alt: alt) }
    // A picture that was drawn large has the height of the narrow one behind that.
    let flags: View = ["dark": input.plan.settings.pictures.contains(.dark)]
    let texts = [
      "base": root + set.base + PictureSet.suffix(.narrow), "height": "\(making.heights.last ?? 265)", "alt": alt,
    ]
    return filled("narrowpicture", key: "", flags: flags, texts) ?? ""
  }

  /// A small picture of 24 hours, as tables and numbers have it beside them.
  mutating func widgetSpark(
    _ name: String, unit: Unit, slot: Instant, alt: String, on page: OwnPage, _ samples: (Press) -> [Sample]
  ) -> String {
    var definition = Definition()
    definition.add(input.version)
    definition.add(unit.symbol)
    let set = PictureSet(base: "\(folder(page))/\(name)", formats: [.sparkline])
    if making(drawnOnPage: set.base) == nil {
      let end = end(step: 300)
      draw(set, definition.value, slot: slot, every: 720) { press in
        Chart(
          title: alt, unit: unit, series: [Chart.Series(label: "", samples: samples(press))],
          span: Span(from: end - 86_400, to: end), step: 300, zone: press.words.zone, top: unit == .percent ? 100 : nil)
      }
    }
    return picture(
      Press.root(of: ownPagePath(page)) + set.base, 120, 24, alt: alt, isLazy: true)
  }

  mutating func widgetSpark(_ entry: CatalogueEntry, on page: OwnPage, now: Double?, subject: String) -> String {
    let last = now.map { "now \(valueText($0, entry.unit))" } ?? "no value now"
    return widgetSpark(
      "s-\(fileName(entry.series.description))", unit: entry.unit, slot: slot(of: entry.series.row.job),
      alt: "\(subject), last 24 hours, \(last)", on: page
    ) { $0.day(of: entry) }
  }

  /// The last 24 hours in steps of five minutes, or of its own where those are longer.
  func day(of entry: CatalogueEntry) -> [Sample] {
    let end = end(step: entry.step)
    return samples(entry, Span(from: end - 86_400, to: end), 300)
  }
}

extension PictureSet {
  /// Whether files of all these sizes are there, sharp or not.
  static func has(_ formats: [ChartFormat], _ variants: UInt16) -> Bool {
    let there = sheets(variants).map(\.format)
    return formats.allSatisfy { format in format == .narrow || there.contains(format) }
      && (formats != [.narrow] || there.contains(.narrow))
  }
}
