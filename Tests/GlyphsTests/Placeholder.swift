import Glyphs
