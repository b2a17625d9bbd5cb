import Glibc

/// A program that was found and may be executed.
struct Program {
  private let path: String
  private let request: ChildRequest

  /// Throws where there is nothing to run, before anything is opened.
  init(_ request: ChildRequest) throws(NotStarted) {
    guard let name = request.arguments.first, !name.isEmpty else {
      throw NotStarted(reason: "there is no program to run")
    }
    guard !Program.texts(of: request).contains(where: { $0.utf8.contains(0) }) else {
      throw NotStarted(reason: "\(name): an argument or a variable holds a NUL character")
    }
    path = try Program.find(name, in: request.environment["PATH"] ?? "/usr/bin:/bin")
    self.request = request
    if let folder = request.folder, !Files.isFolder(folder) {
      throw NotStarted(reason: "\(name): its working folder \(folder) does not exist")
    }
  }

  private static func texts(of request: ChildRequest) -> [String] {
    request.arguments + request.environment.map { "\($0)=\($1)" } + [request.folder ?? ""]
  }

  private static func find(_ name: String, in path: String) throws(NotStarted) -> String {
    if name.contains("/") {
      guard name.hasPrefix("/") else { throw NotStarted(reason: "\(name) is relative; give the whole path") }
      try examine(name)
      return name
    }
    let places = path.split(separator: ":").map { "\($0)/\(name)" }.filter(Files.exists)
    guard let first = places.first else {
      throw NotStarted(reason: "\(name) not found in \(path); is it installed?")
    }
    let program = places.first { unsafe access($0, X_OK) == 0 && !Files.isFolder($0) } ?? first
    try examine(program)
    return program
  }

  private static func examine(_ path: String) throws(NotStarted) {
    guard unsafe access(path, F_OK) == 0 else {
      throw NotStarted(reason: errno == ENOENT ? "\(path) not found" : "\(path): \(Platform.reason(of: errno))")
    }
    guard !Files.isFolder(path) else { throw NotStarted(reason: "\(path) is a folder, not a program") }
    guard unsafe access(path, X_OK) == 0 else {
      throw NotStarted(reason: "\(path) is not executable (chmod +x \(path))")
    }
  }

  /// Starts it with the far ends of the pipes as its standard streams.
  func spawn(input: borrowing Pipe, output: borrowing Pipe, errorOutput: borrowing Pipe) throws(NotStarted) -> pid_t {
    let actions = SpawnActions()
    if request.input.isEmpty {
      actions.open("/dev/null", as: STDIN_FILENO)
    } else {
      actions.place(input.reading, as: STDIN_FILENO)
    }
    actions.place(output.writing, as: STDOUT_FILENO)
    actions.place(errorOutput.writing, as: STDERR_FILENO)
    actions.closeFrom(STDERR_FILENO + 1)
    if let folder = request.folder { actions.changeFolder(folder) }
    let environment = request.environment.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    var process: pid_t = 0
    let code = actions.start(&process, path, request.arguments, environment)
    guard code == 0 else { throw NotStarted(reason: explanation(of: code)) }
    return process
  }

  private func explanation(of code: Int32) -> String {
    switch code {
    case ENOENT, EACCES, ELOOP, ENOTDIR:
      let interpreter = interpreter
      return interpreter.map { "\(path): its interpreter \($0) cannot be run: \(Platform.reason(of: code))" }
        ?? "\(path): \(Platform.reason(of: code))"
    case ENOEXEC: return "\(path) is neither a program nor a script that starts with #! and an interpreter"
    case E2BIG: return "\(path): its arguments and environment are too long"
    default: return "\(path): \(Platform.reason(of: code))"
    }
  }

  /// What stands after `#!` in the first line, up to a space.
  private var interpreter: String? {
    guard let file = try? Descriptor(open: path, O_RDONLY, action: "read"),
      let head = try? file.readAll(of: path, expecting: 255, limit: 255), head.starts(with: Array("#!".utf8)),
      let line = head.dropFirst(2).split(separator: UInt8(ascii: "\n")).first,
      let word = line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }).first
    else { return nil }
    // A carriage return is the usual reason why an interpreter that is there is not found.
    return String(decoding: word, as: UTF8.self).replacing("\r", with: "\\r")
  }
}
