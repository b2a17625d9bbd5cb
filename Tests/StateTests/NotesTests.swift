import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import State

struct NotesTests {
  private func note(_ text: String, on subject: Note.Subject = Note.Subject(.host, "www"), at: Instant = now) -> Note {
    Note(on: subject, at: at, by: "alice", text: text, writtenAt: now)
  }

  @Test func `a note reads back as it was written, by what it tells of and by time`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    var first = note("it’s “new”; DROP TABLE note", at: now - 60)
    first.number = try store.add(first)
    var second = note("ünïcode 👩‍🔧")
    second.number = try store.add(second)
    _ = try store.add(note("other", on: Note.Subject(.incident, "7"), at: now - 30))
    let again = try opened(folder)
    #expect(try again.notes(on: Note.Subject(.host, "www")) == [second, first])
    #expect(try again.notes(limit: 10).map(\.text) == [second.text, "other", first.text])
    #expect(try again.notes(limit: 1) == [second])
    #expect(try again.noted() == [Note.Subject(.host, "www"), Note.Subject(.incident, "7")])
  }

  @Test func `a note that is removed leaves its number to nobody`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    let number = try store.add(note("a"))
    #expect(try store.removeNote(number)?.text == "a")
    #expect(try store.removeNote(number) == nil)
    #expect(try store.add(note("b")) == number + 1)
  }

  @Test func `a state from before notes gets their table and keeps what it has`() throws {
    let folder = try TemporaryFolder()
    let before = try DatabaseQueue(path: path(folder))
    try Schema.migrator.migrate(before, upTo: "4: what the site was made from")
    try before.write { try $0.execute(sql: "INSERT INTO meta (key, value) VALUES ('a', 'b')") }
    try before.close()
    let store = try opened(folder)
    #expect(try store.notes(limit: 5).isEmpty && store.meta("a") == "b")
    #expect(try store.add(note("first")) == 1)
  }

  @Test(arguments: [
    ("", "alice", "a note says something; this one is empty"), (" \u{A0}", "alice", "a note says something"),
    ("a\nb", "alice", "a note is plain text on one line; this one holds U+000A"),
    ("\u{1B}[31m", "alice", "holds U+001B"), ("x\u{202E}y", "alice", "holds U+202E"),
    (String(repeating: "ä", count: 2_001), "alice", "a note has 2000 characters at most; this one has 2001"),
    ("a", "", "nobody is named as its author"), ("a", "b\tc", "the name of its author is plain text"),
    ("a", String(repeating: "b", count: 81), "the name of its author has 80 characters at most"),
  ])
  func `what a note cannot be is told`(text: String, by: String, words: String) {
    var note = note(text)
    note.by = by
    #expect(note.problem?.contains(words) == true, "\(note.problem ?? "nothing")")
  }

  @Test func `two thousand characters of any script are a note`() {
    #expect(note(String(repeating: "👩‍🔧", count: 2_000)).problem == nil)
  }
}
