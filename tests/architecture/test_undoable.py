"""Every action that can be taken back is tried: done, taken back, and every row compared."""

from dangwu.duties.tests import test_undo as of_duties
from dangwu.foundation.undo.keeping import UNDOABLE
from dangwu.members.tests import test_undo as of_members
from dangwu.notices.tests import test_undo as of_notices
from dangwu.records.tests import test_undo as of_records

TRIED = (of_members, of_records, of_duties, of_notices)


def test_every_action_that_can_be_undone_is_tried() -> None:
    assert {verb for module in TRIED for verb in module.DEEDS} == set(UNDOABLE)
