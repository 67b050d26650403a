"""One name for one thing: docs/glossary.md says of every table, choice and kind of activity what the page calls it."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from dangwu.records.kinds import load_activity_kinds
from tests.architecture.sources import ROOT
from tests.architecture.test_relations import own_models

ROW = re.compile(r"\|(?P<words>[^|]+)\|(?P<codes>[^|]*`[^|]+)\|[^|]*\|")
CODE = re.compile(r"`([^`]+)`")


def written() -> dict[str, str]:
    """What the table says, by code; a code stands in it once."""
    rows = [row for line in (ROOT / "docs/glossary.md").read_text().splitlines() if (row := ROW.fullmatch(line))]
    pairs = [(code, row["words"].strip()) for row in rows for code in CODE.findall(row["codes"])]
    assert len(dict(pairs)) == len(pairs), "a code stands in two rows"
    return dict(pairs)


def in_use() -> dict[str, str]:
    """What the program says."""
    tables = {model._meta.label_lower: str(model._meta.verbose_name) for model in own_models()}  # noqa: SLF001 - Django's own way
    choices = {code: words for model in own_models() for code, words in _choices(model)}
    kinds = load_activity_kinds(ROOT / "rulebook" / "activities")
    return tables | choices | {f"activities/{key}": kinds.name_of(key) for key in kinds.ids}


def _choices(model: type[Model]) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's own way
        for value, words in field.flatchoices or ():
            yield f"{model._meta.label_lower}.{field.name}={value}", str(words)  # noqa: SLF001 - Django's own way


def _words_of_column(code: str) -> str:
    label, _, name = code.rpartition(".")
    return str(apps.get_model(label)._meta.get_field(name).verbose_name)  # noqa: SLF001 - Django's own way


def test_everything_in_use_is_written_with_the_words_of_the_page() -> None:
    said = written()
    assert {code: said.get(code) for code in in_use()} == in_use()


def test_what_is_written_beyond_that_names_a_column_with_its_words() -> None:
    columns = {code: words for code, words in written().items() if code not in in_use()}
    assert {code: _words_of_column(code) for code in columns} == columns
