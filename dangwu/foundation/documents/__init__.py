"""Papers: one description of what stands on them, written as PDF and as Word; forms of one's own in either.

`paper` says what an official paper is made of, `pdf` and `word` write it, `typefaces` names the letters it is set in
and `glyphs` knows which characters they hold. README.md tells how to use them.
"""
