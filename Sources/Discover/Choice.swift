import Collect
import Config

/// What a device gets, for it answers: monitors, and jobs for field sets no monitor brings.
struct Choice {
  private(set) var use: [String] = []
  private(set) var jobs: [(name: String, fieldSet: FieldSet)] = []

  var isEmpty: Bool { use.isEmpty && jobs.isEmpty }

  /// `known` are the jobs it has already. A monitor is taken whole or not at all: of one half of whose jobs find
  /// nothing, the other half becomes jobs; and no two jobs of a host bear the same name.
  init(_ offers: Offers, _ device: Surveyed, known: Known.Host? = nil) {
    var names = Set(known?.jobNames ?? [])
    var covered = known?.jobs.map(\.fieldSet) ?? []
    func isCovered(_ set: FieldSet) -> Bool { covered.contains { $0.asksLike(set) } }
    if offers.hasPing, device.answersPing, known?.isPinged != true, names.insert("ping").inserted { use = ["ping"] }
    for monitor in offers.monitors where monitor.jobs.allSatisfy({ device.part($0.fieldSet)?.isAnswered == true }) {
      let own = monitor.jobs.map(\.name)
      guard names.isDisjoint(with: own), !monitor.jobs.allSatisfy({ isCovered($0.fieldSet) }) else { continue }
      use.append(monitor.name)
      names.formUnion(own)
      covered += monitor.jobs.map(\.fieldSet)
    }
    for set in offers.fieldSets where !isCovered(set) {
      // One object of two is what other devices have by chance.
      guard let part = device.part(set), part.isAnswered,
        part.silent.isEmpty || part.silent.count * 2 < set.objects.count,
        names.insert(set.name).inserted
      else { continue }
      jobs.append((set.name, set))
    }
  }
}
