enum GlyphsDoor {}
