import Foundation
import Platform
import Testing

/// Holds the table of docs/ARCHITECTURE.md against the package and against the files.
struct RowsTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct Row {
    var number: Int
    var target: String
    var imports: Set<String>
  }

  /// System modules a target may import besides its row.
  static let system: Set<String> = ["Foundation", "Glibc", "Synchronization"]
  /// Packages from outside, each behind one target.
  static let outside: [String: Set<String>] = [
    "State": ["GRDB"], "Site": ["Mustache"], "redeye": ["ArgumentParser"],
  ]
  static let doors: Set<String> = ["YAML", "RRD", "SNMP", "Transfer", "DNS", "PNG", "Glyphs", "Platform"]

  static func table() throws -> [Row] {
    let text = try String(contentsOf: root.appendingPathComponent("docs/ARCHITECTURE.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 6, let number = Int(cells[1]) else { return nil }
      let imports = cells[4].split(separator: " ").map(String.init)
      return Row(number: number, target: cells[2].replacingOccurrences(of: "`", with: ""), imports: Set(imports))
    }
  }

  static func files(of folder: String) -> [URL] {
    let folder = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  static func imports(of file: URL) throws -> Set<String> {
    let text = try String(contentsOf: file, encoding: .utf8)
    return Set(
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 1, words.count > position + 1,
          position == 0 || ["package", "internal", "public", "@preconcurrency"].contains(words[0])
        else { return nil }
        return words.last.map { String($0.split(separator: ".")[0]) }
      })
  }

  @Test func `a target may only import from rows below its own`() throws {
    let rows = try Self.table()
    #expect(rows.count == 24)
    let number = Dictionary(uniqueKeysWithValues: rows.map { ($0.target, $0.number) })
    for row in rows {
      for name in row.imports {
        #expect(number[name] ?? 0 < row.number, "\(row.target) in row \(row.number) imports \(name)")
      }
    }
  }

  @Test func `the manifest declares what the table names`() throws {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("redeye-describe").path
    let result = Child.run(
      ChildRequest(
        arguments: [
          "swift", "package", "--package-path", Self.root.path, "--scratch-path", scratch, "describe", "--type", "json",
        ],
        environment: ProcessInfo.processInfo.environment, deadline: 120, outputLimit: 4_000_000))
    let report = String(decoding: result.errorOutput, as: UTF8.self)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any], "swift package describe: \(report)"
    )
    let targets = try #require(json["targets"] as? [[String: Any]])
    let declared = Dictionary(
      uniqueKeysWithValues: targets.map {
        ($0["name"] as? String ?? "", Set($0["target_dependencies"] as? [String] ?? []))
      })
    for row in try Self.table() {
      #expect(declared[row.target] == row.imports, "\(row.target)")
    }
    let inTable = Set(try Self.table().map(\.target))
    let rooms = targets.filter {
      ($0["path"] as? String ?? "").hasPrefix("Sources/") && $0["module_type"] as? String == "SwiftTarget"
    }
    #expect(Set(rooms.compactMap { $0["name"] as? String }) == inTable)
  }

  @Test func `files import what the table allows and nothing else`() throws {
    for row in try Self.table() {
      let files = Self.files(of: "Sources/\(row.target)")
      #expect(!files.isEmpty, "\(row.target) has no files")
      let allowed = row.imports.union(Self.system).union(Self.outside[row.target] ?? [])
      for file in files {
        let more = try Self.imports(of: file).subtracting(allowed)
        #expect(more.isEmpty, "\(row.target)/\(file.lastPathComponent) imports \(more.sorted())")
      }
    }
  }

  @Test func `unsafe code and C types stay behind the doors`() throws {
    for row in try Self.table() where !Self.doors.contains(row.target) {
      for file in Self.files(of: "Sources/\(row.target)") {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(
          !text.contains(/\bunsafe\s|@unsafe|UnsafePointer|UnsafeMutable/), "\(row.target)/\(file.lastPathComponent)")
      }
    }
  }

  @Test func `nothing is public, no shell is called and no clock of the wall is read outside Platform`() throws {
    let forbidden: [(Regex<Substring>, Set<String>)] = [
      // An `open` that no declaration follows is a name.
      (/(?m)^\s*public\s|^\s*open\s+(?:final|class|static|override|func|var|let|subscript)\b/, []),
      (/"\/bin\/(?:ba|da)?sh"/, []), (/\bpopen\(/, []), (/\bsystem\("/, []),
      (/\bDate\(\)/, []), (/gettimeofday|CLOCK_REALTIME|\btime\(nil\)/, ["Platform"]), (/\bfatalError\(/, []),
      (/\btry!/, []), (/\bprint\(/, ["redeye"]),
    ]
    for row in try Self.table() {
      for file in Self.files(of: "Sources/\(row.target)") {
        let text = try String(contentsOf: file, encoding: .utf8)
        for (pattern, exceptions) in forbidden where !exceptions.contains(row.target) {
          #expect(text.firstMatch(of: pattern) == nil, "\(row.target)/\(file.lastPathComponent): \(pattern)")
        }
      }
    }
  }

  @Test func `every shim line of a C library says why it is there`() throws {
    for name in ["CYAML", "CRRD", "CNetSNMP", "CCurl", "CSSL", "CAres", "CFreeType"] {
      let folder = Self.root.appendingPathComponent("Sources/\(name)")
      let place = ["CRRD", "CCurl"].contains(name) ? "include/\(name).h" : "shim.h"
      let text = try String(contentsOf: folder.appendingPathComponent(place), encoding: .utf8)
      let blocks = text.components(separatedBy: "static ").dropFirst()
      #expect(blocks.isEmpty || text.contains("//") || text.contains("/*"), "\(name)")
    }
  }
}
