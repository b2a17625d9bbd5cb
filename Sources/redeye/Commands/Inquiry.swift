import Collect
import Config
import Discover
import Model
import Platform
import State

/// Everything `discover` needs to know before it asks, and the asking.
struct Inquiry {
  let credentials: SNMPCredentials
  let timeout: Double
  let retries: Int
  let offers: Offers
  let known: Known
  let zone: Zone
  /// The first of `discovered`, `discovered-2` and so on of which the configuration reads no file.
  let freePackageName: String

  /// Without a configuration, what is built in is what devices are asked for.
  init(credentials: SNMPCredentials, timeout: Double, retries: Int, configuration path: String?) throws {
    self.credentials = credentials
    self.timeout = timeout
    self.retries = retries
    let running = try path.map(RunningConfiguration.load)
    if running?.broken != nil {
      StandardStreams.error(
        "redeye: the configuration has errors, so its last good state is compared; “redeye check” lists them")
    }
    offers = Config.offers(path: path)
    known = running.map { Inquiry.known($0.plan) } ?? Known()
    zone = running?.plan.settings.zone ?? .utc
    let taken = Set((running?.plan.files ?? []).map { $0.path.split(separator: "/").last ?? "" })
    freePackageName =
      (1...(taken.count + 1)).lazy.map { $0 == 1 ? "discovered" : "discovered-\($0)" }
      .first { !taken.contains("\($0).yaml") } ?? "discovered"
  }

  /// What the last run knew; nothing where there was none.
  private static func known(_ plan: Plan) -> Known {
    let file = Installation(plan.settings).stateFile
    guard Files.exists(file) else { return Known(plan, catalogue: [:], memories: [:]) }
    do {
      let store = try StateStore.openToLook(path: file)
      return Known(plan, catalogue: try store.catalogue(), memories: try store.memories())
    } catch {
      StandardStreams.error("redeye: interfaces are not compared with those known: \(error)".printable(limit: 2_000))
      return Known(plan, catalogue: [:], memories: [:])
    }
  }

  /// Every device is asked for what is offered, and one that is configured for what it is measured by as well.
  func ask(_ targets: [Target]) throws -> [Result<Surveyed, Failure>] {
    var sets: [FieldSet] = []
    var places: [FieldSet: Int] = [:]
    func place(of set: FieldSet) -> Int {
      if let place = places[set] { return place }
      places[set] = sets.count
      sets.append(set)
      return sets.count - 1
    }
    var seen: Set<Int> = []
    let offered = (offers.monitors.flatMap { $0.jobs.map(\.fieldSet) } + offers.fieldSets).map(place)
      .filter { seen.insert($0).inserted }
    let asked = targets.map { target in
      Survey.Target(
        address: target.address, port: target.port,
        sets: offered + Set(known.fieldSets(at: target).map(place)).subtracting(offered).sorted())
    }
    let survey = Survey(
      credentials: credentials, fieldSets: sets, timeout: timeout, retries: retries,
      secrets: SecretStore(environment: Process.environment))
    let progress = Progress(of: targets.count)
    defer { progress.end() }
    do {
      return try survey.ask(asked) { progress.show(asked: $0, answered: $1) }
    } catch {
      throw Ending(.refused, "nobody was asked: \(error.message)")
    }
  }
}

/// How many addresses have been asked and how many answer, where somebody looks at it.
private final class Progress {
  private let line = LiveLine()
  private let asked = Tally()
  private let answered = Tally()

  init(of count: Int) {
    line.show { [asked, answered] in
      asked.count < count
        ? "\(asked.count) of \(count) addresses asked, \(answered.count) answer"
        : "\(answered.count) of \(count) answer; reading them"
    }
  }

  func show(asked: Int, answered: Int) {
    self.asked.add(asked - self.asked.count)
    self.answered.add(answered - self.answered.count)
  }

  func end() { line.end() }
}

/// Who gave no answer.
struct Silence {
  /// A line for each address that was named.
  private(set) var named: [String] = []
  /// One line about the addresses of networks.
  private(set) var summary: String?
  /// Whether there was no answer at all.
  let isAll: Bool

  init(_ targets: [Target], _ results: [Result<Surveyed, Failure>]) {
    var silent: [(target: Target, failure: Failure)] = []
    for case (let target, .failure(let failure)) in zip(targets, results) { silent.append((target, failure)) }
    isAll = silent.count == targets.count
    named = silent.filter { $0.target.isNamed }.map { "\($0.target.description): \($0.failure)" }
    let others = silent.filter { !$0.target.isNamed }
    guard !others.isEmpty else { return }
    let kinds = Dictionary(grouping: others, by: \.failure.kind).sorted { $0.value.count > $1.value.count }
    let words = kinds.map { kind, all in
      // Somebody is there and says no: that is worth an address.
      kind == .denied
        ? "\(all.count) \(kind.rawValue), the first of them \(all[0].target.description): \(all[0].failure.message)"
        : "\(all.count) \(kind.rawValue)"
    }
    let count = targets.count { !$0.isNamed }
    summary =
      "of \(count) addresses of networks \(count - others.count) answer; the others: \(words.joined(separator: ", "))"
  }
}
