package import Model
package import Platform

extension Journal {
  /// Removes segments whose day ended before `instant`, then the oldest ones until the rest fits into `limit` bytes.
  ///
  /// The newest segment stays, and so does every one from `unread` on.
  /// - Returns: how many were removed.
  @discardableResult
  package func prune(
    before instant: Instant, limit: Int = .max, keepingFrom unread: JournalPosition? = nil
  ) throws(FileError) -> Int {
    let all = try segments()
    var total = 0
    for segment in all { total += try Files.size(path(segment)) }
    var removed = 0
    for segment in all.dropLast() where segment.number < unread?.segment ?? .max {
      let size = try Files.size(path(segment))
      guard segment.end <= instant || total > limit else { continue }
      try Files.remove(path(segment))
      total -= size
      removed += 1
    }
    return removed
  }
}
