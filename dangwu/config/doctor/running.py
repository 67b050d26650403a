"""The site itself: its settings, its worker, and what it is delivered with."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from dangwu.access.models import Administration
from dangwu.access.queries import administrators
from dangwu.access.sso.sign_on_file import SignOnFileError, configured_entries
from dangwu.config.doctor.findings import Finding, fault, warning, well
from dangwu.config.health import stuck_tasks
from dangwu.kernel.workdays import seeded
from dangwu.rules.loading import load_rulebook
from dangwu.rules.texts import RulebookError

SHORTEST_SECRET = 50  # characters
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


def check_settings(_at: datetime) -> Iterator[Finding]:
    """The settings are those of a site that others may reach."""
    findings = [*_unsafe_settings()]
    yield from findings or [well("设置", "没有打开调试，会话密钥足够长")]
    yield from _reach()


def _unsafe_settings() -> Iterator[Finding]:
    if settings.DEBUG:
        yield fault("设置", "调试模式开着，出错页会显示个人信息", "请去掉环境变量 DANGWU_DEBUG，重新启动")
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        remedy = f"请停下网站，删去 {settings.HOME / 'secret-key'} 再启动，会自动生成；所有人要重新登录"
        yield fault("设置", "会话密钥太短，登录状态可能被伪造", remedy)
    if "*" in settings.ALLOWED_HOSTS:
        yield fault("设置", "任何域名都能访问", "请在 DANGWU_HOSTS 中只写网站自己的域名")


def _reach() -> Iterator[Finding]:
    names = [name for name in settings.ALLOWED_HOSTS if name not in LOOPBACK]
    if not names:
        yield well("访问", "只能从本机访问；要让别人访问，请设 DANGWU_HOSTS")
    elif not settings.CSRF_COOKIE_SECURE:
        yield fault("访问", f"可从 {'、'.join(names)} 访问，但没有启用 HTTPS", "请配好证书，并设 DANGWU_HTTPS=1")
    else:
        yield well("访问", f"可从 {'、'.join(names)} 访问，已启用 HTTPS")


def check_worker(at: datetime) -> Iterator[Finding]:
    """What is to be done in the background does not wait."""
    if number := stuck_tasks(at).count():
        yield fault(
            "后台任务", f"有 {number} 项等了超过五分钟", "网站可能没有运行，请用 dangwu run 启动；已在运行的请重新启动"
        )
    else:
        yield well("后台任务", "没有积压")


def check_static_files(_at: datetime) -> Iterator[Finding]:
    """The files that pages load are in their place."""
    if settings.DEBUG or (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield well("页面文件", "样式和脚本齐全")
    else:
        yield warning("页面文件", "样式和脚本还没有收集", "请用 dangwu run 启动一次，会自动收集")


def check_rulebook(_at: datetime) -> Iterator[Finding]:
    """The rulebook can be read whole."""
    try:
        rules = load_rulebook(settings.RULEBOOK, None).rules
    except RulebookError:
        yield fault(
            "规则库", f"{settings.RULEBOOK} 有错误，不能用来核对", "请运行 dangwu rules lint 查看是哪个文件、哪一行"
        )
    else:
        yield well("规则库", f"{len(rules)} 条规则，没有错误")


def check_sign_on(_at: datetime) -> Iterator[Finding]:
    """The file that describes how people sign on elsewhere can be read."""
    try:
        entries = configured_entries()
    except SignOnFileError as error:
        yield fault("单点登录", str(error).rstrip("。"), "改好之前只能用密码登录")
    else:
        yield well("单点登录", f"配置了 {len(entries)} 种登录方式" if entries else "没有配置，用密码登录")


def check_administrators(at: datetime) -> Iterator[Finding]:
    """Each of the three duties has somebody."""
    held = {row.duty for row in administrators(timezone.localdate(at)) if row.account.is_active}
    missing = [duty.label for duty in Administration.Duty if duty not in held]
    if missing:
        remedy = "请运行 dangwu setup，把打印出的一次性代码分别交给本人"
        yield warning("管理员", f"还没有{'、'.join(map(str, missing))}", remedy)
    else:
        yield well("管理员", "系统、安全、审计管理员都有")


def check_holidays(at: datetime) -> Iterator[Finding]:
    """The arrangement of holidays is known for this year and, once it is published, for the next."""
    year = timezone.localdate(at).year
    unknown = [each for each in (year, year + 1) if not seeded().knows(each)]
    if unknown:
        text = f"没有 {'、'.join(map(str, unknown))} 年的放假安排，工作日暂按周末推算"
        yield warning("放假安排", text, "国务院办公厅公布之后，请升级程序")
    else:
        yield well("放假安排", f"{year}、{year + 1} 年的都有")
