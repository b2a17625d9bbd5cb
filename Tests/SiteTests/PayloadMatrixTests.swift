import Foundation
import Model
import TestSupport
import Testing

@testable import Site

/// Requirement S1 in full: every hostile text in every text field, read back from every format by readers of others.
@Suite struct PayloadMatrixTests {
  private static let mark = "canary"

  /// Fields whose text is nobody's from outside, and why.
  private static let ours: [String: String] = [
    "SiteMemory.definitions": "names of chapters of the published site", "SiteInput.waiting": "paths of pictures",
    "Line.style": "one of our words", "CatalogueEntry.earlier": "where a series was kept before; not shown",
    "Plan.publicSites": "not shown on these pages; PublicTests takes hostile titles",
    "SiteInput.configuration": "read from files once more; ConfigurationPages has hostile ones",
    "Plan.site": "templates of the configuration itself, which may write what they like",
  ]

  /// What a job asks is shown nowhere but by its kind; its own texts stand there all the same.
  private static let left: Set<String> = ["Job.probe", "Line.content"]

  private var fields: TextFields {
    TextFields(of: Payloads.hostile(Self.mark), mark: Self.mark, leaving: Self.left)
  }

  @Test func `no text field of what a site is made of is left out`() {
    let fields = fields
    #expect(fields.marked.count > 60)
    #expect(fields.others.subtracting(Self.ours.keys).sorted() == [])
  }

  @Test func `a field that was forgotten is found`() {
    struct Site { var hosts = [Host()], empty: [Host] = [], words = ["a canary"] }
    struct Host { var name = "canary", address: String?, note: String? = "other", step: Int? }
    let fields = TextFields(of: Site(), mark: Self.mark)
    #expect(fields.marked == ["Host.name", "Site.words"])
    #expect(fields.others == ["Host.address", "Host.note", "Site.empty"])
  }

  @Test(.timeLimit(.minutes(5))) func `every hostile text in every field is text in every format`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    // What is known to be harmless comes first: the others may have no elements that it has not.
    let payloads = [HostileSites.harmless] + Payloads.all
    for (number, payload) in payloads.enumerated() {
      let site = try #require(HostileSites.all[payload])
      #expect(site.problems == [])
      try expectPictures(site, payload)
      for (path, text) in site.texts { try folder.write("\(number)/\(path)", text) }
      try folder.write("\(number)/payload", payload)
      expectTerminal(payload)
    }
    let told = try run([try Checkers.python(), fixture("matrix.py"), folder.path]).split(separator: "\n")
    #expect(told.dropLast() == [], "what Python's parsers find")
    let formats = try #require(told.last)
    #expect(formats.contains("html") && formats.contains("atom") && formats.contains("json") && formats.contains("csv"))
    print("\(payloads.count - 1) hostile texts × \(fields.marked.count) text fields: \(formats), png, terminal")
  }

  /// Pictures are drawn whatever is written on them, of a size that can be shown.
  private func expectPictures(_ site: PrintedSite, _ payload: String) throws {
    let drawn = site.files.filter { $0.key.hasSuffix(".png") && $0.value.count > 8 }
    #expect(drawn.count >= 2)
    for (path, bytes) in drawn {
      let pixels = try #require(PNGPixels(bytes), "\(path)")
      #expect(
        (60...3_000).contains(pixels.width) && (10...6_000).contains(pixels.height), "\(path), \(payload.prefix(40))")
      let names = Set(PNGPixels.chunks(bytes).map(\.name))
      #expect(names.isSubset(of: ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "tEXt", "iTXt", "pHYs", "sRGB", "gAMA"]))
    }
  }

  private func expectTerminal(_ payload: String) {
    let line = payload.printable()
    let isHidden = { (scalar: Unicode.Scalar) in
      let kind = scalar.properties.generalCategory
      return kind == .control || kind == .lineSeparator || kind == .paragraphSeparator
        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
    #expect(!line.unicodeScalars.contains(where: isHidden))
    #expect(line.unicodeScalars.count <= 401)
  }
}
