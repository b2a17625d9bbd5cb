import Config
import Graph
import Model
import SLA

extension Press {
  /// Sees to a picture: draws it, leaves it as it is where it shows all there is or is not due yet, or puts a blank one
  /// in its place where there is no time.
  ///
  /// - Parameters:
  ///   - definition: what it shows beside its samples; another one is drawn at once.
  ///   - slot: the newest its series may have.
  ///   - period: seconds between two drawings.
  ///   - point: seconds a point of it stands for.
  ///   - isFresh: Its series are new: as long as they have next to no points, each one is drawn.
  @discardableResult
  mutating func draw(
    _ set: PictureSet, _ definition: UInt64, slot: Instant, every period: Int, point: Int = 0, isFresh: Bool = false,
    _ chart: (Press) -> Chart
  ) -> Making {
    let before = making(set.base)
    let variants = set.variants(input.plan.settings.pictures)
    guard isDue(set.base, before, definition, variants, slot, period, point), turns.take(set.base) else {
      let making = before ?? blank(set, variants)
      note(set.base, making)
      return making
    }
    let chart = chart(self)
    var making = Making(definition: definition, slot: slot, madeAt: input.now, variants: variants)
    if isFresh, chart.isYoung { making.variants |= PictureSet.young }
    if set.formats.contains(.large) { making.words = altText(for: chart) }
    making.heights = set.formats.map { size(of: chart, format: $0).height }
    if let before { discardOthers(than: variants, of: set.base, before) }
    enqueue(chart, set.base, variants, stamps(chart, definition, slot))
    note(set.base, making)
    return making
  }

  private func isDue(
    _ base: String, _ before: Making?, _ definition: UInt64, _ variants: UInt16, _ slot: Instant, _ period: Int,
    _ point: Int
  ) -> Bool {
    guard let before, before.definition == definition, PictureSet.same(before.variants, variants) else { return true }
    if turns.isWaiting(base) { return true }
    guard slot > before.slot else { return false }
    // The first points of a series are not to wait for the turn of a period that is hardly there.
    let period = before.variants & PictureSet.young != 0 ? min(period, point) : period
    return Site.isDue(base, every: period, last: before.madeAt, now: input.now)
  }

  private func stamps(_ chart: Chart, _ definition: UInt64, _ slot: Instant) -> [PictureStamp] {
    chart.series.isEmpty
      ? []
      : [
        PictureStamp("redeye:slot", "\(slot.seconds)"), PictureStamp("redeye:definition", digits(of: definition)),
      ]
  }

  /// Sizes that are wanted no more.
  private mutating func discardOthers(than variants: UInt16, of base: String, _ before: Making) {
    for sheet in PictureSet.sheets(before.variants) {
      let isWanted = PictureSet.sheets(variants).contains { $0.suffix == sheet.suffix }
      if !isWanted { remove(base + sheet.suffix) }
      if before.variants & PictureSet.dark != 0, !isWanted || variants & PictureSet.dark == 0 {
        remove(base + sheet.darkSuffix)
      }
    }
  }

  /// A large picture and the one for phones, as markup; both are of the same moment.
  mutating func drawLarge(
    _ set: PictureSet, _ definition: UInt64, slot: Instant, every period: Int, root: String, _ chart: (Press) -> Chart
  ) -> String {
    let making = draw(set, definition, slot: slot, every: period, chart)
    return picture(set, making, root: root)
  }

  // MARK: Drawing

  private mutating func enqueue(_ chart: Chart, _ base: String, _ variants: UInt16, _ stamps: [PictureStamp]) {
    let drawing = Drawing(
      chart: chart,
      sheets: PictureSet.sheets(variants).map { Drawing.Sheet(format: $0.format, scale: $0.scale) },
      isDark: variants & PictureSet.dark != 0, stamps: stamps, base: base, variants: variants)
    // Pictures without a series, as most long ones of a new site are, are drawn once for all their places.
    guard !chart.series.isEmpty || chart.isOfBars else {
      let blank = Blank(chart: chart, variants: variants)
      let pictures = blanks[blank] ?? input.studio([drawing])[0]
      blanks[blank] = pictures
      return handOver(drawing, pictures)
    }
    queue.append(drawing)
    if queue.count >= turns.batch { drawQueue() }
  }

  mutating func drawQueue() {
    guard !queue.isEmpty else { return }
    let batch = queue
    queue = []
    let before = input.remaining()
    let drawn = input.studio(batch)
    turns.drewAll(in: before - input.remaining())
    for (drawing, pictures) in zip(batch, drawn) { handOver(drawing, pictures) }
  }

  private mutating func handOver(_ drawing: Drawing, _ pictures: [Picture]) {
    for (sheet, picture) in zip(PictureSet.sheets(drawing.variants), pictures) {
      write(drawing.base + sheet.suffix, picture.light)
      if drawing.isDark { write(drawing.base + sheet.darkSuffix, picture.dark) }
      if let problem = picture.problem { complain(problem) }
    }
  }

  private mutating func blank(_ set: PictureSet, _ variants: UInt16) -> Making {
    let chart = Chart(
      title: "", unit: .none, series: [], span: Span(from: input.now - 86_400, to: input.now), step: 60,
      zone: words.zone, emptyText: "Not drawn yet; the next run goes on.")
    enqueue(chart, set.base, variants, [])
    return Making(
      definition: 0, slot: Instant(0), madeAt: input.now, variants: variants,
      heights: set.formats.map { size(of: chart, format: $0).height }, words: "Not drawn yet.")
  }

  /// The markup of a picture, by `picture.mustache`.
  mutating func picture(
    _ set: PictureSet, _ making: Making, root: String, alt: String? = nil, isLazy: Bool = false
  ) -> String {
    let (width, height) = PictureSet.extent(set, making)
    let suffix = set.formats.first.map(PictureSet.suffix) ?? ""
    let narrow = set.formats.firstIndex(of: .narrow).flatMap { making.heights.dropFirst($0).first }
    return picture(
      root + set.base + suffix, width, height, alt: alt ?? making.words, isLazy: isLazy,
      narrow: narrow.map { (root + set.base + "-N", $0) })
  }

  /// - Parameter narrow: the one for phones, and its height.
  mutating func picture(
    _ file: String, _ width: Int, _ height: Int, alt: String, isLazy: Bool,
    narrow: (base: String, height: Int)? = nil
  ) -> String {
    let wanted = input.plan.settings.pictures
    let narrow = wanted.contains(.phone) ? narrow : nil
    let flags: View = [
      "dark": wanted.contains(.dark), "sharp": wanted.contains(.sharp), "lazy": isLazy, "narrow": narrow != nil,
    ]
    let texts = [
      "file": file, "width": "\(width)", "height": "\(height)", "alt": alt, "base": narrow?.base ?? "",
      "narrowheight": "\(narrow?.height ?? 0)",
    ]
    return filled("picture", key: "\(isLazy) \(narrow != nil)", flags: flags, texts) ?? ""
  }

  /// The newest slot a job can have given to its series.
  func slot(of job: JobID) -> Instant { known.records[job]?.lastSlot ?? Instant(0) }

  /// The end of the time that is drawn: just after the newest slot there can be, so that it is in and the axis ends
  /// at its time.
  func end(step: Int) -> Instant { input.now.slot(step: min(step, 60)) + 1 }
}

extension Chart {
  /// Its numbers are not in series.
  fileprivate var isOfBars: Bool {
    if case .bars = kind { true } else { false }
  }
}

/// A picture without a series.
struct Blank: Hashable {
  var chart: Chart
  var variants: UInt16
}
