/// How a terminal can be shown a picture.
package enum TerminalKind: String, Sendable, CaseIterable {
  /// The graphics protocol of kitty.
  case kitty
  /// The inline images of iTerm2.
  case iterm
  /// The sixels of the VT340.
  case sixel
  /// Letters of two by four dots, which every terminal with a font for them shows.
  case braille

  /// What a terminal says of itself in its environment; a wrong guess fills the screen with letters, so it is braille
  /// wherever that is not clear.
  ///
  /// - Parameter isTerminal: what is written is not read by a program.
  package static func choice(_ environment: [String: String], isTerminal: Bool) -> TerminalKind {
    let kind = environment["TERM"] ?? ""
    let program = environment["TERM_PROGRAM"] ?? ""
    // A multiplexer keeps pictures from the terminal behind it.
    let isMultiplexed = environment["TMUX"] != nil || environment["STY"] != nil
    guard isTerminal, !isMultiplexed, !["screen", "tmux"].contains(where: kind.hasPrefix) else { return .braille }
    if environment["KITTY_WINDOW_ID"] != nil || kind == "xterm-kitty" || kind == "xterm-ghostty" { return .kitty }
    if program == "ghostty" { return .kitty }
    if ["iTerm.app", "WezTerm", "mintty"].contains(program) || environment["LC_TERMINAL"] == "iTerm2" { return .iterm }
    if ["foot", "mlterm", "yaft", "contour"].contains(where: kind.hasPrefix) || kind.contains("sixel") {
      return .sixel
    }
    return program == "contour" || environment["KONSOLE_VERSION"] != nil ? .sixel : .braille
  }
}

/// The colours a text may have.
package enum TextColours: Hashable, Sendable {
  case none
  /// The cube of 6 × 6 × 6 of xterm.
  case cube(isDark: Bool)
  case full(isDark: Bool)

  /// What the environment asks for: no-color.org, then `CLICOLOR_FORCE`, then what a terminal can.
  package static func choice(_ environment: [String: String], isTerminal: Bool, isDark: Bool) -> TextColours {
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false || environment["TERM"] == "dumb" { return .none }
    let isForced = environment["CLICOLOR_FORCE"].map { !$0.isEmpty && $0 != "0" } ?? false
    guard isTerminal || isForced else { return .none }
    return ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
      ? .full(isDark: isDark) : .cube(isDark: isDark)
  }

  /// Whether a terminal's ground is dark, as far as it says: `COLORFGBG` ends with the number of the ground's colour.
  package static func isDark(_ environment: [String: String]) -> Bool {
    guard let last = environment["COLORFGBG"]?.split(separator: ";").last, let number = Int(last) else { return true }
    return number != 7 && number != 15
  }
}
