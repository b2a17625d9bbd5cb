import Foundation
import Platform

/// The built program, run as a user runs it.
package enum Redeye {
  /// Where the build left it: beside the tests.
  package static var path: String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("redeye").path
  }

  /// What it did: exit status (-1 if it did not exit by itself), standard output and standard error.
  package struct Result {
    package var status: Int
    package var output: String
    package var error: String
    package var seconds: Double
    package var processorSeconds: Double
  }

  package static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String = ""
  ) -> Result {
    var all = ProcessInfo.processInfo.environment
    all.merge(environment) { _, new in new }
    let result = Child.run(
      ChildRequest(
        arguments: [path] + arguments, environment: all, input: Array(input.utf8), folder: folder,
        deadline: 120 * Double(patience),
        outputLimit: 16_000_000))
    var status = -1
    if case .exited(let code) = result.status { status = code }
    return Result(
      status: status, output: String(decoding: result.output, as: UTF8.self),
      error: String(decoding: result.errorOutput, as: UTF8.self), seconds: result.seconds,
      processorSeconds: result.processorSeconds)
  }
}
