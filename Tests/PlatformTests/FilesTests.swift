import Foundation
import Glibc
import Platform
import TestSupport
import Testing

struct FilesTests {
  @Test func `what is put in place can be read, and nothing else is left beside it`() throws {
    let folder = try TemporaryFolder()
    try Files.replace("\(folder.path)/a", with: [1, 2, 3])
    try Files.replace("\(folder.path)/a", with: [4], mode: 0o600)
    #expect(try Files.read("\(folder.path)/a") == [4])
    #expect(try Files.list(folder.path) == ["a"])
    #expect(try mode("\(folder.path)/a") == 0o600)
  }

  @Test func `a file's own error is told with its path and the reason`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/none/a"
    #expect(
      text { try Files.replace(path, with: [1]) }?.hasSuffix("/none/.a.\(getpid()).tmp: No such file or directory")
        == true)
    #expect(text { try Files.read(path) } == "cannot read \(path): No such file or directory")
    #expect(text { try Files.read(folder.path) } == "cannot read \(folder.path): Is a directory")
    #expect(text { try Files.replace("/dev/full/a", with: [1]) }?.contains("Not a directory") == true)
  }

  @Test func `a file over its limit and a pipe are refused and not read`() throws {
    let folder = try TemporaryFolder()
    try folder.write("big", String(repeating: "x", count: 100))
    #expect(try Files.read("\(folder.path)/big", limit: 100).count == 100)
    #expect(text { try Files.read("\(folder.path)/big", limit: 99) }?.hasSuffix("File too large") == true)
    #expect(unsafe mkfifo("\(folder.path)/pipe", 0o600) == 0)
    #expect(text { try Files.read("\(folder.path)/pipe") }?.hasSuffix("Invalid argument") == true)
  }

  @Test func `a file of the kernel that claims to be empty is read whole`() throws {
    #expect(try Files.read("/proc/stat").count > 100)
  }

  @Test func `folders are made with all those above them, and a file in the way is told`() throws {
    let folder = try TemporaryFolder()
    try Files.makeFolder("\(folder.path)/a/b/c", mode: 0o750)
    try Files.makeFolder("\(folder.path)/a/b/c/")
    #expect(try mode("\(folder.path)/a/b/c") == 0o750)
    try folder.write("file", "")
    #expect(text { try Files.makeFolder("\(folder.path)/file") }?.hasSuffix("/file: Not a directory") == true)
  }

  @Test func `a tree is removed without following its links`() throws {
    let folder = try TemporaryFolder()
    try folder.write("kept/a", "x")
    try folder.write("tree/b/c", "x")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/tree/link", withDestinationPath: "\(folder.path)/kept")
    try Files.removeTree("\(folder.path)/tree")
    #expect(try Files.list(folder.path) == ["kept"])
    #expect(try folder.read("kept/a") == "x")
    try Files.remove("\(folder.path)/never there")
  }

  @Test func `putting a file in place replaces a planted link and not what it leads to`() throws {
    let folder = try TemporaryFolder()
    let victim = try folder.write("victim", "mine")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/a", withDestinationPath: victim)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/.a.\(getpid()).tmp", withDestinationPath: victim)
    try Files.replace("\(folder.path)/a", with: [1])
    #expect(try folder.read("victim") == "mine")
    #expect(try Files.read("\(folder.path)/a") == [1])
  }

  @Test func `the room on a file system adds up`() throws {
    let space = try Files.space(of: "/")
    #expect(space.total >= space.free && space.free >= space.available && space.total > 0)
    #expect(text { try Files.space(of: "/nowhere") } == "cannot examine /nowhere: No such file or directory")
  }
}

/// The text of the error a body throws.
func text<Value>(_ body: () throws -> Value) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return "\(error)"
  }
}

func mode(_ path: String) throws -> Int {
  try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
}
