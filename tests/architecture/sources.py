"""The sources that the tests of the house read."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked_files(*suffixes: str) -> list[Path]:
    """Files under version control that exist, those of the given suffixes where any are given."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def python_files() -> list[Path]:
    return [path for path in tracked_files(".py") if "migrations" not in path.parts]
