"""`dangwu demo` fills an empty site, never another, and refuses what cannot be; told in Chinese."""

import os
import subprocess
import sys
from pathlib import Path


def demo(home: Path, *arguments: str) -> tuple[int, str]:
    environment = {**os.environ, "DANGWU_HOME": str(home), "DANGWU_DATABASE_URL": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "dangwu.config.settings"
    words = [sys.executable, "-m", "dangwu", "demo", "--fill-only", *arguments]
    done = subprocess.run(words, env=environment, capture_output=True, check=False, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_site_is_filled_once(tmp_path: Path) -> None:
    code, told = demo(tmp_path, "--organisations", "10", "--members", "29")
    assert (code, "党员总数请不少于 30 名" in told) == (2, True)
    code, told = demo(tmp_path, "--organisations", "10", "--members", "90", "--seed", "7")
    assert (code, "已写入 10 个部门" in told, "90 名党员" in told) == (0, True, True)
    code, told = demo(tmp_path, "--members", "90")
    assert (code, "网站里已经有党组织" in told) == (2, True)
