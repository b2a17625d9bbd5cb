import CLinux
import Glibc

/// Stays with a child from its start to its end: feeds it, keeps what it prints, signals it when its time is up.
struct Watch: ~Copyable {
  /// Seconds for what is still in the pipes after the child has ended, before its process group is killed.
  private static let lastWords = 0.25
  /// Seconds after the last signal until a child that cannot die (a disk that hangs) is left to itself.
  private static let patience = 1.0
  /// Milliseconds between two looks at a child whose end the kernel does not announce (before Linux 5.3, or where a
  /// filter of system calls forbids it).
  private static let longestPause = 20

  private let process: pid_t
  private let request: ChildRequest
  private let started: Double
  private var input: Feed
  private var output: Capture
  private var errorOutput: Capture
  /// Readable once the process has ended; −1 where the kernel has none.
  private let end: Descriptor
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  private var pause = 1
  private var asked = false

  init(
    _ process: pid_t, _ request: ChildRequest, started: Double, input: consuming Descriptor,
    output: consuming Descriptor, errorOutput: consuming Descriptor
  ) {
    self.process = process
    self.request = request
    self.started = started
    self.input = Feed(input, request.input)
    self.output = Capture(output, limit: request.outputLimit)
    self.errorOutput = Capture(errorOutput, limit: request.outputLimit)
    end = Descriptor(pidfd_open(process, 0))
  }

  /// Returns when the child has ended and its process group is gone.
  mutating func result() -> ChildResult {
    let signal = PipeSignalBlocked()
    while !hasEnded, elapsed < request.deadline + request.grace {
      askIfDue()
      exchange(milliseconds: nextPause(), orEnd: true)
    }
    if !hasEnded {
      asked = true
      killGroup(SIGKILL)
    }
    finishStreams(within: Watch.lastWords)
    killGroup(SIGKILL)
    finishStreams(within: Watch.lastWords / 5)
    waitForEnd(within: Watch.patience)
    _ = consume signal
    return reaped()
  }

  private var elapsed: Double { Clock.monotonic() - started }

  /// True once it has ended; it stays a zombie, so that its number cannot become another process group's.
  private var hasEnded: Bool {
    var information = unsafe siginfo_t()
    let code = unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
    return code == 0 ? unsafe information.si_signo != 0 : errno == ECHILD
  }

  private mutating func askIfDue() {
    guard !asked, elapsed >= request.deadline else { return }
    asked = true
    killGroup(SIGTERM)
  }

  /// A killed process takes a moment to die; reaped before, it would stay a zombie.
  private func waitForEnd(within seconds: Double) {
    let end = elapsed + seconds
    while !hasEnded, elapsed < end { usleep(1000) }
  }

  private func killGroup(_ signal: Int32) { _ = kill(-process, signal) }

  /// Until the next signal is due; where the end is not announced, short at first, for a child that closes its streams
  /// and ends at once.
  private mutating func nextPause() -> Int {
    let due = request.deadline + (asked ? request.grace : 0) - elapsed
    let untilDue = max(1, Int(min(due, 3600) * 1000))
    guard end.number < 0 else { return untilDue }
    pause = min(pause * 2, Watch.longestPause)
    return min(hasOpenStreams ? Watch.longestPause : pause, untilDue)
  }

  private var hasOpenStreams: Bool { output.number >= 0 || errorOutput.number >= 0 }

  private mutating func finishStreams(within seconds: Double) {
    let end = elapsed + seconds
    while hasOpenStreams, elapsed < end {
      exchange(milliseconds: max(1, Int((end - elapsed) * 1000)))
    }
  }

  /// Waits for any of the three pipes, or for the end, and moves what there is, one helping each.
  private mutating func exchange(milliseconds: Int, orEnd: Bool = false) {
    var polled = [
      pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errorOutput.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: orEnd ? end.number : -1, events: Int16(POLLIN), revents: 0),
    ]
    guard unsafe poll(&polled, nfds_t(polled.count), Int32(milliseconds)) > 0 else { return }
    if polled[0].revents != 0 { input.give() }
    if polled[1].revents != 0 { output.take(with: &buffer) }
    if polled[2].revents != 0 { errorOutput.take(with: &buffer) }
  }

  private func reaped() -> ChildResult {
    var status: Int32 = 0
    var usage = rusage()
    let gone = unsafe wait4(process, &status, WNOHANG, &usage) == process
    return ChildResult(
      status: asked || !gone ? .timedOut : ended(status), output: output.bytes, errorOutput: errorOutput.bytes,
      truncated: output.truncated || errorOutput.truncated, seconds: elapsed,
      processorSeconds: usage.ru_utime.seconds + usage.ru_stime.seconds)
  }

  /// wait(2): the low seven bits are a signal, the next eight the exit status.
  private func ended(_ status: Int32) -> ChildResult.Status {
    status & 0x7F == 0 ? .exited(Int(status >> 8) & 0xFF) : .signalled(Int(status & 0x7F))
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
