"""What was just done to a draft can be taken back whole."""

from collections.abc import Callable

import pytest

from dangwu.notices.models import Addressee, Notice
from dangwu.notices.services.drafting import discard_draft, drop_addressee
from dangwu.notices.tests.conftest import DAY, Bureau
from tests.accounts import actor
from tests.undoing import assert_taken_back


def discarded(bureau: Bureau, notice: Notice) -> object:
    return discard_draft(by=actor(bureau.clerk, DAY), notice=notice, version=notice.version, on=DAY)


def dropped(bureau: Bureau, notice: Notice) -> object:
    row = Addressee.objects.of(notice=notice).first()
    assert row
    return drop_addressee(by=actor(bureau.clerk, DAY), notice=notice, addressee=row, on=DAY)


DEEDS: dict[str, Callable[[Bureau, Notice], object]] = {"notice.discard": discarded, "notice.drop": dropped}


@pytest.mark.parametrize("verb", DEEDS)
def test_every_row_is_again_what_it_was(bureau: Bureau, verb: str) -> None:
    notice = bureau.draft(bureau.office, bureau.personnel)
    assert_taken_back(lambda: DEEDS[verb](bureau, notice), verb)
