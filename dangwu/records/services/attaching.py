"""Putting files to the record of an activity, and taking them away again. Nothing ever asks for one."""

from datetime import date
from typing import Final

from django.db.models import Count, Sum

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.files.names import named_as
from dangwu.foundation.files.storing import Looked, forget_unless, keep
from dangwu.foundation.objections import ObjectionError
from dangwu.records.models import Activity, Attachment
from dangwu.records.policies import may_keep, may_keep_attachment
from dangwu.records.searching import is_open_to_readers

MOST: Final = 20
MOST_BYTES: Final = 100 * 1024**2
REFERRING = (Attachment,)


@action("activity.attach", allow=may_keep)
def attach_file(*, by: Actor, activity: Activity, name: str, looked: Looked, today: date) -> Attachment:
    """Put a file that was looked into (`files.storing.looked_into`) to an activity; one that is there already stays
    once. Raises ObjectionError; OSError where the disk does not take it.
    """
    if not is_open_to_readers(activity.kinds):
        raise ObjectionError("谈话类活动不保存附件：看得到活动的人都能看到附件，谈话内容请写在谈话记录中。")
    shown = named_as(name, looked.kind.suffix)
    file = keep(looked, unit=activity.unit_id)
    rows = Attachment.objects.of(activity=activity)
    known = rows.filter(file=file).first()
    if known:
        return known
    told = rows.aggregate(number=Count("pk"), size=Sum("file__size"))
    if told["number"] >= MOST:
        raise ObjectionError(f"一次活动最多保存 {MOST} 个附件，“{shown}”没有保存。请先删去不需要的。")
    if (told["size"] or 0) + file.size > MOST_BYTES:
        raise ObjectionError(f"一次活动的附件合计不超过 {MOST_BYTES // 1024**2} MB，“{shown}”没有保存。")
    kept = Attachment(unit_id=activity.unit_id, activity=activity, file=file, name=shown, kept_on=today)
    kept.save()
    open_deed().about(activity)
    return kept


@action("activity.detach", allow=may_keep_attachment)
def remove_attachment(*, by: Actor, attachment: Attachment, today: date) -> None:
    """Take a file away for good: where no other activity has it, nobody can read it any more."""
    file = attachment.file
    open_deed().about(attachment.activity)
    attachment.delete()
    forget_unless(REFERRING, file)
