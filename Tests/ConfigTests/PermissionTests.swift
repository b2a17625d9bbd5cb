import Config
import Foundation
import TestSupport
import Testing

@Suite struct PermissionTests {
  @Test(arguments: [
    (0o600, "accepted"), (0o644, "accepted"), (0o646, "everybody may write this file"),
    (0o666, "everybody may write this file"),
  ])
  func `a configuration everybody may write is refused`(mode: Int, answer: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("redeye.yaml", "hosts: {}\n", mode: mode)
    let loaded = load(path: folder.path + "/redeye.yaml")
    #expect(loaded.problems.first?.message ?? "accepted" == answer)
    #expect((loaded.plan == nil) == (answer != "accepted"))
  }

  @Test func `a script everybody may write is refused, one nobody may run is a warning`() throws {
    let folder = try TemporaryFolder()
    try folder.write("open.sh", "#!/bin/sh\n", mode: 0o777)
    try folder.write("plain.sh", "#!/bin/sh\n", mode: 0o644)
    try folder.write("redeye.yaml", "jobs: {g: {a: {script: open.sh}, b: {script: plain.sh}, c: {script: .}}}\n")
    let loaded = load(path: folder.path + "/redeye.yaml")
    #expect(
      loaded.messages == [
        "redeye.yaml:1: everybody may write the script open.sh", "redeye.yaml:1: the script plain.sh is not executable",
        "redeye.yaml:1: . is no program",
      ])
  }

  @Test func `what is no regular file is not read`() throws {
    let folder = try TemporaryFolder()
    let made = unsafe mkfifo(folder.path + "/redeye.yaml", 0o600)
    #expect(made == 0)
    #expect(
      render(load(path: folder.path + "/redeye.yaml").problems)
        == """
        \(folder.path)/redeye.yaml: error: the configuration cannot be read: it is not a regular file
              name another with -c FILE, or make one with “redeye init DIR”
        1 error

        """)
  }

  @Test func `a file that is not there is told`() throws {
    let folder = try TemporaryFolder()
    let loaded = load(path: folder.path + "/redeye.yaml")
    #expect(loaded.plan == nil)
    #expect(
      render(loaded.problems) == """
        \(folder.path)/redeye.yaml: error: the configuration cannot be read: it is not there
              name another with -c FILE, or make one with “redeye init DIR”
        1 error

        """)
  }
}
