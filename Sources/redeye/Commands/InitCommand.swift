import ArgumentParser
import Config
import Platform

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a configuration to begin with.",
    discussion: "A file that is already there is left as it is and nothing is written.")

  @Argument(help: "The folder; made if need be.") var folder: String

  func run() throws {
    let folder = Paths.absolute(folder)
    let files = Config.starterFiles(folder: folder)
    if let taken = files.map({ Paths.join(folder, $0.path) }).first(where: Files.exists) {
      throw Ending(.refused, "\(taken) is already there; choose another folder, or move it away")
    }
    do {
      for file in files { try write(file, into: folder) }
    } catch let error as FileError {
      throw Ending(.unable, "\(error)")
    }
    let main = Paths.join(folder, files[0].path)
    StandardStreams.output(
      """
      Made \(files.map(\.path).joined(separator: ", ")) in \(folder).
      Next: redeye check -c \(main)
            redeye run --verbose -c \(main)
      """)
  }

  private func write(_ file: StarterFile, into folder: String) throws {
    let path = Paths.join(folder, file.path)
    try Files.makeFolder(Paths.folder(of: path))
    try Files.replace(path, with: Array(file.text.utf8), mode: file.isExecutable ? 0o755 : 0o644)
  }
}
