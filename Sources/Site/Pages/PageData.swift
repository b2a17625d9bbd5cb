import Config
import Model
import SLA

/// What a page tells, for programs: a JSON and a CSV file beside it.
extension Press {
  /// - Parameter rows: of the CSV file, the names of its columns first; fields are quoted here.
  mutating func putData(_ base: String, _ data: some Encodable, _ rows: [[String]], definition: UInt64 = 0) {
    put("\(base).json", json(data), definition)
    put("\(base).csv", lines(rows), definition)
  }

  /// Leaves both as they are where they were made from just this.
  mutating func keepsData(_ base: String, _ definition: UInt64) -> Bool {
    let json = keeps("\(base).json", definition)
    return keeps("\(base).csv", definition) && json
  }

  // MARK: Lists

  /// Beside the lists and the overview.
  mutating func listData(_ index: IndexData) {
    let objectives = index.objectives
    putData("objectives/index", objectives, objectiveRows(objectives))
    let incidents = (input.openIncidents + shownClosedIncidents).map(data)
    putData("incidents/index", incidents, incidentRows(incidents))
    putData("oncall", duties, [["role", "contact", "until", "next"]] + duties.map(\.row))
    putData("hosts/index", index.hosts, hostRows(index.hosts))
    put("index.csv", lines(objectiveRows(objectives)))
  }

  private func lines(_ rows: [[String]]) -> String {
    rows.map { $0.map { csvField($0.printable()) }.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
  }

  private func objectiveRows(_ objectives: [IndexData.Objective]) -> [[String]] {
    [
      [
        "name", "title", "standing", "target", "window", "availability", "coverage", "good", "bad", "unknown", "budget",
        "left",
      ]
    ]
      + objectives.map {
        [
          $0.name, $0.title, $0.standing, text($0.target), $0.window ?? "", text($0.availability), text($0.coverage),
          text($0.goodSeconds), text($0.badSeconds), text($0.unknownSeconds), text($0.budgetSeconds),
          text($0.budgetLeftSeconds),
        ]
      }
  }

  private func incidentRows(_ incidents: [IndexData.Incident]) -> [[String]] {
    [["number", "state", "objective", "title", "host", "since", "until", "cause", "acknowledged by"]]
      + incidents.map {
        [
          "\($0.number)", $0.state, $0.objective, $0.title, $0.host ?? "", $0.since, $0.until ?? "", $0.cause,
          $0.acknowledgedBy ?? "",
        ]
      }
  }

  private func hostRows(_ hosts: [IndexData.Host]) -> [[String]] {
    [["name", "title", "group", "state", "since"]]
      + hosts.map { [$0.name, $0.title, $0.group.joined(separator: "/"), $0.state, $0.since ?? ""] }
  }

  private var duties: [DutyData] {
    input.onCall.map {
      DutyData(role: $0.role, contact: $0.contact, until: $0.until.map(stampText), next: $0.next)
    }
  }

  private func text(_ number: (some LosslessStringConvertible)?) -> String { number.map { "\($0)" } ?? "" }

  // MARK: Objectives, incidents, runs

  /// The figure, and each stretch of the ledger of the last 30 days or more.
  mutating func putData(of status: ObjectiveStatus, _ definition: UInt64) {
    let ledger = status.ledger.map {
      StretchData(
        from: stampText($0.span.from), to: stampText($0.span.to), verdict: $0.verdict.rawValue, cause: $0.cause)
    }
    putData(
      dataBase(of: status.objective), ObjectiveData(objective: data(status), intervals: ledger),
      [["from", "to", "verdict", "cause"]] + ledger.map { [$0.from, $0.to, $0.verdict, $0.cause] },
      definition: definition)
  }

  func dataBase(of objective: Objective) -> String { "objectives/\(fileName(objective.name))" }

  /// The incident, and what happened.
  mutating func putData(of incident: Incident, _ definition: UInt64) {
    let events = incident.events.map {
      EventData(at: stampText($0.at), kind: $0.kind.rawValue, text: $0.text)
    }
    putData(
      dataBase(of: incident), IncidentData(incident: data(incident), events: events),
      [["at", "kind", "text"]] + events.map { [$0.at, $0.kind, $0.text] }, definition: definition)
  }

  func dataBase(of incident: Incident) -> String { String(incidentPath(incident).dropLast(".html".count)) }

  /// The last 60 runs, this one first.
  mutating func runData() {
    let runs = ([input.run].compactMap { $0 } + input.runs.prefix(60)).map { run in
      RunData(
        number: run.number, slot: stampText(run.slot), started: stampText(run.startedAt),
        milliseconds: run.milliseconds, collected: run.collected, failed: run.failed, skipped: run.skipped,
        leftOut: run.leftOutCount, samples: run.samples, degraded: run.degraded)
    }
    putData(
      "runs/index", runs,
      [["number", "slot", "milliseconds", "collected", "failed", "skipped", "left out", "samples", "degraded"]]
        + runs.map {
          [
            "\($0.number)", $0.slot, "\($0.milliseconds)", "\($0.collected)", "\($0.failed)", "\($0.skipped)",
            "\($0.leftOut)", "\($0.samples)", $0.degraded.joined(separator: "; "),
          ]
        })
  }
}

private struct DutyData: Encodable {
  var role: String
  var contact: String?
  var until: String?
  var next: String?

  var row: [String] { [role, contact ?? "", until ?? "", next ?? ""] }
}

private struct StretchData: Encodable {
  var from: String
  var to: String
  var verdict: String
  var cause: String
}

private struct ObjectiveData: Encodable {
  var schema = 1
  var objective: IndexData.Objective
  var intervals: [StretchData]
}

private struct EventData: Encodable {
  var at: String
  var kind: String
  var text: String
}

private struct IncidentData: Encodable {
  var schema = 1
  var incident: IndexData.Incident
  var events: [EventData]
}

private struct RunData: Encodable {
  var number: Int
  var slot: String
  var started: String
  var milliseconds: Int
  var collected: Int
  var failed: Int
  var skipped: Int
  var leftOut: Int
  var samples: Int
  var degraded: [String]
}
