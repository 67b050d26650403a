"""Small secrets in tables that are not ours: allauth's and the sessions'.

They lie under keys made of a secret that is kept beside the keys of the seals, and so comes back with a backup: the
site's own SECRET_KEY does not, and may be thrown away to end all sessions. The data keys of sealed columns come and go
without asking such tables, so they would not do.
"""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def cipher(purpose: str) -> Fernet:
    """Seals and opens what is kept for a purpose."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose} {settings.ACCESS_SECRET}".encode()).digest()))
