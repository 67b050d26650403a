"""What surrounds the pages of one batch: where it stands, what comes next, and the ways between its pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from dangwu.foundation.imports.decisions import Decisions
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.services.batches import decisions_of
from dangwu.foundation.pages.parts import Link, Tab, Tabs
from dangwu.foundation.pages.shell import Crumb
from dangwu.workbench.imports.fetching import is_own
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.wording import sentence

HERE = "imports"


def around(request: HttpRequest, batch: Batch, tab: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a context
    """The context of a page of a batch."""
    return {
        "here": HERE,
        "heading": batch.file,
        "crumbs": [Crumb("导入导出", reverse("imports")), Crumb(f"{KINDS[batch.kind].title}“{batch.file}”")],
        "lead": sentence(batch),
        "batch": batch,
        "kind": KINDS[batch.kind],
        "tabs": _tabs(request, batch, tab),
        "actions": [next_step(batch)] if batch.is_open and tab != "confirm" else [],
        **more,
    }


def _tabs(request: HttpRequest, batch: Batch, tab: str) -> Tabs | None:
    """The pages of a batch that is open; afterwards its rows are still there for whoever brought it in."""
    if not is_own(request, batch) or not batch.counts:
        return None
    pages: list[tuple[str, str, int | None]] = [("import", "概况", None)]
    if batch.is_open:
        pages += [
            ("import-columns", "栏目", None),
            ("import-fixes", "整理", len(undecided(batch, decisions_of(batch))) or None),
            ("import-problems", "问题", open_rows(batch) or None),
        ]
    pages.append(("import-rows", "明细", batch.counts["rows"]))
    return Tabs(
        "这次导入", [Tab(title, reverse(name, args=[batch.pk]), name == tab, count) for name, title, count in pages]
    )


def next_step(batch: Batch) -> Link:
    """What most people do next."""
    if open_rows(batch):
        return Link(f"处理问题（{open_rows(batch)} 行）", reverse("import-problems", args=[batch.pk]), main=True)
    if will_write(batch):
        return to_confirm(batch)
    return Link("换一份表", reverse("imports"), main=True)


def to_confirm(batch: Batch) -> Link:
    """The way to the last look."""
    return Link("核对并导入", reverse("import-confirm", args=[batch.pk]), main=True)


def open_rows(batch: Batch) -> int:
    """How many rows wait for an answer."""
    return int(batch.counts["doubtful"] + batch.counts["error"])


def will_write(batch: Batch) -> int:
    """How many rows would change something."""
    return int(batch.counts["new"] + batch.counts["changed"])


def undecided(batch: Batch, decisions: Decisions) -> list[dict[str, Any]]:
    """The rules that nobody has looked at yet."""
    return [fix for fix in batch.fixes if fix["rule"] not in decisions.fixes]
