"""The product runs on networks without internet and is built anywhere: nothing in it names another machine."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, tracked_files

# addresses that are names, not places to fetch from
NAMESPACES = re.compile(r"https?://(www\.w3\.org|schemas\.openxmlformats\.org)/")
ADDRESS = re.compile(r"""(?:https?:)?//[\w-]+(?:\.[\w-]+)+""")
PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.$}])/(?:root|home/\w+|Users/\w+|work/\w+|opt/\w+)/")
LOCKS = [*sorted(path.name for path in ROOT.glob("*.lock")), "package-lock.json"]


def names(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    texts = ((path, NAMESPACES.sub("", path.read_text(errors="replace"))) for path in paths)
    return [f"{path.relative_to(ROOT)}: {found[0]}" for path, text in texts for found in pattern.finditer(text)]


def test_templates_styles_and_scripts_load_nothing_from_outside() -> None:
    pages = [path for path in tracked_files(".html", ".css", ".js", ".svg", ".txt") if "dangwu" in path.parts]
    assert names(pages, ADDRESS) == []


def test_no_file_names_a_place_on_the_machine_of_its_author() -> None:
    assert names([path for path in tracked_files() if path != Path(__file__)], PLACES_OF_ONE_MACHINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    # where its authors take gifts, which is nothing that is fetched
    funding = re.compile(r'"url": "[^"]*"')
    assert ADDRESS.findall(funding.sub("", (ROOT / lock).read_text())) == []
