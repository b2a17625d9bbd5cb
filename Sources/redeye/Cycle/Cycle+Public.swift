import Config
import Model
import Platform
import Site
import State

extension Cycle {
  /// Makes and publishes the sites for the public, each a publication of its own. One that cannot be written does not
  /// stop the next.
  mutating func publishForThePublic(_ input: SiteInput) throws {
    let known = try store.chapterDefinitions()
    for site in plan.publicSites {
      do {
        try publish(site, input, known)
      } catch {
        record.degraded.append("the public site \(site.folderName) was not written: \(error)".printable(limit: 1_000))
      }
    }
    let prefixes = plan.publicSites.map { PublicChapters(site: $0).prefix }
    for name in known.keys where PublicChapters.isOne(name) && !prefixes.contains(where: name.hasPrefix) {
      change.chapters.updateValue(nil, forKey: name)
    }
  }

  private mutating func publish(_ site: PublicSite, _ input: SiteInput, _ known: [String: UInt64]) throws {
    let chapters = PublicChapters(site: site)
    let generation = try chapters.generation(in: store, folder: site.reports)
    let isKept = !drawsAnew && !change.forgetsChapters && generation == Publication.shown(in: site.reports)
    let publication = try Publication(into: site.reports, after: isKept ? generation : nil)
    let memory = publication.isContinued ? chapters.memory(known, in: store) : SiteMemory()
    let rendering = try render(site, of: input, memory: memory) { try publication.take($0) }
    var published = try publication.finish()
    if !publication.isContinued {
      // The generation before may have been a site for others; behind a second one of this it is not kept.
      published = try Publication(into: site.reports, after: published.generation).finish()
    }
    record.degraded += rendering.problems + published.problems
    if !publication.isContinued {
      for name in known.keys where name.hasPrefix(chapters.prefix) { change.chapters.updateValue(nil, forKey: name) }
    }
    for (name, chapter) in rendering.chapters { change.chapters.updateValue(chapter, forKey: chapters.prefix + name) }
    change.meta[chapters.key] = "\(published.generation) \(site.reports)"
  }
}

extension PublicSite {
  fileprivate var folderName: String { name.isEmpty ? reports : name }
}

/// What the state keeps of a site for the public, beside the chapters of the internal one.
struct PublicChapters {
  private static let all = "/public/"
  let prefix: String
  let key: String

  init(site: PublicSite) {
    prefix = "\(Self.all)\(site.name) "
    key = "published for the public \(site.name)"
  }

  static func isOne(_ name: String) -> Bool { name.hasPrefix(all) }

  /// The generation the state tells of, if it lies in this folder.
  func generation(in store: StateStore, folder: String) throws -> Int? {
    let parts = (try store.meta(key) ?? "").split(separator: " ", maxSplits: 1)
    return parts.count == 2 && parts[1] == folder ? Int(parts[0]) : nil
  }

  func memory(_ known: [String: UInt64], in store: StateStore) -> SiteMemory {
    let (lead, length) = (prefix, prefix.count)
    let own = known.filter { $0.key.hasPrefix(lead) }.map { (String($0.key.dropFirst(length)), $0.value) }
    return SiteMemory(definitions: Dictionary(own) { first, _ in first }) { try? store.chapter(lead + $0) }
  }
}
