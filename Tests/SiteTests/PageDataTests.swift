import Config
import Foundation
import Model
import Testing

@testable import Site

@Suite struct PageDataTests {
  private let site = Example.site

  @Test(arguments: ["index", "objectives/index", "incidents/index", "hosts/index", "runs/index", "oncall"])
  func `lists have a table beside them, and the page names it`(base: String) throws {
    let page = try #require(site.pages["\(base).html"])
    let name = base.split(separator: "/").last.map(String.init) ?? base
    #expect(page.contains("href=\"\(name).json\"") && page.contains("href=\"\(name).csv\""))
    let rows = try rows("\(base).csv")
    #expect(rows.count > 1 && Set(rows.map(\.count)).count == 1, "\(rows)")
    #expect(try JSONSerialization.jsonObject(with: Data(bytes("\(base).json"))) is any Collection)
  }

  @Test func `an objective's table is its ledger`() throws {
    let status = try #require(Example().input().objectives.first { !$0.ledger.isEmpty })
    let base = "objectives/\(fileName(status.objective.name))"
    let rows = try rows("\(base).csv")
    #expect(rows.count == status.ledger.count + 1)
    #expect(rows.dropFirst().map { $0[2] } == status.ledger.map(\.verdict.rawValue))
    #expect(try #require(site.pages["\(base).html"]).contains("\(fileName(status.objective.name)).csv"))
  }

  @Test func `an incident tells what happened to programs too`() throws {
    let incident = try #require(Example().input().openIncidents.first)
    let object = try JSONSerialization.jsonObject(with: Data(bytes("incidents/\(incident.number).json")))
    let events = try #require((object as? [String: Any])?["events"] as? [[String: Any]])
    #expect(events.compactMap { $0["text"] as? String } == incident.events.map(\.text))
  }

  @Test func `what would be a formula to a spreadsheet is a text`() throws {
    var input = Example().input()
    input.openIncidents[0].title = "=1+1,\"a\"\n2"
    let text = try #require(rendered(input).texts["incidents/index.csv"])
    #expect(text.contains("\"'=1+1,\"\"a\"\""))
  }

  private func bytes(_ path: String) throws -> [UInt8] { Array(try #require(site.texts[path]).utf8) }

  /// Fields without quotes are told apart by commas; quoted ones count as one.
  private func rows(_ path: String) throws -> [[String]] {
    let text = try #require(site.texts[path])
    return text.components(separatedBy: "\r\n").filter { !$0.isEmpty }.map { line in
      var (fields, field, isQuoted) = ([String](), "", false)
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted:
          fields.append(field)
          field = ""
        default: field.append(character)
        }
      }
      return fields + [field]
    }
  }
}
