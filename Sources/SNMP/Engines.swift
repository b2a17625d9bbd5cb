import CNetSNMP

/// Who speaks with which engine of version 3. The library knows one clock for each engine, and one user of a name: agents
/// with the same engine ID (cloned machines), and other passwords for the same name, must take turns.
struct Engines {
  /// An agent with its credentials, as far as the engine's users and clock depend on them.
  struct Owner {
    let address: Address
    let user: User

    init(address: Address, user: User) {
      self.address = address
      var user = user
      // A part of what is asked, and not of who asks.
      user.context = ""
      self.user = user
    }
  }

  private struct Entry {
    var address: Address
    /// Those the library knows by now, by name.
    var users: [String: User]
    var speakers = 0
  }

  private var entries: [[UInt8]: Entry] = [:]

  /// True where the owner may speak now; false while another one does, who would be in the way.
  mutating func enter(_ engine: [UInt8], as owner: Owner) -> Bool {
    var entry = entries[engine] ?? Entry(address: owner.address, users: [:])
    let (name, user) = (owner.user.name, owner.user)
    if entry.address != owner.address || entry.users[name].map({ $0 != user }) == true {
      guard entry.speakers == 0 else { return false }
      Engines.forget(engine, entry.users.keys)
      entry = Entry(address: owner.address, users: [:])
    }
    entry.users[name] = user
    entry.speakers += 1
    entries[engine] = entry
    return true
  }

  mutating func leave(_ engine: [UInt8]) { entries[engine]?.speakers -= 1 }

  /// Leaves nothing of the users in the library: the next run may have other passwords.
  mutating func forgetAll() {
    for (engine, entry) in entries { Engines.forget(engine, entry.users.keys) }
    entries = [:]
  }

  private static func forget(_ engine: [UInt8], _ users: some Sequence<String>) {
    var engine = engine
    for name in users {
      if let found = unsafe usm_get_user(engine, engine.count, name) {
        unsafe usm_remove_user(found)
        unsafe usm_free_user(found)
      }
    }
    unsafe free_enginetime(&engine, engine.count)
  }
}
