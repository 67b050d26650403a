"""Opening an old workbook (.xls) in a process of its own first.

The reader believes the sizes that such a file states of itself: a damaged one can take the whole process along.
"""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

_SECONDS = 60
_MEMORY = 4 * 1024**3


def can_be_opened(path: Path) -> bool:
    """Whether a process that opens the file lives to tell; whether it could read anything is not asked."""
    command = [sys.executable, "-I", __file__, str(path)]
    try:
        trial = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired:
        return False
    return trial.returncode == 0


def _open(path: str) -> None:
    with suppress(ImportError):  # not on every system
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with suppress(CalamineError), Path(path).open("rb") as file, CalamineWorkbook.from_object(file) as workbook:
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name)


if __name__ == "__main__":
    _open(sys.argv[1])
