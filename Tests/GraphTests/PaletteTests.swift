import PNG
import Testing

@testable import Graph

struct PaletteTests {
  @Test func `the page is index 0`() {
    let palette = Palette()
    #expect(palette.light == [RGB(255, 255, 255)] && palette.dark == [RGB(18, 20, 23)])
  }

  @Test func `a tint is mixed over what lies below it, in both palettes`() {
    var palette = Palette()
    let breach = palette.tinted(.breach)
    let area = palette.tinted(.area(.first), over: breach)
    #expect(palette.light[Int(breach)] == RGB(249, 234, 233))
    #expect(palette.light[Int(area)] == RGB(211, 212, 223))
    #expect(palette.tinted(.area(.first), over: breach) == area)
  }

  @Test func `coverage grows in quarters up to the ink itself`() {
    var palette = Palette()
    let half = palette.blended(.first, 2, over: 0)
    #expect(palette.light[Int(half)] == RGB(142, 181, 216))
    #expect(palette.blended(.first, 4, over: half) == palette.solid(.first))
    #expect(palette.blended(.first, 0, over: half) == half)
  }

  @Test func `two coverages of one ink leave open what both leave open`() {
    var palette = Palette()
    let half = palette.blended(.first, 2, over: 0)
    #expect(palette.blended(.first, 2, over: half) == palette.blended(.first, 3, over: 0))
  }

  @Test func `over another ink the new one wins from half coverage on`() {
    var palette = Palette()
    let below = palette.solid(.second)
    #expect(palette.blended(.first, 1, over: below) == below)
    #expect(palette.blended(.first, 2, over: below) == palette.solid(.first))
  }

  @Test func `a line over the grid stands on the ground below it`() {
    var palette = Palette()
    let grid = palette.tinted(.grid)
    #expect(palette.blended(.first, 2, over: grid) == palette.blended(.first, 2, over: 0))
    #expect(palette.tinted(.grid, over: grid) == grid)
  }

  @Test func `text is heavier than its coverage on the light page`() {
    var palette = Palette()
    let text = palette.blended(.text, 2, over: 0)
    let line = palette.blended(.ink, 2, over: 0)
    #expect(palette.light[Int(text)].red < palette.light[Int(line)].red)
  }

  @Test func `text that was reserved stays smooth when the palette is full`() {
    var palette = Palette()
    palette.reserveText()
    for ink in Ink.lines + Ink.layers {
      for ground in 0..<UInt8(16) { for level in 1...3 { _ = palette.blended(ink, level, over: ground) } }
    }
    #expect(Set((1...4).map { palette.blended(.text, $0, over: 0) }).count == 4)
  }

  @Test func `everything over everything stays within 255 entries`() {
    var palette = Palette()
    var grounds: [UInt8] = [0]
    for tint in [Tint.breach, .planned, .hatch, .unknown, .grid, .area(.first), .peak(.second), .smoke(2)] {
      grounds += grounds.map { palette.tinted(tint, over: $0) }
      grounds = Array(Set(grounds))
    }
    for ink in Ink.allCases {
      for ground in grounds {
        for level in 0...4 { #expect(Int(palette.blended(ink, level, over: ground)) < palette.light.count) }
      }
    }
    #expect(palette.light.count <= 255 && palette.dark.count == palette.light.count)
    #expect(Set(Ink.allCases.map { palette.light[Int(palette.solid($0))] }).count > 15)
  }
}
