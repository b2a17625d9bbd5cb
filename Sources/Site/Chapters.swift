import Config
import Model

/// The pages and pictures of a host, while they are gone through.
struct OpenChapter {
  var definition: UInt64
  /// As they were made before.
  let before: [String: Making]
  /// As they are now; what is in here no more when all is done is taken away.
  var makings: [String: Making]
}

/// FNV-1a over what a page or a picture shows: whether it has to be made again.
struct Definition {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ number: Int) {
    value = (value ^ UInt64(bitPattern: Int64(number))) &* 0x100_0000_01B3
    // A product moves bits upwards alone.
    value ^= value >> 29
  }

  mutating func add(_ text: String?) {
    guard let text else { return add(-1) }
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    add(text.utf8.count)
  }

  mutating func add(_ number: Double?) { add(number.map { Int(bitPattern: UInt($0.bitPattern)) } ?? -2) }

  mutating func add(_ instant: Instant?) { add(instant?.seconds ?? -3) }
}

extension Press {
  /// What belongs to no host. Names of hosts have no slash in front.
  static let generalChapter = "/"
  /// What tells of the rendering itself.
  static let lastChapter = "/runs"
  /// The definition of a chapter that is always gone through.
  static let always: UInt64 = 0

  /// Goes through the pages and pictures of a host, unless nothing they can show is another than when they were made.
  mutating func chapter(_ name: String, _ definition: UInt64, _ work: (inout Press) -> Void) {
    definitions[name] = definition
    if definition != Press.always, input.memory.definitions[name] == definition, !turns.isWaiting(in: name) {
      kept.insert(name)
      return
    }
    open(name, definition)
    let outer = current
    current = name
    work(&self)
    current = outer
    close(name)
  }

  private mutating func open(_ name: String, _ definition: UInt64) {
    let before = remembered(name)
    openChapters[name] = OpenChapter(definition: definition, before: before, makings: [:])
  }

  /// What was made in a chapter, in this rendering or before.
  func remembered(_ name: String) -> [String: Making] {
    if let saved = chapters[name] ?? nil, let chapter = try? Chapter(coded: saved.bytes) { return chapter.makings }
    guard input.memory.definitions[name] != nil else { return [:] }
    return input.memory.chapter(name)?.makings ?? [:]
  }

  /// Chapters are many and most are done with when they have been gone through: one is kept as its bytes.
  private mutating func close(_ name: String) {
    guard let chapter = openChapters.removeValue(forKey: name) else { return }
    for (path, making) in chapter.before where chapter.makings[path] == nil { discard(path, making) }
    chapters[name] = CodedChapter(Chapter(definition: chapter.definition, makings: chapter.makings))
  }

  /// Takes away what is left of hosts that are gone.
  mutating func closeBook() {
    for name in input.memory.definitions.keys where chapters[name] == nil && !kept.contains(name) {
      for (path, making) in remembered(name) { discard(path, making) }
      chapters[name] = .some(nil)
    }
  }

  private mutating func discard(_ path: String, _ making: Making) {
    if making.variants == 0 { return remove(path) }
    if making.variants == DataPage.mark {
      for file in DataPage.files(path) { remove(file) }
      return
    }
    for sheet in PictureSet.sheets(making.variants) {
      remove(path + sheet.suffix)
      if making.variants & PictureSet.dark != 0 { remove(path + sheet.darkSuffix) }
    }
  }

  /// Leaves a picture as it is.
  mutating func keepPicture(_ base: String) {
    if let making = making(base) { note(base, making) }
  }

  /// What was made under a path before.
  func making(_ path: String) -> Making? {
    openChapters[current]?.makings[path] ?? openChapters[current]?.before[path]
  }

  mutating func note(_ path: String, _ making: Making) {
    if openChapters[current]?.makings.updateValue(making, forKey: path) != nil {
      complain("two things want to be \(path); one is missing")
    }
  }

  /// Does something among the pages of a host that were gone through already.
  mutating func reopened(_ name: String, _ work: (inout Press) -> Void) {
    let before = remembered(name)
    let definition = (chapters[name] ?? nil)?.definition ?? input.memory.definitions[name] ?? 0
    openChapters[name] = OpenChapter(definition: definition, before: [:], makings: before)
    let outer = current
    current = name
    work(&self)
    current = outer
    close(name)
    kept.remove(name)
  }

  /// What every page of the site depends on: redeye, the configuration, the templates and the day.
  static func edition(of input: SiteInput, templates: UInt64) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(input.plan.hash)
    definition.add(Int(bitPattern: UInt(templates)))
    // Times of today are written otherwise tomorrow.
    definition.add(input.plan.settings.zone.civil(input.now).daysFromEpoch)
    return definition.value
  }

  /// What every page depends on whose times have their dates and that says itself what it shows of the configuration.
  static func skin(of input: SiteInput, templates: UInt64) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(Int(bitPattern: UInt(templates)))
    definition.add(input.plan.title)
    definition.add(input.plan.settings.zone.identifier)
    definition.add(Int(input.plan.settings.pictures.rawValue))
    for section in sections(of: input.plan) { definition.add(section.path) }
    return definition.value
  }
}
