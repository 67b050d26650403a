"""The accounts that the rows of a list of appointments may mean: read once for all of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from dangwu.access.imports.sheet import AppointmentRow
from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.policies import is_self
from dangwu.access.queries import every_appointment
from dangwu.foundation.imports.kinds import Choice, Doubt, Line, Task
from dangwu.foundation.portions import portions
from dangwu.foundation.sheets.shapes import Flaw, Severity

Found = tuple[Account | None, list[Doubt]]


class KnownAccounts:
    """Accounts by the names by which people sign in, and by those that people read."""

    def __init__(self, task: Task, rows: Sequence[AppointmentRow]) -> None:
        """Read them, and who of them is an administrator until when."""
        self._task = task
        self._by_username: dict[str, Account] = {}
        self._by_name: dict[str, list[Account]] = defaultdict(list)
        self._by_key: dict[int, Account] = {}
        self._learn("username__in", [row.account.lower() for row in rows if row.account])
        self._learn("name__in", [row.name for row in rows if row.name])
        rows_of_duties = Administration.objects.filter(account__in=list(self._by_key)) if self._by_key else ()
        self._duties = [(duty.account_id, duty.valid_until) for duty in rows_of_duties]

    def _learn(self, lookup: str, values: Sequence[str]) -> None:
        for chunk in portions(list(dict.fromkeys(values))):
            for account in Account.objects.filter(**{lookup: chunk}):
                if account.pk not in self._by_key:
                    self._by_key[account.pk] = self._by_username[account.username] = account
                    self._by_name[account.name].append(account)

    def find(self, line: Line) -> Found:
        """The account that a row means, or why it is not known."""
        row: AppointmentRow = line.value
        answer = self._task.decisions.answer_to(line.sheet, line.number)
        if answer.isdecimal() and (chosen := self._by_key.get(int(answer))):
            return chosen, []
        if row.account:
            account = self._by_username.get(row.account.lower())
            return (account, _other_name(row, account)) if account else (None, [_unknown("account", row.account)])
        likely = [account for account in self._by_name[row.name or ""] if account.is_active]
        if len(likely) == 1:
            return likely[0], []
        return None, [_ambiguous(row, likely) if likely else _unknown("name", row.name or "")]

    def appointments(self) -> Iterator[Appointment]:
        """Every appointment that these accounts have, had and will have."""
        for chunk in portions(list(self._by_key)):
            yield from every_appointment().filter(account__in=chunk)

    def unfit(self, account: Account, since: date) -> Iterator[Doubt]:
        """Why an account cannot be appointed on a day."""
        if not account.is_active:
            yield _error("account.closed", f"账号“{account.username}”已停用", "请先由系统管理员启用，或者不导入这一行")
        if any(its == account.pk and until > since for its, until in self._duties):
            message = f"“{account.name}”是管理员账号，不能兼任党组织的角色"
            yield _error("account.administrator", message, "请改用本人的个人账号")
        if is_self(by=self._task.by, account=account):
            yield _error("account.own", "不能任用自己", "请由另一名安全管理员办理")


def _error(code: str, message: str, remedy: str) -> Doubt:
    return Doubt("account", Flaw(code, Severity.ERROR, message, remedy))


def _unknown(field: str, text: str) -> Doubt:
    message = f"没有“{text}”这个账号"
    return Doubt(field, Flaw("account.unknown", Severity.ERROR, message, "请核对；还没有账号的，先由系统管理员开通"))


def _other_name(row: AppointmentRow, account: Account) -> list[Doubt]:
    if not row.name or row.name == account.name:
        return []
    message = f"账号“{account.username}”的姓名是“{account.name}”，表中写的是“{row.name}”"
    flaw = Flaw("account.other_name", Severity.DOUBT, message, "确实是这个账号的，选择“按表中所写”")
    return [Doubt("name", flaw)]


def _ambiguous(row: AppointmentRow, likely: Sequence[Account]) -> Doubt:
    message = f"有 {len(likely)} 个账号叫“{row.name}”，不能确定是哪一个"
    flaw = Flaw("account.ambiguous", Severity.DOUBT, message, "请选择是哪一个，或者在表中写明账号")
    choices = tuple(Choice(account.pk, f"{account.name}（{account.username}）") for account in likely)
    return Doubt("name", flaw, choices, asks=True, of_row=True)
