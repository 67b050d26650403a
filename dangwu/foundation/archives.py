"""What zip archives are: every office file is one."""

import zipfile
import zlib

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""What reading an archive raises that is broken, or packed in a way that Python does not know (NotImplementedError).
One with a password raises RuntimeError.
"""
