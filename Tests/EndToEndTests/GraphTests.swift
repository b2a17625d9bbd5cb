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

  @Test func `a terminal is shown a picture in its own way, and a pipe in letters`() throws {
    let installation = try installation()
    for _ in 0..<2 { _ = installation.cycle() }
    let series = "localhost/system/load1"
    let text = installation.redeye("graph", series, "--terminal", "--last", "5m")
    #expect(text.status == 0 && text.error == "", "\(text.error)")
    #expect(text.output.contains("localhost · ") && text.output.contains("┤") && text.output.contains("now"))
    #expect(text.output.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    #expect(!text.output.contains("\u{1B}"))
    #expect(installation.redeye("graph", "--terminal", series, "--last", "5m").output.contains("localhost · "))
    #expect(installation.redeye("graph", series, "--terminal", "kitty").output.hasPrefix("\u{1B}_Ga=T,f=100,q=2,m="))
    #expect(installation.redeye("graph", series, "--terminal=iterm").output.hasPrefix("\u{1B}]1337;File=inline=1;"))
    let sixel = installation.redeye("graph", series, "--terminal", "sixel", "--format", "small", "--scale", "2")
    #expect(sixel.output.hasPrefix("\u{1B}P0;1;0q\"1;1;720;186#0;"))
    let all = installation.redeye("graph", "localhost/system", "--terminal", "braille", "--format", "small")
    #expect(all.status == 0 && all.output.split(separator: "\n").count { $0.contains("└") } > 3)
    #expect(installation.redeye("graph", series, "--terminal", "braille", "--scale", "2").status == 2)
  }

  @Test func `a terminal that names no file sees the picture, and never the bytes of one`() throws {
    let installation = try installation()
    let program = """
      import os, pty, sys
      os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
      for name in ("KITTY_WINDOW_ID", "TERM_PROGRAM", "LC_TERMINAL", "KONSOLE_VERSION", "TMUX", "STY", "NO_COLOR"):
          os.environ.pop(name, None)
      status = pty.spawn(sys.argv[1:])
      sys.stdout.write("status %d" % os.waitstatus_to_exitcode(status))
      """
    func spawn(_ arguments: String...) throws -> String {
      try output(
        of: ["python3", "-c", program, Redeye.path, "graph", "localhost/system/load1"] + arguments
          + ["-c", installation.path])
    }
    let seen = try spawn()
    #expect(
      seen.hasSuffix("status 0") && seen.contains("\u{1B}[38;2;") && seen.contains("Nothing collected yet."), "\(seen)")
    let refused = try spawn("-o", "-")
    #expect(refused.hasSuffix("status 2") && refused.contains("--terminal shows the picture"), "\(refused)")
  }
}
