import Synchronization

/// Room for the distances of a line to the pixels around it: as large as a plot, needed for a moment, and by each of
/// thousands of pictures. Whoever draws borrows it.
enum Scratch {
  private static let idle = Mutex<[[SIMD4<Float>]]>([])

  static func take() -> [SIMD4<Float>] { idle.withLock { $0.popLast() } ?? [] }

  static func put(back room: [SIMD4<Float>]) { idle.withLock { $0.append(room) } }
}
