import Platform

/// Where a configuration keeps its things, told without understanding the configuration: before it is read, and when
/// it cannot be.
enum DataFolder {
  /// Absolute, likeliest first: what the text says of it, then the default.
  static func candidates(of path: String) -> [String] {
    let home = Files.isFolder(path) ? path : Paths.folder(of: path)
    let folders = [written(in: path), "data"].compactMap { $0 }
      .map { $0.hasPrefix("/") ? $0 : Paths.absolute(Paths.join(home, $0)) }
    return folders.count == 2 && folders[0] == folders[1] ? [folders[0]] : folders
  }

  /// The value of the first `data:` that stands in the text; the file need not be YAML at this point.
  private static func written(in path: String) -> String? {
    guard let bytes = try? Files.read(path, limit: 16 << 20) else { return nil }
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.count < 4_096 {
      let text = line.drop { $0 == UInt8(ascii: " ") }
      guard text.count < line.count, text.starts(with: Array("data:".utf8)) else { continue }
      return value(String(decoding: text.dropFirst(5), as: UTF8.self))
    }
    return nil
  }

  private static func value(_ text: String) -> String? {
    var value = Substring(text.split(separator: " #", maxSplits: 1).first ?? "")
    value = value.drop { $0.isWhitespace }
    while let last = value.last, last.isWhitespace { value.removeLast() }
    for quote in ["\"", "'"] where value.count > 1 && value.hasPrefix(quote) && value.hasSuffix(quote) {
      value = value.dropFirst().dropLast()
    }
    return value.isEmpty ? nil : String(value)
  }
}

/// The run's lock, taken where it most likely is before the configuration has been read.
struct EarlyLock: ~Copyable {
  private let path: String
  private let lock: Lock?

  /// Status 3 where another run holds it.
  init(_ configuration: String) throws {
    let file = DataFolder.candidates(of: configuration).map { "\($0)/lock" }.first(where: Files.exists)
    path = file ?? ""
    lock = try file.map { try Installation.lock($0, now: Clock.now()) }
  }

  borrowing func holds(_ file: String) -> Bool { lock != nil && path == file }

  /// Marks the point to which both locks are held.
  borrowing func keep(and other: borrowing Lock?) {}
}
