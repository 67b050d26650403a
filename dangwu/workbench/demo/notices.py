"""Notices to try a demonstration with: one that was sent to every branch, and a reminder that waits to be read over."""

from datetime import date, datetime

from dangwu.access.models import Account, Appointment
from dangwu.access.scoping import AccountActor
from dangwu.duties.models import Assignment, Task
from dangwu.duties.queries import late
from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.notices.models import Notice
from dangwu.notices.services.drafting import Recipient, draft_notice, draft_reminders
from dangwu.notices.services.sending import send_notice
from dangwu.organisations.models import BRANCH_KINDS, Organisation
from dangwu.organisations.queries import standing_of, standings

ABOUT = "节日期间廉洁自律提醒"
TEXT = """各党支部：
节日将至，请提醒全体党员严格执行中央八项规定精神，不收送礼品礼金，不用公款吃喝、旅游，不公车私用，文明节俭过节。
请党支部纪检委员在节前的主题党日上作一次提醒，会议记录中记一句即可，不需要另报材料。"""
WHY = "设置演示网站时只看有没有"


def demo_notices(*, clerk: str, now: datetime, on: date) -> None:
    """Let the clerk with this name to sign in have sent one and drafted another, where there are none yet."""
    account = Account.objects.filter(username=clerk).first()
    if account is None or Notice.objects.unscoped(WHY).exists():
        return
    held = Appointment.objects.unscoped(WHY).filter(as_of(on), account=account).select_related("organisation").first()
    if held is None:
        return
    by, place = AccountActor(account, on), held.organisation
    scope = Scope((TreePath(standing_of(place, on).path),), on)
    branches = standings(scope).filter(kind__in=BRANCH_KINDS).exclude(organisation=place.pk)
    recipients = [Recipient(organisation=key) for key in branches.values_list("organisation", flat=True)]
    if recipients:
        sent = draft_notice(by=by, organisation=place, about=ABOUT, text=TEXT, recipients=recipients, on=on)
        send_notice(by=by, notice=sent, version=sent.version, by_email=False, by_sms=False, now=now, on=on)
    _remind(by, place, on)


def _remind(by: AccountActor, place: Organisation, on: date) -> None:
    """Draft a reminder to those who are late with the newest directive with which anybody is."""
    tasks = Task.objects.of(organisation=place).filter(kind=Task.Kind.DIRECTIVE).order_by("-due_on")
    rows = {task: list(Assignment.objects.of(task=task).filter(late(on))) for task in tasks}
    task = next((task for task, its in rows.items() if its), None)
    if task is None:
        return
    behind = [Recipient(row.organisation_id, why=f"期限 {row.due_on}，还没有办结") for row in rows[task]]
    draft_reminders(
        by=by,
        organisation=place,
        about=f"请抓紧落实：{task.title}"[:100],
        recipients=behind,
        text=f"《{task.title}》要求在 {task.due_on} 前落实，请在本周内办结；有困难的请说明情况。",
        basis=task.document_number,
        on=on,
    )
