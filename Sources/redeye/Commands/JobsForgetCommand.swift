import ArgumentParser
import Config
import Model
import Platform
import Series
import State

struct JobsForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Forget what was learned of jobs, and the series of those that are gone.",
    discussion: """
      Of a job in the configuration: how it last went, what it costs, its counters (rates begin anew with the second \
      run), and that it is disabled. Its series stay; a job that is done once, “at”, may be done again. Of a job that is \
      gone from the configuration: its series and their files as well, which needs --yes. Journal, ledger and incidents \
      stay in either case.
      """)

  @Argument(help: "HOST/JOB, with “*” for several.") var selectors: [String]
  @Flag(help: "Remove the series of jobs that are gone.") var yes = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let office = try JobsOffice(configuration)
    guard office.store != nil else {
      throw Ending(.refused, "nothing has been collected yet, so there is nothing to forget")
    }
    let lock = try office.installation.patientLock(seconds: 60)
    defer { withExtendedLifetime(lock) {} }
    let store = try office.installation.sharedState()
    let catalogue = try store.catalogue()
    let known = Set(office.plan.jobs.map(\.id))
    let candidates = known.union(catalogue.keys.map(\.row.job)).union(try store.jobRecords().keys)
    let jobs = try selectors.flatMap { try JobSelector($0).found(among: candidates) }
    let entries = catalogue.values.filter { jobs.contains($0.series.row.job) && !known.contains($0.series.row.job) }
    if !entries.isEmpty, !yes {
      throw Ending(
        .refused,
        "nothing was done: \(entries.count) series of jobs that are gone would be removed with all they hold; say --yes"
      )
    }
    do {
      try store.forget(jobs)
      // First the names, then the files: what is left of files after a crash between them harms nobody.
      try store.forget(series: entries.map(\.series))
    } catch {
      throw Ending(.unable, "\(error)")
    }
    let files = try removeFiles(of: entries, office)
    let series = entries.isEmpty ? "" : ", with \(entries.count) series in \(files) files"
    StandardStreams.output("Forgot \(jobs.count == 1 ? "\(jobs[0])" : "\(jobs.count) jobs")\(series).")
  }

  private func removeFiles(of entries: [CatalogueEntry], _ office: JobsOffice) throws -> Int {
    let series = office.installation.series(office.plan.settings.retention)
    let files = Set(entries.flatMap { [$0.file] + $0.earlier.map(\.file) }.map(series.path))
    do {
      for file in files where Files.exists(file) { try Files.remove(file) }
    } catch {
      throw Ending(.degraded, "the series are forgotten, and a file is still there: \(error)")
    }
    return files.count
  }
}
