"""What part of the matrix is wanted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from dangwu.compliance.living.matrix import Wanted
from dangwu.compliance.report import Status
from dangwu.foundation.pages.selects import select
from dangwu.organisations.models import BRANCH_KINDS
from dangwu.workbench.forms import Choices

Pair = tuple[str, str]
STATUSES = (Status.OVERDUE, Status.WARNING, Status.SOON, Status.GOOD)
EARLIEST = 2000


class GlanceChoices(Choices):
    """The filter bar of the matrix."""

    year = select("年度")
    under = select("上级组织")
    kind = select("组织类别")
    status = select("情况")
    rule = select("要求")
    all = forms.BooleanField(
        label="连同正常的要求", required=False, widget=forms.CheckboxInput({"class": "form-check-input"})
    )

    def __init__(self, data: Any, *, today: date, since: int, under: Sequence[Pair], rules: Sequence[Pair]) -> None:  # noqa: ANN401 - a QueryDict
        years = [(str(year), f"{year}年") for year in range(today.year - 1, since - 1, -1)]
        kinds = [(str(kind), str(kind.label)) for kind in BRANCH_KINDS]
        statuses = [(str(status), status.label) for status in STATUSES]
        super().__init__(data, under=under, kind=kinds, status=statuses, rule=rules)
        self.today = today
        if years:
            field = self.fields["year"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", f"{today.year}年"), *years]
        else:
            del self.fields["year"]

    @property
    def shown_year(self) -> int:
        """The year that is looked at."""
        return int(self.wanted.get("year", self.today.year))

    @property
    def part(self) -> Wanted:
        """What the matrix is asked for."""
        wanted = self.wanted
        return Wanted(
            rules=[wanted["rule"]] if "rule" in wanted else None,
            kinds=[wanted["kind"]] if "kind" in wanted else None,
            under=int(wanted["under"]) if "under" in wanted else None,
            statuses=[wanted["status"]] if "status" in wanted else None,
        )
