import Config
import Glibc
import Journal
import Model
import Platform
import Series
import State

/// Where one configuration keeps its things; any number of them live side by side.
struct Installation {
  let data: String
  let reports: String

  init(_ settings: Settings) {
    data = settings.data
    reports = settings.reports
  }

  var lockFile: String { "\(data)/lock" }
  var journal: Journal { Journal(folder: "\(data)/journal") }
  var stateFile: String { "\(data)/state.sqlite" }
  var lastGood: String { "\(data)/last-good" }

  func series(_ retention: Retention) -> SeriesStore {
    SeriesStore(folder: "\(data)/series", quarantine: "\(data)/quarantine", retention: retention)
  }

  /// Makes the data folder; nobody outside the group reads it, for it holds copies of the configuration.
  func prepare() throws {
    do {
      try Files.makeFolder(data, mode: 0o750)
    } catch {
      throw Ending(.unable, "\(error); “settings: data:” names the folder")
    }
  }

  /// The run's lock, or status 3 with who holds it.
  func lock(now: Double) throws -> Lock { try Installation.lock(lockFile, now: now) }

  static func lock(_ path: String, now: Double) throws -> Lock {
    do {
      switch try Lock.acquire(path: path, note: "process \(Process.number) since \(Process.clock(now))") {
      case .held(let lock): return lock
      case .taken(let note):
        throw Ending(.locked, "another run holds \(path)" + (note.isEmpty ? "" : ": \(note.printable(limit: 100))"))
      }
    } catch let error as FileError {
      throw Ending(.unable, "\(error)")
    }
  }

  /// The run's lock, waited for while a run is busy.
  func patientLock(seconds: Double) throws -> Lock {
    let end = Clock.monotonic() + seconds
    while true {
      do {
        return try lock(now: Clock.now())
      } catch let ending as Ending {
        guard ending.status == .locked, Clock.monotonic() < end else { throw ending }
        usleep(100_000)
      }
    }
  }

  /// One line for as long as damaged files wait for somebody to look at them.
  var quarantineNote: String? {
    let folder = "\(data)/quarantine"
    let corpses = ((try? Files.list(folder)) ?? []).filter { $0.hasSuffix(".rrd") || $0.hasSuffix(".sqlite") }
    guard !corpses.isEmpty else { return nil }
    let what = corpses.count == 1 ? "a damaged file lies" : "\(corpses.count) damaged files lie"
    let them = corpses.count == 1 ? "it" : "them"
    return "\(what) in \(folder); look at what can be made of \(them), then empty the folder"
  }

  /// The state as a run opens it, with what had to be mended.
  func state(now: Instant, isSynced: Bool = true) throws -> StateStore.Opened {
    do {
      return try StateStore.open(path: stateFile, now: now, isSynced: isSynced)
    } catch {
      throw Ending(.unable, "\(error)")
    }
  }

  /// The state for a command that only looks, or answers, beside a run.
  func sharedState() throws -> StateStore {
    guard Files.exists(stateFile) else {
      guard Files.mayLook(into: data) else {
        throw Ending(.unable, "this user may not look into \(data); ask as its owner, or as a member of its group")
      }
      throw Ending(.unable, "nothing has been collected yet: \(stateFile) is not there. “redeye run” makes it")
    }
    do {
      return try StateStore.openShared(path: stateFile)
    } catch {
      throw Ending(.unable, "\(error)")
    }
  }
}
