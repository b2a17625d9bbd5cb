import Foundation
import TestSupport
import Testing

/// `redeye graph` as people use it.
@Suite(.serialized) struct GraphTests {
  private func installation() throws -> Installation {
    try Installation(
      """
      hosts: {here: {localhost: {use: [system]}}}
      graphs: {mine: {title: My own, lines: [{formula: "'localhost/system/load1' * 2"}]}}
      """)
  }

  private func picture(_ installation: borrowing Installation, _ name: String) throws -> PNGPixels {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(installation.folder.path)/\(name)"))
    return try #require(PNGPixels(Array(bytes)))
  }

  @Test func `any series, pattern, job, graph and formula becomes a picture`() throws {
    let installation = try installation()
    for _ in 0..<2 { _ = installation.cycle() }
    for (name, subject) in [
      ("a", "localhost/system/load1"), ("b", "localhost/system/load*"), ("c", "localhost/system/cpu"), ("d", "mine"),
    ] {
      let result = installation.redeye("graph", subject, "--last", "10m", "--output", "\(name).png")
      #expect(result.status == 0 && result.output == "" && result.error == "", "\(subject): \(result.error)")
      let picture = try picture(installation, "\(name).png")
      #expect(picture.width == 760 && picture.colours.contains(0x1C6BB0) || name == "c", "\(subject)")
    }
    let formula = installation.redeye(
      "graph", "--formula", "'localhost/system/load1' + 1", "-o", "f.png", "--dark", "--scale", "2", "--format",
      "small",
      "--title", "Mine", "--log", "--from", "2h", "--to", "now")
    #expect(formula.status == 0, "\(formula.error)")
    let sharp = try picture(installation, "f.png")
    #expect(sharp.width == 720 && sharp[0, 0] == 0x121417)
    let all = installation.redeye("graph", "localhost/system", "-o", "all/")
    #expect(all.status == 0, "\(all.error)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(installation.folder.path)/all")
    #expect(names.contains("system-load.png") && names.count > 3)
    #expect(!names.contains { $0.hasPrefix(".") })
  }

  @Test func `before the first run there is a picture that says so`() throws {
    let installation = try installation()
    let result = installation.redeye("graph", "localhost/system/load1", "-o", "x.png")
    #expect(result.status == 0, "\(result.error)")
    #expect(try picture(installation, "x.png").width == 760)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: installation.folder.path).sorted() == [
        "redeye.yaml", "x.png",
      ])
  }

  @Test func `a pipe gets the file, and what is in the way of one is told`() throws {
    let installation = try installation()
    _ = installation.redeye("run")
    for arguments in [["localhost/system/load1"], ["localhost/system/load1", "-o", "-"]] {
      let program = "import subprocess, sys; sys.stdout.write(subprocess.check_output(sys.argv[1:])[:8].hex())"
      let head = try output(
        of: ["python3", "-c", program, Redeye.path, "graph"] + arguments + ["-c", installation.path])
      #expect(head == "89504e470d0a1a0a")
    }
    let nowhere = installation.redeye("graph", "localhost/system/load1", "-o", "no/such/x.png")
    #expect(nowhere.status == 4)
    #expect(nowhere.error.contains("cannot write \(installation.folder.path)/no/such/x.png: No such file"))
    let device = installation.redeye("graph", "localhost/system/load1", "-o", "/dev/null")
    #expect(device.status == 4 && device.error.contains("it is no file"))
    let several = installation.redeye("graph", "localhost/system", "-o", "x.png")
    #expect(several.status == 2 && several.error.contains("localhost/system/load, "), "\(several.error)")
    let units = installation.redeye("graph", "localhost/**", "-o", "x.png")
    #expect(units.status == 2 && units.error.contains("several units"))
    let slip = installation.redeye("graph", "localhost/system/laod1", "-o", "x.png")
    #expect(slip.status == 2 && slip.error.contains("did you mean “localhost/system/load1”?"))
    #expect(!FileManager.default.fileExists(atPath: "\(installation.folder.path)/x.png"))
  }
}
