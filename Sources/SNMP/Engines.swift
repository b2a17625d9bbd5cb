import CNetSNMP

/// Who speaks with which engine of version 3. The library knows one user of a name for each engine, and one clock;
/// agents with the same engine ID (cloned machines) or other passwords for it must take turns.
struct Engines {
  /// An agent with its credentials, as far as the engine's user and clock depend on them.
  struct Owner: Hashable {
    var address: Address
    var user: User
  }

  private struct Entry {
    var owner: Owner
    var speakers: Int
  }

  private var entries: [[UInt8]: Entry] = [:]

  /// True where the owner may speak now; false while another one does.
  mutating func enter(_ engine: [UInt8], as owner: Owner) -> Bool {
    guard let entry = entries[engine] else {
      entries[engine] = Entry(owner: owner, speakers: 1)
      return true
    }
    if entry.owner == owner {
      entries[engine]?.speakers += 1
      return true
    }
    guard entry.speakers == 0 else { return false }
    Engines.forget(engine, entry.owner.user)
    entries[engine] = Entry(owner: owner, speakers: 1)
    return true
  }

  mutating func leave(_ engine: [UInt8]) { entries[engine]?.speakers -= 1 }

  /// Leaves nothing of the users in the library: the next run may have other passwords.
  mutating func forgetAll() {
    for (engine, entry) in entries { Engines.forget(engine, entry.owner.user) }
    entries = [:]
  }

  private static func forget(_ engine: [UInt8], _ user: User) {
    var engine = engine
    if let found = unsafe usm_get_user(engine, engine.count, user.name) {
      unsafe usm_remove_user(found)
      unsafe usm_free_user(found)
    }
    unsafe free_enginetime(&engine, engine.count)
  }
}
