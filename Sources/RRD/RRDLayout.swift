/// What a file is made of: its step, data sources and archives.
package struct RRDLayout: Hashable, Sendable {
  package enum Function: String, Hashable, Sendable, CaseIterable {
    case average = "AVERAGE"
    case minimum = "MIN"
    case maximum = "MAX"
    case last = "LAST"
  }

  package struct Archive: Hashable, Sendable {
    package var function: Function
    /// Steps a row stands for.
    package var steps: Int
    package var rows: Int

    package init(_ function: Function, steps: Int, rows: Int) {
      self.function = function
      self.steps = steps
      self.rows = rows
    }
  }

  /// Seconds.
  package var step: Int
  /// Seconds after which a value no longer reaches back.
  package var heartbeat: Int
  /// 1 to 19 of `[a-zA-Z0-9_]` each; all gauges without limits.
  package var sources: [String]
  package var archives: [Archive]
  /// The share of a row's steps that may be unknown before the row is, 0 up to but not 1.
  package var unknownShare: Double

  package init(step: Int, heartbeat: Int, sources: [String], archives: [Archive], unknownShare: Double = 0.5) {
    self.step = step
    self.heartbeat = heartbeat
    self.sources = sources
    self.archives = archives
    self.unknownShare = unknownShare
  }

  /// The size of the file in bytes, to the last one.
  package var size: Int {
    RRDFormat.headSize(sources: sources.count, archives: archives.count)
      + archives.reduce(0) { $0 + $1.rows } * sources.count * 8
  }
}

/// The file format of a 64-bit RRDtool, versions 0003 to 0005 (rrd_format.h): sizes in bytes.
enum RRDFormat {
  static let head = 128
  static let source = 120
  static let archive = 120
  static let liveHead = 16
  static let sourceState = 112
  static let archiveState = 80
  static let rowPointer = 8

  static let floatCookie = 8.642135E130
  static let sourceLimit = 1_024
  static let archiveLimit = 64

  static func headSize(sources: Int, archives: Int) -> Int {
    head + sources * source + archives * archive + liveHead + sources * sourceState
      + sources * archives * archiveState + archives * rowPointer
  }
}
