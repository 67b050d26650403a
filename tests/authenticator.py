"""The application on a telephone that shows the second factor (RFC 6238)."""

import base64
import hmac
import time
from dataclasses import dataclass

HALF_A_MINUTE = 30  # seconds for which a code is shown


@dataclass
class Authenticator:
    """What it was given, in letters of base 32."""

    secret: str

    def code(self, *, later: int = 0) -> str:
        """The six figures that it shows now, or so many half minutes later."""
        count = int(time.time() // HALF_A_MINUTE + later).to_bytes(8, "big")
        digest = hmac.digest(base64.b32decode(self.secret), count, "sha1")
        start = digest[-1] & 15
        return str((int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF) % 10**6).zfill(6)
