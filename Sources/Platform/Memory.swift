internal import CLinux

/// What the C library does with memory given back to it.
package enum Memory {
  /// Gives large pieces back to the kernel at once, for the whole process.
  ///
  /// The C library learns from each large piece that was freed to keep all up to its size and twice as much beside: a
  /// series file of many metrics is made in one piece, and every later stage would carry it along (mallopt(3)).
  package static func giveBack() {
    mallopt(M_MMAP_THRESHOLD, 4 << 20)
    mallopt(M_TRIM_THRESHOLD, 2 << 20)
  }

  /// Keeps what is freed at hand, for work that takes and frees the same pieces thousands of times, as drawing does: what
  /// goes back to the kernel has to be cleared by it, page by page, when it is wanted again.
  package static func keep() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
    mallopt(M_TRIM_THRESHOLD, 64 << 20)
    mallopt(M_TOP_PAD, 1 << 20)
  }
}
