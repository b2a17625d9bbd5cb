import Foundation
import Glibc
import Platform
import TestSupport
import Testing

struct ChildTests {
  @Test func `what a program is given and what it says come through unchanged`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "program",
      """
      #!/usr/bin/python3
      import os, sys
      print(sys.argv[1:], sorted(os.environ.items()), os.getcwd(), sys.stdin.read())
      print("aside", file=sys.stderr)
      sys.exit(7)
      """, mode: 0o755)
    let result = Child.run(
      ChildRequest(
        arguments: [script, "$(touch x); `id` | * \n'\"", ""], environment: ["A": "1", "LC_ALL": "C"],
        input: Array("given".utf8), folder: folder.path, deadline: 10))
    #expect(result.status == .exited(7))
    #expect(
      result.outputText
        == #"['$(touch x); `id` | * \n\'"', ''] [('A', '1'), ('LC_ALL', 'C')] "# + "\(folder.path) given\n")
    #expect(result.errorText == "aside\n")
    #expect(!result.truncated)
    #expect(try Files.list(folder.path) == ["program"])
  }

  @Test func `without input it reads the end at once`() {
    #expect(run("/bin/cat").status == .exited(0))
  }

  @Test func `a program is looked up in the path of its own environment`() {
    #expect(run("true", path: "/nowhere:/usr/bin").status == .exited(0))
    #expect(run("true", path: "/nowhere").status == .notStarted("true not found in /nowhere; is it installed?"))
  }

  @Test func `each reason why nothing can start is told with the way out`() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write("plain", "#!/bin/sh\n", mode: 0o644)
    let lost = try folder.write("lost", "#!/nowhere/python3 -u\n", mode: 0o755)
    let dos = try folder.write("dos", "#!/bin/sh\r\nexit 0\r\n", mode: 0o755)
    let text = try folder.write("text", "hello", mode: 0o755)
    let loop = try folder.write("loop", "#!\(folder.path)/loop\n", mode: 0o755)
    let cases: [(String, String)] = [
      ("/nowhere/x", "/nowhere/x not found"),
      (folder.path, "\(folder.path) is a folder, not a program"),
      (plain, "\(plain) is not executable (chmod +x \(plain))"),
      (lost, "\(lost): its interpreter /nowhere/python3 cannot be run: No such file or directory"),
      (dos, "\(dos): its interpreter /bin/sh\\r cannot be run: No such file or directory"),
      (text, "\(text) is neither a program nor a script that starts with #! and an interpreter"),
      (loop, "\(loop): its interpreter \(loop) cannot be run: Too many levels of symbolic links"),
      ("a/b", "a/b is relative; give the whole path"),
      ("", "there is no program to run"),
      ("/bin/true\0", "/bin/true\0: an argument or a variable holds a NUL character"),
    ]
    for (program, reason) in cases { #expect(run(program).status == .notStarted(reason)) }
    #expect(
      Child.run(ChildRequest(arguments: ["/bin/true"], folder: "/nowhere", deadline: 1)).status
        == .notStarted("/bin/true: its working folder /nowhere does not exist"))
    #expect(
      Child.run(ChildRequest(arguments: ["/bin/true", String(repeating: "x", count: 200_000)], deadline: 1)).status
        == .notStarted("/bin/true: its arguments and environment are too long"))
  }

  @Test func `death by a signal is told apart from an exit`() {
    #expect(run("/bin/sh", "-c", "kill -SEGV $$").status == .signalled(11))
  }

  @Test func `a program that is just being written starts when it is`() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("script", "#!/bin/sh\necho done\n", mode: 0o755)
    // On a busy machine the writer may get its turn to close too late, though not each time.
    let texts = try (0..<5).map { _ in
      let writer = try #require(FileHandle(forWritingAtPath: script))
      Thread.detachNewThread {
        usleep(150_000)
        try? writer.close()
      }
      return run(script).outputText
    }
    #expect(texts.contains("done\n"))
  }

  @Test func `a program that obeys is stopped at its deadline, and what it said is kept`() {
    let result = run("/bin/sh", "-c", "echo begun; sleep 60", deadline: 0.3)
    #expect(result.status == .timedOut)
    #expect(result.outputText == "begun\n")
    #expect(result.seconds < onBusyMachine(1.5))
  }

  @Test func `a program that ignores TERM is killed after the grace`() {
    let result = run("/usr/bin/python3", "-c", stubborn, deadline: 0.5, grace: 0.5)
    #expect(result.status == .timedOut)
    #expect(result.seconds > 0.9 && result.seconds < onBusyMachine(2.5))
    #expect(result.outputText == "asked\n")
  }

  @Test func `a flood is drained, cut and counted against nobody's memory`() {
    let result = run("/bin/sh", "-c", "exec yes", deadline: 0.5, grace: 0.1)
    #expect(result.status == .timedOut)
    #expect(result.output.count == 65_536 && result.truncated)
    #expect(result.seconds < onBusyMachine(2))
    let exact = run("/usr/bin/head", "-c", "65536", "/dev/zero")
    #expect(exact.output.count == 65_536 && !exact.truncated)
    let both = run("/bin/sh", "-c", "head -c 70000 /dev/zero >&2; head -c 300000 /dev/zero; echo done >&2")
    #expect(both.status == .exited(0) && both.truncated)
  }

  @Test func `a grandchild that holds the streams open delays nothing and does not outlive the call`() throws {
    let result = run("/bin/sh", "-c", "sleep 300 & echo $!; exit 0", deadline: 20)
    #expect(result.status == .exited(0))
    #expect(result.seconds < onBusyMachine(1.5))
    let grandchild = try #require(pid_t(result.outputText.dropLast()))
    #expect(isGone(grandchild))
  }

  @Test func `a grandchild in a session of its own delays nothing either`() throws {
    let result = run("/usr/bin/setsid", "-f", "/bin/sh", "-c", "echo $$; exec sleep 20", deadline: 20)
    #expect(result.status == .exited(0))
    #expect(result.seconds < onBusyMachine(2))
    if let escaped = pid_t(result.outputText.dropLast()) { kill(escaped, SIGKILL) }
  }

  @Test func `a program that stops itself and one that closes its streams end at the deadline`() {
    #expect(run("/bin/sh", "-c", "kill -STOP $$", deadline: 0.3, grace: 0.2).status == .timedOut)
    let closed = run("/bin/sh", "-c", "exec >&- 2>&-; sleep 60", deadline: 0.3)
    #expect(closed.status == .timedOut && closed.seconds < onBusyMachine(1.5))
  }

  @Test func `a program that kills its whole process group kills only itself`() {
    #expect(run("/bin/sh", "-c", "kill -9 0").status == .signalled(9))
  }

  @Test func `a program that does not read what it is given is no error here`() {
    let input = [UInt8](repeating: 65, count: 3_000_000)
    let result = Child.run(ChildRequest(arguments: ["/bin/true"], input: input, deadline: 10))
    #expect(result.status == .exited(0))
    let counted = Child.run(ChildRequest(arguments: ["/usr/bin/wc", "-c"], input: input, deadline: 10))
    #expect(counted.outputText == "3000000\n")
  }

  @Test func `a child gets the three streams and no other descriptor, and default signals`() throws {
    let extra = unsafe open("/dev/null", O_RDONLY)
    defer { close(extra) }
    // `ls` itself has 3 open: the folder it lists.
    #expect(run("/bin/ls", "/proc/self/fd").outputText == "0\n1\n2\n3\n")
    let status = run("/bin/grep", "-E", "Sig(Blk|Ign)", "/proc/self/status").outputText
    let masks = status.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
    // glibc ignores its own two signals, 32 and 33, in every spawned child.
    #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
  }

  @Test func `three hundred children leave no zombie and no descriptor`() async {
    await #expect(processExitsWith: .success) {
      let before = settledDescriptors()
      let leak = unsafe open("/dev/null", O_RDONLY)
      #expect(descriptorsSettle(at: before + 1), "the counter does not see a leak")
      close(leak)
      let statuses = concurrently(300, workers: 4) { index in
        switch index % 3 {
        case 0: run("/bin/true").status
        case 1: run("/nowhere/at/all").status
        default: run("/bin/sh", "-c", "sleep 10", deadline: 0.01, grace: 0.01).status
        }
      }
      #expect(statuses.filter { $0 == .exited(0) }.count == 100)
      #expect(statuses.filter { $0 == .timedOut }.count == 100)
      #expect(descriptorsSettle(at: before))
      let reaped = waitpid(-1, nil, WNOHANG)
      #expect(reaped == -1, "a zombie is left: \(reaped)")
    }
  }

  @Test func `a child that takes its time wakes nobody until it ends`() {
    let before = switches()
    let silent = run("/bin/sleep", "0.5")
    #expect(silent.status == .exited(0) && silent.seconds < onBusyMachine(1))
    let mute = run("/bin/sh", "-c", "exec >&- 2>&-; exec sleep 0.5")
    #expect(mute.status == .exited(0) && mute.seconds < onBusyMachine(1))
    #expect(switches() - before < 20, "this thread was woken \(switches() - before) times")
  }

  @Test func `processor time is that of the child`() {
    let result = run("/usr/bin/python3", "-c", "sum(range(3_000_000))")
    #expect(result.processorSeconds > 0.01 && result.processorSeconds < 5)
  }
}

/// How often this thread gave up its processor to wait.
private func switches() -> Int {
  var usage = rusage()
  // RUSAGE_THREAD of getrusage(2), which the module leaves out.
  unsafe getrusage(1, &usage)
  return usage.ru_nvcsw
}

private let stubborn = """
  import signal, sys, time
  def asked(number, frame):
    print("asked", flush=True)
  signal.signal(signal.SIGTERM, asked)
  while True: time.sleep(1)
  """

private func run(
  _ arguments: String..., path: String = "/usr/bin:/bin", deadline: Double = 10, grace: Double = 1
) -> ChildResult {
  Child.run(ChildRequest(arguments: arguments, environment: ["PATH": path], deadline: deadline, grace: grace))
}

/// Counted once the test library has opened and closed what it needs to start.
private func settledDescriptors() -> Int {
  var counts = [-3, -2, -1]
  while Set(counts).count > 1 {
    usleep(50_000)
    counts = counts.dropFirst() + [openDescriptors()]
  }
  return counts[0]
}

/// True once so many are open; the test library itself opens one for a moment now and then.
private func descriptorsSettle(at count: Int) -> Bool {
  for _ in 0..<100 {
    if openDescriptors() == count { return true }
    usleep(20_000)
  }
  return false
}

private func openDescriptors() -> Int { (try? Files.list("/proc/self/fd").count) ?? -1 }

/// True once the process has gone; init may take a moment to reap it.
private func isGone(_ process: pid_t) -> Bool {
  for _ in 0..<100 {
    if kill(process, 0) != 0 { return true }
    let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    if status.contains(") Z ") { return true }
    usleep(10_000)
  }
  return false
}

extension ChildResult {
  fileprivate var outputText: String { String(decoding: output, as: UTF8.self) }
  fileprivate var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
}
