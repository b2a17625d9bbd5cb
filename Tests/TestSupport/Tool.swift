import Platform

/// What a program of this machine printed; throws what it complained of when it did not end well.
package func output(of arguments: String..., deadline: Double = 30) throws -> String {
  try output(of: arguments, deadline: deadline)
}

/// The same, with a list.
package func output(of arguments: [String], deadline: Double = 30) throws -> String {
  let result = Child.run(
    ChildRequest(
      arguments: arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"],
      deadline: deadline, outputLimit: 64 << 20))
  guard result.status == .exited(0) else {
    throw ToolError(text: "\(arguments): \(result.status) \(String(decoding: result.errorOutput, as: UTF8.self))")
  }
  return String(decoding: result.output, as: UTF8.self)
}

package struct ToolError: Error {
  package let text: String
}
