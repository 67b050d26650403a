"""Names that say nothing attract everything."""

from tests.architecture.sources import ROOT, tracked_files

EMPTY_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "handler",
    "handlers",
    "data",
    "info",
    "misc",
}


def test_no_folder_or_module_has_an_empty_name() -> None:
    paths = [path.relative_to(ROOT).with_suffix("") for path in tracked_files()]
    assert [str(path) for path in paths if EMPTY_NAMES.intersection(path.parts)] == []
