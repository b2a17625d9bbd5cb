import Foundation

/// A PNG file inside the text of a terminal. There is nothing of a chart's words in it but pixels and base64.
package enum InlinePicture {
  /// The graphics protocol of kitty: the file in pieces of 4,096 letters of base64, shown where the cursor is; the
  /// terminal answers nothing.
  package static func kitty(_ file: [UInt8]) -> String {
    let letters = Array(Data(file).base64EncodedString().utf8)
    let pieces = stride(from: 0, to: letters.count, by: 4_096).map { letters[$0..<min($0 + 4_096, letters.count)] }
    return pieces.enumerated().map { place, piece in
      let keys = (place == 0 ? "a=T,f=100,q=2," : "") + "m=\(place == pieces.count - 1 ? 0 : 1)"
      return "\u{1B}_G\(keys);\(String(decoding: piece, as: UTF8.self))\u{1B}\\"
    }.joined()
  }

  /// The inline images of iTerm2, which WezTerm and mintty show as well.
  package static func iterm(_ file: [UInt8]) -> String {
    "\u{1B}]1337;File=inline=1;size=\(file.count);preserveAspectRatio=1:\(Data(file).base64EncodedString())\u{07}"
  }
}
