import Foundation
import Platform
import TestSupport
import Testing

/// Follows docs/guide.md: every block is done, and what it says is printed must be printed.
@Suite struct GuideTests {
  struct Block {
    var words: [String]
    var lines: [String]
    var line: Int

    func value(_ key: String) -> String? {
      words.first { $0.hasPrefix("\(key)=") }.map { String($0.dropFirst(key.count + 1)) }
    }
  }

  static func blocks(of page: String) -> [Block] {
    var blocks: [Block] = []
    var isOpen = false
    for (number, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if !isOpen {
          blocks.append(
            Block(words: line.dropFirst(3).split(separator: " ").map(String.init), lines: [], line: number + 1))
        }
        isOpen.toggle()
      } else if isOpen {
        blocks[blocks.count - 1].lines.append(String(line))
      }
    }
    return blocks
  }

  @Test(.timeLimit(.minutes(9))) func `every command of the guide does what the guide says`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(contentsOf: root.appendingPathComponent("docs/guide.md"), encoding: .utf8)
    let folder = try TemporaryFolder()
    let device = try SNMPDaemon()
    var output = ""
    var commands = 0
    for block in Self.blocks(of: guide) {
      if let name = block.value("file") {
        let mode = block.value("mode").flatMap { Int($0, radix: 8) } ?? (block.words[0] == "sh" ? 0o755 : 0o644)
        try folder.write(name, block.lines.joined(separator: "\n") + "\n", mode: mode)
      } else if block.words.first == "sh" {
        output = ""
        for command in block.lines where !command.isEmpty {
          // The device of the guide.
          let result = run(command.replacing("192.0.2.7", with: "127.0.0.1:\(device.port)"), in: folder.path)
          output += result.output + result.error
          let expected = block.value("status").flatMap { Int($0) } ?? 0
          // The website of the guide is not there: that is measured, and mail cannot be sent from a test.
          #expect(result.status == expected, "line \(block.line): \(command)\n\(result.output)\(result.error)")
          commands += 1
        }
      } else if block.words.first == "text" {
        for line in block.lines {
          let isThere = output.split(separator: "\n").contains { matches(String($0), line) }
          #expect(isThere, "line \(block.line): “\(line)” is not in\n\(output)")
        }
      }
    }
    #expect(commands >= 14)
  }

  @Test func `every YAML block of the guide has a name, or it would not be tried`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(contentsOf: root.appendingPathComponent("docs/guide.md"), encoding: .utf8)
    for block in Self.blocks(of: guide) where block.words.first == "yaml" {
      #expect(block.value("file") != nil, "line \(block.line)")
    }
  }

  /// A command of the guide as a shell would split it: words and single quotes.
  private func run(_ command: String, in folder: String) -> Redeye.Result {
    var words: [String] = []
    for (index, part) in command.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      words += index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
    #expect(words.first == "redeye", "\(command)")
    return Redeye.run(Array(words.dropFirst()), in: folder)
  }

  /// `…` stands for anything.
  private func matches(_ line: String, _ pattern: String) -> Bool {
    var rest = line[...]
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        return part.isEmpty || rest.hasSuffix(part)
      } else if let found = rest.range(of: part) {
        rest = rest[found.upperBound...]
      } else {
        return part.isEmpty
      }
    }
    return rest.isEmpty || parts.count > 1
  }
}
