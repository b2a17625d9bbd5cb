import Foundation
import Glibc
import Platform
import TestSupport
import Testing

struct AppendFileTests {
  @Test func `it grows at its end and is cut back`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/journal"
    do {
      let file = try AppendFile(path: path)
      try file.write([1, 2, 3])
      try file.write([4, 5])
      try file.sync()
      #expect(try file.size == 5)
      try file.truncate(to: 3)
    }
    let again = try AppendFile(path: path)
    try again.write([9])
    #expect(try Files.read(path) == [1, 2, 3, 9])
  }

  @Test func `it is not opened through a link`() throws {
    let folder = try TemporaryFolder()
    let victim = try folder.write("victim", "mine")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/j", withDestinationPath: victim)
    #expect(
      text { _ = try AppendFile(path: "\(folder.path)/j") }
        == "cannot open \(folder.path)/j: Too many levels of symbolic links")
  }

  @Test func `what a full disk let through is cut off again`() async {
    // The limit on a file's size stands for the full disk: part of the write succeeds, the rest does not.
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 8, rlim_max: 8)
      _ = unsafe setrlimit(__rlimit_resource_t(1), &limit)
      let file = try AppendFile(path: "\(folder.path)/j")
      try file.write([1, 2, 3])
      let error = text { try file.write(Array(repeating: 9, count: 100)) }
      #expect(error == "cannot write \(folder.path)/j: File too large")
      #expect(try Files.read("\(folder.path)/j") == [1, 2, 3])
    }
  }

  @Test func `a full disk is told`() throws {
    let file = try AppendFile(path: "/dev/full")
    #expect(text { try file.write([1]) } == "cannot write /dev/full: No space left on device")
  }
}
