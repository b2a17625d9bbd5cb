import TestSupport

extension Redeye.Result {
  /// The hosts of a draft by address.
  var draftedNames: [String: String] {
    var names: [String: String] = [:]
    var name = ""
    for line in output.split(separator: "\n") {
      if let match = line.wholeMatch(of: #/    "?([^# "][^"]*)"?:/#) { name = String(match.1) }
      if let match = line.wholeMatch(of: #/      address: (.*)/#) { names[String(match.1)] = name }
    }
    return names
  }
}
