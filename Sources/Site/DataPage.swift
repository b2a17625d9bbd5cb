import Model

/// A page with its JSON and its CSV, made together and noted as one, under their path without a suffix.
enum DataPage {
  /// In place of the sizes of a picture.
  static let mark: UInt16 = 1 << 13

  static func files(_ base: String) -> [String] { ["\(base).html", "\(base).json", "\(base).csv"] }
}

extension Press {
  /// Leaves a page and its data as they are.
  mutating func keepDataPage(_ base: String) {
    if let making = making(base) { note(base, making) }
  }

  /// Whether a page and its data are to be made: they show something else, their turn has come, or they are missing.
  func hasToMake(_ base: String, _ definition: UInt64, every period: Int) -> Bool {
    guard let making = making(base), making.definition == definition else { return true }
    return isDue(base, every: period, last: making.madeAt, now: input.now)
  }

  /// Hands a page and its data over.
  ///
  /// - Parameter words: what is to be known of it in later renderings.
  mutating func putDataPage(
    _ base: String, _ definition: UInt64, words: String = "", page: String, json: [UInt8], csv: String
  ) {
    note(
      base,
      Making(
        definition: definition, slot: input.dataUntil ?? Instant(0), madeAt: input.now, variants: DataPage.mark,
        words: words))
    for (path, bytes) in zip(DataPage.files(base), [Array(page.utf8), json, Array(csv.utf8)]) { write(path, bytes) }
  }
}

/// Rows of fields as a CSV file (RFC 4180); what comes from outside has gone through `csvField`.
func csvText(_ rows: [[String]]) -> String {
  rows.map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
}
