"""The key that signs what the site hands out; made once for a site and never shown."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The key kept in this file, made with mode 600 where there is none yet.

    Linking a finished file into place lets several processes start at once: one wins, all read the same key.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            draft.rename(path) if os.name == "nt" else os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
    return path.read_text().strip()
