"""The differences that were found, sealed beside the database for a week, for whoever compared: no second register, no
table, nothing that a backup would carry on.
"""

import json
import re
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from dangwu.foundation.sealing.envelope import Place, disclose_bytes, enclose_bytes
from dangwu.foundation.sealing.keyring import keyring
from dangwu.members.reconciling.comparing import Gap, Reconciled, Sort

DAYS = 7
_LABEL = "members.reconciling.differences"
_UID = re.compile(r"[0-9a-f]{32}")


def keep(found: Reconciled) -> str:
    """Keep what was found, and give back under which name. Those that are too old go."""
    forget_old()
    uid = uuid4().hex
    told = json.dumps(asdict(found) | {"on": found.on.isoformat()}, ensure_ascii=False)
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    _file(uid).write_bytes(enclose_bytes(told.encode(), Place(_LABEL, uid), keyring()))
    return uid


def kept(uid: str, by: str) -> Reconciled | None:
    """What somebody kept under this name; None where it is another's, or gone. Raises BrokenSealError."""
    if not _UID.fullmatch(uid) or not _file(uid).exists():
        return None
    told = json.loads(disclose_bytes(_file(uid).read_bytes(), Place(_LABEL, uid), keyring()))
    if told["by"] != by:
        return None
    gaps = [Gap(*gap)._replace(sort=Sort(gap[1])) for gap in told["gaps"]]
    return Reconciled(
        **told | {"on": date.fromisoformat(told["on"]), "gaps": gaps, "not_compared": tuple(told["not_compared"])}
    )


def forget(uid: str) -> None:
    """Delete what was kept under a name."""
    _file(uid).unlink(missing_ok=True)


def forget_old() -> int:
    """Delete what was kept for a week, and say how much."""
    old = [file for file in _folder().glob("*.sealed") if time.time() - file.stat().st_mtime > DAYS * 24 * 3600]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.HOME) / "reconciliations"


def _file(uid: str) -> Path:
    return _folder() / f"{uid}.sealed"
