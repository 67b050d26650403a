"""Makes the pictures of the README and the handbook in a real browser: the first run of an empty site, and the demo.

.venv/bin/python -m docs.pictures.make [WORD]     only those whose name has the word
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Page, sync_playwright

from tests.authenticator import Authenticator

HERE = Path(__file__).parent
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
ON = "2026-10-15"
PATIENCE = 120  # seconds for the site to start, and for a check to end
PASSWORD = "院里那棵槐树今年开了两回花"
WIDE, TALL = {"width": 1040, "height": 680}, {"width": 1040, "height": 1250}
NARROW = {"width": 375, "height": 700}
ADMINISTRATORS = {
    "系统管理员": ("yanming", "严明"),
    "安全管理员": ("fangyuan", "方圆"),
    "审计管理员": ("jianghe", "江河"),
}

# Debian's Chromium speaks English only: days are written as one that speaks Chinese shows them
DAYS_AS_WORDS = """() => document.querySelectorAll("input[type=date]").forEach((box) => {
    box.dataset.day = box.value;
    box.type = "text";
    box.value = box.dataset.day.replaceAll("-", "/") || "年/月/日";
})"""
WORDS_AS_DAYS = """() => document.querySelectorAll("input[data-day]").forEach((box) => {
    box.value = "";
    box.type = "date";
    box.value = box.dataset.day;
})"""


@dataclass
class Camera:
    """Takes the pictures that are wanted."""

    browser: Browser
    wanted: str

    def page(self, *, small: bool = False) -> Page:
        """A visitor of his own."""
        size = NARROW if small else WIDE
        context = self.browser.new_context(viewport=size, locale="zh-CN", base_url=SITE)  # type: ignore[arg-type]
        return context.new_page()

    def take(self, page: Page, name: str) -> None:
        if self.wanted in name:
            page.evaluate(DAYS_AS_WORDS)
            page.screenshot(path=HERE / f"{name}.png")
            page.evaluate(WORDS_AS_DAYS)


def main() -> None:
    """A site of its own in a temporary folder, empty at first, then the demonstration."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    with sync_playwright() as playwright:
        program = os.environ.get("DANGWU_CHROMIUM") or shutil.which("chromium")
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        camera = Camera(browser, wanted)
        with tempfile.TemporaryDirectory() as home, site("run", home):
            first_run(camera, home)
        with tempfile.TemporaryDirectory() as home, site("demo", home) as told:
            demonstration(camera, told, Path(home) / "demo" / "messy")
        browser.close()


# --- sites


@contextmanager
def site(verb: str, home: str) -> Iterator[str]:
    """Run a site until it is done with; what it said when it had started."""
    output = Path(home) / "said.txt"
    with output.open("w") as said:
        process = start(verb, "--port", str(PORT), home=home, stdout=said)
        try:
            wait_for_site()
            wait_for("网站已启动", output)
            yield output.read_text()
        finally:
            process.terminate()
            process.wait()


def start(*words: str, home: str, stdout: object = None) -> subprocess.Popen[str]:
    environment = {**os.environ, "DANGWU_HOME": home, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen([sys.executable, "-m", "dangwu", *words], env=environment, stdout=stdout, text=True)  # type: ignore[call-overload, no-any-return]


def wait_for_site() -> None:
    """Return when it answers."""
    for _ in range(PATIENCE * 2):
        try:
            urllib.request.urlopen(SITE)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(SITE)


def wait_for(words: str, output: Path) -> None:
    """Return when they were said."""
    for _ in range(PATIENCE * 2):
        if words in output.read_text():
            return
        time.sleep(0.5)
    raise TimeoutError(words)


# --- the first run


def first_run(camera: Camera, home: str) -> None:
    """Three administrators take office; a unit, a committee, an account, an appointment."""
    page = camera.page(small=True)
    page.goto("/sign-in/")
    camera.take(page, "first-run")
    printed = start("setup", home=home, stdout=subprocess.PIPE).communicate()[0]
    codes = dict(re.findall(r"^(\S+管理员)  (\S+)$", printed, re.MULTILINE))
    pages = {duty: take_office(camera, duty, code) for duty, code in codes.items()}
    set_up(camera, pages["系统管理员"])
    appoint(camera, pages["安全管理员"])
    page = pages["审计管理员"]
    page.goto("/audit/")
    camera.take(page, "audit")


def take_office(camera: Camera, duty: str, code: str) -> Page:
    page = camera.page()
    page.goto("/begin/")
    username, name = ADMINISTRATORS[duty]
    for field, value in (
        ("code", code),
        ("username", username),
        ("name", name),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ):
        page.fill(f"[name={field}]", value)
    page.get_by_role("button", name="开通并登录").click()
    page.get_by_role("link", name="设置验证器").click()
    page.fill("[name=code]", Authenticator(page.locator(".slip-code").inner_text()).code())
    page.get_by_role("button", name="设置", exact=True).click()
    page.get_by_role("link", name="已经保存").click()
    return page


def set_up(camera: Camera, page: Page) -> None:
    page.goto("/")
    camera.take(page, "first-steps")
    page.goto("/units/new/")
    page.fill("[name=name]", "示例市某某局")
    page.get_by_role("button", name="保存").click()
    page.goto("/organisations/new/")
    page.select_option("[name=kind]", label="机关党委")
    page.fill("[name=name]", "中共示例市某某局机关委员会")
    page.fill("[name=short_name]", "机关党委")
    page.select_option("[name=unit]", label="示例市某某局")
    page.get_by_role("button", name="建立").click()
    page.goto("/accounts/open/")
    page.fill("[name=username]", "wenqing")
    page.fill("[name=name]", "文清")
    page.get_by_role("button", name="开通").click()
    camera.take(page, "slip")


def appoint(camera: Camera, page: Page) -> None:
    page.goto("/appointments/new/")
    pick(page, "account", "文清")
    pick(page, "organisation", "机关党委")
    page.select_option("[name=role]", label="党务工作人员")
    page.fill("[name=reason]", "机关党委会议决定")
    camera.take(page, "appoint")
    page.get_by_role("button", name="任用", exact=True).click()


def pick(page: Page, name: str, words: str) -> None:
    page.fill(f"[name={name}]", words)
    page.locator(".finder-found:visible [role=option]").first.click()


# --- the demonstration


def demonstration(camera: Camera, told: str, workbooks: Path) -> None:
    """What the clerk and a member see, a check, and the report that the command writes."""
    found = re.search(r"密码都是 ([\w-]+)", told)
    assert found, told
    clerk, member = sign_in(camera, "clerk", found[1]), sign_in(camera, "dangyuan", found[1], small=True)
    organisations(camera, clerk)
    members(camera, clerk)
    own_page(camera, member)
    answer(camera, clerk)
    importing(camera, clerk, ugly_roster(workbooks))
    recording(camera, sign_in(camera, "shuji", found[1], small=True))
    supervising(camera, clerk)
    tasks_and_papers(camera, clerk)
    check(camera, clerk, workbooks)
    clerk.set_viewport_size({"width": 1240, "height": 680})
    clerk.goto(written_report(workbooks).as_uri())
    camera.take(clerk, "report")


def sign_in(camera: Camera, username: str, password: str, *, small: bool = False) -> Page:
    page = camera.page(small=small)
    page.goto("/sign-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="首页").wait_for()
    return page


def organisations(camera: Camera, page: Page) -> None:
    """The tree, a branch with its history, and a division that is shown before it is done."""
    camera.take(page, "clerk-home")
    page.goto("/organisations/")
    camera.take(page, "tree")
    page.get_by_role("main").get_by_role("link", name="组织人事处党支部").click()
    camera.take(page, "organisation")
    page.get_by_role("link", name="分设").click()
    page.fill("[name=name]", "离退休干部党支部")
    for box in page.locator("[name=members]").all()[:3]:
        box.check()
    page.get_by_role("button", name="下一步：看看会有什么变化").click()
    camera.take(page, "split")


def members(camera: Camera, page: Page) -> None:
    page.goto("/members/")
    camera.take(page, "roster")
    page.locator("tbody th a").first.click()
    camera.take(page, "member")


def own_page(camera: Camera, page: Page) -> None:
    page.goto("/me/")
    camera.take(page, "mine")
    page.goto("/me/correct/native_place/")
    page.fill("[name=wanted]", "江苏无锡")
    page.fill("[name=note]", "户口簿上写的是无锡")
    camera.take(page, "ask")
    page.get_by_role("button", name="提出更正").click()


def answer(camera: Camera, page: Page) -> None:
    page.goto("/members/corrections/")
    page.locator("tbody a").first.click()
    camera.take(page, "answer")


def importing(camera: Camera, page: Page, roster: Path) -> None:
    """An ugly roster on its way: handed in, looked at, a name told, confirmed; nothing is written in the end."""
    page.goto("/imports/")
    camera.take(page, "imports")
    page.set_input_files("input[name=file]", roster)
    page.get_by_role("button", name="读取并预览").click()
    page.get_by_role("link", name="处理问题").wait_for()
    camera.take(page, "import")
    page.get_by_role("main").get_by_role("link", name="整理", exact=False).first.click()
    camera.take(page, "import-fixes")
    page.get_by_role("link", name="问题").first.click()
    camera.take(page, "import-problems")
    page.get_by_role("link", name="导入范围内没有").click()
    camera.take(page, "import-problem")
    page.goto(page.url.split("problems")[0] + "problems/")
    page.get_by_role("button", name="有错误的行都先不导入").click()
    page.goto(page.url.replace("problems", "confirm"))
    camera.take(page, "import-confirm")


def ugly_roster(folder: Path) -> Path:
    """A dozen invented people as a clerk writes them down."""
    book, path = Workbook(), folder / "党员花名册（最新）.xlsx"
    lines = [
        ["某局党员花名册"],
        ["序号", "姓  名", "性别", "出生年月", "所在支部", "党员类别", "入党时间", "文化程度", "备注"],
        [1, "林 远", "男", "1987.03", "人事处", "正式", "2009.07", "大学", ""],
        [2, "方晓棠", "女", "1990年5月", "人事处党支部", "正式党员", "2012/6/1", "研究生", ""],
        [3, "沈一鸣", "1_男", "19930812", "办公室党支部", "预备", "2025.12", "本科", "援派"],
        [4, "顾青", "女", "1979-11", "办公室", "正式", "2003.07", "大学本科", ""],
        [5, "何望舒", "女", "1993年2月30日", "办公室党支部", "正式", "2016.06", "大学", ""],
        [6, "石磊", "男", "1985.06", "驻村工作队党支部", "正式", "2007.07", "大学", ""],
        [7, "乔木", "男", "1991.01", "驻村工作队党支部", "正式", "2013.07", "大学", ""],
        ["合计", "7 人"],
    ]
    for line in lines:
        book.worksheets[0].append(line)
    book.save(path)
    return path


def recording(camera: Camera, page: Page) -> None:
    """A secretary's phone: what comes next, a meeting as it is written down, the minutes, the ledgers."""
    page.goto("/")
    page.get_by_role("link", name="本支部的组织生活").click()
    camera.take(page, "life-branch")
    page.get_by_role("link", name="记录主题党日").first.click()
    page.get_by_text("点按缺席的人").scroll_into_view_if_needed()
    camera.take(page, "life-record")
    page.goto("/activities/?kind=theme_day")
    page.locator("tbody a").first.click()
    camera.take(page, "life-minutes")
    page.goto("/calendar/")
    camera.take(page, "calendar-phone")


def supervising(camera: Camera, page: Page) -> None:
    """What a committee sees: all branches, the levels, one verdict with its reasons, a reminder, the calendar."""
    page.set_viewport_size(TALL)  # type: ignore[arg-type] # as above
    page.goto("/overview/")
    camera.take(page, "overview")
    page.goto("/overview/levels/")
    camera.take(page, "overview-levels")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type] # as above
    page.goto("/overview/?status=overdue")
    page.locator("td.standing-overdue a").first.click()
    page.locator("li.duty a").first.click()
    camera.take(page, "verdict")
    page.goto("/overview/remind/")
    camera.take(page, "remind")
    page.goto("/calendar/")
    page.locator("#shown").scroll_into_view_if_needed()
    camera.take(page, "calendar")


def tasks_and_papers(camera: Camera, page: Page) -> None:
    """A directive with how far each branch is, a notice, the ledgers and the figures of the year."""
    page.goto("/duties/tasks/")
    page.locator("tbody a").first.click()
    camera.take(page, "task")
    page.goto("/notices/sent/")
    page.locator("tbody a").first.click()
    camera.take(page, "notice")
    page.goto("/ledgers/")
    camera.take(page, "ledgers")
    page.goto("/figures/")
    camera.take(page, "figures")


def check(camera: Camera, page: Page, workbooks: Path) -> None:
    """Hand in the workbooks, read the result, look up a rule."""
    page.goto("/checks/")
    camera.take(page, "home")
    page.set_input_files("input[name=roster]", next(workbooks.glob("党员*")))
    page.set_input_files("input[name=ledgers]", sorted(workbooks.glob("组织生活台账*")))
    page.set_input_files("input[name=organisations]", workbooks / "党组织信息.xlsx")
    page.fill("input[name=on]", ON)
    page.get_by_role("button", name="开始核对").click()
    page.wait_for_selector("table", timeout=PATIENCE * 1000)
    camera.take(page, "check")
    page.goto("/rules/general-assembly-majority/")
    camera.take(page, "rule")


def written_report(workbooks: Path) -> Path:
    """The report of the same check, written as one file."""
    report = workbooks / "report.html"
    roster, ledgers = next(workbooks.glob("党员*")), sorted(workbooks.glob("组织生活台账*"))
    told: list[str | Path] = ["--organisations", workbooks / "党组织信息.xlsx", "--on", ON, "-o", report]
    subprocess.run([sys.executable, "-m", "dangwu", "check", roster, *ledgers, *told], check=False)
    return report


if __name__ == "__main__":
    main()
