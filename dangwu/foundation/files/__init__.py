"""Files that people hand in to be kept: looked into, made harmless, sealed, and gone when nobody refers to them.

names, inspecting → pictures → models → storing → jobs
"""
