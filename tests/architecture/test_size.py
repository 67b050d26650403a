"""Small files and small functions, held as measured figures."""

import ast
from itertools import chain
from pathlib import Path

from tests.architecture.sources import ROOT, python_files

LONGEST_FILE = 400
LONG_FUNCTION = 40


def function_lengths(path: Path) -> list[int]:
    nodes = ast.walk(ast.parse(path.read_text()))
    functions = (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(function.end_lineno or function.lineno) - function.lineno + 1 for function in functions]


def test_no_file_is_longer_than_a_sitting_of_reading() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in python_files()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_nineteen_functions_of_twenty_fit_on_a_screen() -> None:
    lengths = sorted(chain.from_iterable(function_lengths(path) for path in python_files()))
    assert lengths[len(lengths) * 95 // 100] < LONG_FUNCTION
