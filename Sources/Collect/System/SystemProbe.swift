import Config
import Model
import Platform

/// Measures this machine from what its kernel tells in `/proc`; nothing is started.
@Sendable func measureSystem(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  let start = Clock.monotonic()
  let now = Clock.now()
  let texts = KernelTexts.read()
  let rooms = Rooms(texts, limit: min(2, context.remaining))
  context.measured.add(assignments.count)
  return assignments.map { assignment in
    let reading = SystemReading(
      texts, spaces: rooms.spaces, at: now, before: assignment.memory, longest: Double(assignment.job.step) * 2.5)
    let problems = reading.problems + rooms.problems
    return assignment.outcome(
      reading.measurements,
      failure: problems.isEmpty ? nil : Failure(.local, problems.joined(separator: "; ").printable()),
      facts: reading.facts,
      cost: context.cost(since: start, bytes: texts.files.values.reduce(0) { $0 + $1.utf8.count }),
      memory: reading.memory)
  }
}

/// The room on each file system; one whose server does not answer is a problem and holds up nothing.
private struct Rooms {
  private(set) var spaces: [(mountPoint: String, space: Space)] = []
  private(set) var problems: [String] = []

  init(_ texts: KernelTexts, limit: Double) {
    let mounted = fileSystems(in: texts.files["/proc/self/mountinfo"] ?? "", isFolder: Files.isFolder)
    let results = concurrently(mounted.count, workers: 8) { index in room(of: mounted[index], limit: limit) }
    for (system, result) in zip(mounted, results) {
      switch result {
      case .success(let space): if space.total > 0 { spaces.append((system.mountPoint, space)) }
      case .failure(let error): problems.append(error.message)
      }
    }
  }
}

private func room(of system: MountedFileSystem, limit: Double) -> Result<Space, Failure> {
  let path = system.mountPoint
  let look: @Sendable () -> Result<Space, Failure> = {
    do { return .success(try Files.space(of: path)) } catch { return .failure(Failure(.local, "\(error)")) }
  }
  guard system.isRemote else { return look() }
  return within(seconds: limit, look) ?? .failure(Failure(.timeout, "\(path) does not answer; its server may be down"))
}
