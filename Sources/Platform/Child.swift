import Glibc

/// What to run, and inside which bounds.
package struct ChildRequest: Sendable {
  /// The program first: absolute, or looked up in the environment's `PATH`. Nothing is split, expanded or quoted.
  package var arguments: [String]
  /// All of it; nothing is taken over from this process.
  package var environment: [String: String]
  /// What it reads on its standard input; empty is `/dev/null`.
  package var input: [UInt8]
  /// Where it starts; this process's own folder if `nil`.
  package var folder: String?
  /// Seconds it may run.
  package var deadline: Double
  /// Bytes kept of each of its two streams; what comes after is read and dropped.
  package var outputLimit: Int
  /// Seconds between the first signal (TERM) and the last (KILL).
  package var grace: Double

  package init(
    arguments: [String], environment: [String: String] = [:], input: [UInt8] = [], folder: String? = nil,
    deadline: Double, outputLimit: Int = 65_536, grace: Double = 3
  ) {
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.folder = folder
    self.deadline = deadline
    self.outputLimit = outputLimit
    self.grace = grace
  }
}

/// How a child ended and what it said.
package struct ChildResult: Sendable {
  package enum Status: Hashable, Sendable {
    case exited(Int)
    /// By a signal that did not come from here.
    case signalled(Int)
    case timedOut
    /// Why, with the program's name and the way out.
    case notStarted(String)
  }

  package var status: Status
  package var output: [UInt8]
  package var errorOutput: [UInt8]
  /// Whether some of either stream was dropped.
  package var truncated: Bool
  /// Wall time.
  package var seconds: Double
  /// Processor time of it and of those it waited for.
  package var processorSeconds: Double

  package init(
    status: Status, output: [UInt8] = [], errorOutput: [UInt8] = [], truncated: Bool = false, seconds: Double = 0,
    processorSeconds: Double = 0
  ) {
    self.status = status
    self.output = output
    self.errorOutput = errorOutput
    self.truncated = truncated
    self.seconds = seconds
    self.processorSeconds = processorSeconds
  }
}

/// Programs run without a shell, in a process group of their own that is gone when `run` returns.
package enum Child {
  /// Runs a program to its end or its deadline. It takes at most `deadline` + `grace` + about a second, whatever the
  /// program does; whoever it left behind in its process group is killed.
  package static func run(_ request: ChildRequest) -> ChildResult {
    let started = Clock.monotonic()
    do {
      let program = try Program(request)
      let input = try Pipe()
      let output = try Pipe()
      let errorOutput = try Pipe()
      let process = try program.spawn(input: input, output: output, errorOutput: errorOutput)
      var watch = Watch(
        process, request, started: started, input: input.forWriting(), output: output.forReading(),
        errorOutput: errorOutput.forReading())
      return watch.result()
    } catch let error as NotStarted {
      return ChildResult(status: .notStarted(error.reason))
    } catch {
      return ChildResult(status: .notStarted("\(error)"))
    }
  }
}

extension Child {
  /// What a program gets when nothing else is said: the usual places, this user's home and no locale.
  package static let cleanEnvironment = [
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home, "LC_ALL": "C",
  ]

  private static var home: String {
    guard let account = unsafe getpwuid(geteuid()), let folder = unsafe account.pointee.pw_dir else { return "/" }
    return unsafe String(cString: folder)
  }
}

/// Why a program cannot run.
struct NotStarted: Error {
  var reason: String
}
